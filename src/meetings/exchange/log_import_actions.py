"""What may be done with a log that was kept elsewhere: bring it in whole, and take it out again."""

from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.accounts.models import User
from meetings.base.clock import now
from meetings.base.errors import NotFound, Refused
from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.base.live import tell
from meetings.base.pages import clock
from meetings.exchange.log_import_queries import (
    Brought,
    Changed,
    Plan,
    brought_by,
    plan_of,
    point_id,
)
from meetings.exchange.log_meaning import NAMED
from meetings.exchange.log_rows import Rows, checked
from meetings.exchange.log_words import column_name
from meetings.exchange.models import LogImport
from meetings.interventions.models import Intervention, Point
from meetings.schedule.queries import Sitting

_ROWS = TypeAdapter(Rows)


def packed(rows: Rows) -> str:
    """Rows as a page carries them from the preview to the import."""
    return _ROWS.dump_json(rows).decode()


def unpacked(sent: str) -> Rows:
    """The rows that a page has carried.

    Raises:
        Refused: they are not as the preview made them.
    """
    try:
        return checked(_ROWS.validate_json(sent))
    except ValidationError as fault:
        raise Refused(_("The preview did not come back whole: make it anew.")) from fault


async def import_log(
    db: AsyncSession, sitting: Sitting, form: LogImport, rows: Rows, rapporteur: User
) -> None:
    """Put all that the rows say in the log, or nothing. The same import again changes nothing.

    Nobody loses the floor by it: what comes in has ended. It may come into a meeting in any state,
    for a log is often brought in when the meeting is over.

    Raises:
        Refused: a row has a fault; or something else came in from the same page before.
    """
    plan = await plan_of(db, sitting, rows, form.item, form.id)
    if plan.log.faults:
        first = plan.log.faults[0]
        told = _(
            "Row %(row)s, %(column)s: %(told)s Make the preview anew to see all that is wrong."
        )
        raise Refused(
            told % {"row": first.row, "column": column_name(first.column), "told": first.told}
        )
    points = _points(sitting, plan, form.id, rapporteur)
    if await _is_kept(db, sitting, form.id, plan, points):
        return
    interventions = [
        Intervention(
            id=one.id,
            meeting_id=sitting.meeting.id,
            item_id=one.spoken.item.id,
            delegation_id=one.spoken.delegation.id,
            kind=one.spoken.kind,
            capacity=one.spoken.capacity,
            on_behalf_of=one.spoken.on_behalf_of,
            speaker=one.spoken.speaker,
            started_at=one.started_at,
            ended_at=one.ended_at,
        )
        for one in plan.interventions
    ]
    db.add_all(interventions)
    await db.flush()
    db.add_all(points)
    for intervention in interventions:
        await tell(db, sitting.channel, "intervention", intervention.id)


def _points(sitting: Sitting, plan: Plan, import_id: UUID, rapporteur: User) -> list[Point]:
    return [
        Point(
            id=point_id(sitting.meeting.id, import_id, said.place),
            intervention_id=one.id,
            position=position,
            text=said.text,
            language=current_language(),
            kind=said.kind,
            topic_id=plan.ids[one.spoken.item.id].get(f"#{said.topic}"),
            articles=list(said.articles),
            view_id=plan.ids[one.spoken.item.id].get(f"={said.view}"),
            logged_by=rapporteur.id,
            logged_at=now(),
        )
        for one in plan.interventions
        for position, said in enumerate(one.spoken.points, 1)
    ]


async def _is_kept(
    db: AsyncSession, sitting: Sitting, import_id: UUID, plan: Plan, points: list[Point]
) -> bool:
    """Whether this very import is in the log already: the second click of a double click."""
    try:
        brought = await brought_by(db, sitting.meeting.id, import_id)
    except NotFound:
        return False
    if not brought.interventions and not brought.points:
        return False  # it was undone
    # Whoever corrected a point since has not made another import of it.
    texts = {id_: point.text for id_, point in brought.points.items() if point.version == 1}
    sent = {point.id: point.text for point in points}
    same = brought.interventions.keys() == {one.id for one in plan.interventions}
    if same and brought.points.keys() == sent.keys() and texts.items() <= sent.items():
        return True
    raise Refused(
        _(
            "Something was imported from this page already, and this is not the same. Undo that"
            " import first, or open the page anew to import something else beside it."
        )
    )


async def undo_import(db: AsyncSession, sitting: Sitting, import_id: UUID) -> None:
    """Take out of the log what an import brought. Undoing twice changes nothing.

    Raises:
        NotFound: this meeting never had such an import.
        Refused: somebody has changed some of it since, or added to it; says what, and who.
    """
    brought = await brought_by(db, sitting.meeting.id, import_id)
    if brought.changed:
        told = _(
            "This import stays, for it is no longer as it came in: %(names)s. Correct the log"
            " point by point instead."
        )
        raise Refused(told % {"names": _named(sitting, brought)})
    for point in brought.points.values():
        await db.delete(point)
    await db.flush()
    for intervention, _delegation in brought.interventions.values():
        await db.delete(intervention)
        await tell(db, sitting.channel, "intervention", intervention.id)


def _named(sitting: Sitting, brought: Brought) -> str:
    names = [_changed_name(sitting, brought, one) for one in brought.changed[:NAMED]]
    return "; ".join([*names, "…"] if len(brought.changed) > NAMED else names)


def _changed_name(sitting: Sitting, brought: Brought, changed: Changed) -> str:
    if changed.intervention is None:
        name = _("an intervention that is gone")
    else:
        intervention, delegation = brought.interventions[changed.intervention]
        at = clock(intervention.started_at, sitting.session.timezone)
        name = f"{delegation.name.in_language(current_language())}, {at}"
    return _("%(name)s (by %(who)s)") % {"name": name, "who": changed.who} if changed.who else name
