"""What may be done about the rules of a body for its lists of speakers."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.bodies.models import Body
from meetings.speakers.rules import ORDERED, ListRules

MOST = 10_000  # of minutes or words; more is a slip of the key
TICKS = ("single", "warn_covered")
WORDS = ("within", "language", "letter", "sight")


def read_rules(sent: Mapping[str, str]) -> ListRules:
    """The rules as a form has them; numbers left empty are the defaults.

    Raises:
        Refused: a number is none, or out of bounds; says which.
    """
    given: dict[str, Any] = {name: sent[name] for name in WORDS if name in sent}
    given |= {name: name in sent for name in TICKS}
    places = {one: _number(sent, f"place-{one}") or 99 for one in ORDERED}
    given["classes"] = sorted(ORDERED, key=lambda one: places[one])
    minutes = {one: _number(sent, f"minutes-{one}") for one in ORDERED}
    given["minutes"] = {one: number for one, number in minutes.items() if number}
    given["excluded"] = [one for one in ORDERED if f"excluded-{one}" in sent]
    replies = [_number(sent, name) for name in ("reply-first", "reply-second")]
    if all(replies):
        given["replies"] = replies
    if words := _number(sent, "words_per_minute"):
        given["words_per_minute"] = words
    budgets = {
        name.removeprefix("budget-"): _number(sent, name)
        for name in sent
        if name.startswith("budget-")
    }
    given["budgets"] = {group: number for group, number in budgets.items() if number}
    try:
        return ListRules.of({"speakers": given})
    except ValueError as wrong:
        raise Refused(_("These rules cannot be: %(why)s") % {"why": wrong}) from None


def _number(sent: Mapping[str, str], name: str) -> int | None:
    text = sent.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= MOST:
        raise Refused(_("Give a whole number."), field=name)
    return int(text)


async def change_rules(db: AsyncSession, body: Body, rules: ListRules) -> None:
    """Keep what differs from the defaults; the body's other rules stay."""
    ours = rules.model_dump(mode="json", exclude_defaults=True)
    others = {name: value for name, value in body.rules.items() if name != "speakers"}
    body.rules = others | ({"speakers": ours} if ours else {})
    db.add(body)
