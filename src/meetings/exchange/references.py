"""Whether everything that a session file names is there to be named.

A field that is faulty in itself is None (or empty) here: it was told already, so it is passed over.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from meetings.exchange.known import Known, agenda, placed, split_name
from meetings.exchange.meeting_file import InterventionIn, MeetingIn, PointIn
from meetings.exchange.plain_yaml import Place
from meetings.exchange.session_file import ItemIn, SessionFile, SessionIn, UpdateIn, ViewIn

Spot = tuple[Place, str]  # where something is wrong, and what
PLACEHOLDER = re.compile(r"\{([^{}|]*)\}")


def unknown_names(file: SessionFile, known: Known) -> Iterator[Spot]:
    """Each name that nothing carries, or that does not belong where it stands."""
    return _References(file, known).spots()


class _References:
    def __init__(self, file: SessionFile, known: Known) -> None:
        self.file = file
        self.known = known
        self.names = known.with_file(file)
        self.joint = _joint_items(file)

    def spots(self) -> Iterator[Spot]:
        yield from self.trees()
        yield from self.redefined()
        for nth, session in enumerate(self.file.sessions):
            yield from self.session(("sessions", nth), session)
        for nth, meeting in enumerate(self.file.meetings):
            yield from self.meeting(("meetings", nth), meeting)

    def trees(self) -> Iterator[Spot]:
        for nth, body in enumerate(self.file.bodies):
            place: Place = ("bodies", nth, "parent")
            yield from _unknown(place, "body", body.parent, self.names.bodies)
            yield from _circular(place, body.code, self.names.bodies)
        for nth, topic in enumerate(self.file.topics):
            place = ("topics", nth, "parent")
            yield from _unknown(place, "topic", topic.parent, self.names.topics)
            yield from _circular(place, topic.slug, self.names.topics)

    def redefined(self) -> Iterator[Spot]:
        for nth, topic in enumerate(self.file.topics):
            if topic.slug in self.known.reference_topics:
                yield ("topics", nth, "slug"), _redefined("topic", topic.slug)
        for nth, delegation in enumerate(self.file.delegations):
            if delegation.code in self.known.reference_delegations:
                yield ("delegations", nth, "code"), _redefined("delegation", delegation.code)

    def session(self, place: Place, session: SessionIn) -> Iterator[Spot]:
        yield from _unknown((*place, "body"), "body", session.body, self.names.bodies)
        follows = {slug: one.follows for slug, one in self.names.sessions.items()}
        yield from _unknown((*place, "follows"), "session", session.follows, follows)
        yield from _circular((*place, "follows"), session.slug, follows)
        for here, item in placed(session.agenda, (*place, "agenda")):
            yield from self.item(here, session, item)
        numbers = [item.number for item in agenda(session)]
        for nth, document in enumerate(session.documents):
            here = (*place, "documents", nth, "item")
            yield from _unknown(here, "item", document.item, numbers)
        for nth, part in enumerate(session.participations):
            here = (*place, "participations", nth, "delegation")
            yield from _unknown(here, "delegation", part.delegation, self.names.delegations)
        for nth, report in enumerate(session.reports):
            for mth, chapter in enumerate(report.parts):
                here = (*place, "reports", nth, "parts", mth, "item")
                yield from _unknown(here, "item", chapter.item, numbers)

    def item(self, place: Place, session: SessionIn, item: ItemIn) -> Iterator[Spot]:
        yield from self.joint_with((*place, "joint_with"), session, item)
        for nth, under in enumerate(item.items):
            if under.number and item.number and not under.number.startswith(f"{item.number} ("):
                expected = f"expected a number such as {item.number} (a) under item {item.number}"
                yield (*place, "items", nth, "number"), f"{expected}, not {under.number}"
        for nth, view in enumerate(item.views):
            yield from self.view((*place, "views", nth), view, item.views)
        for nth, update in enumerate(item.updates):
            yield from self.update((*place, "updates", nth), update)
        name = f"{session.slug}/{item.number}"
        views = {key for one in {name, *self.joint.get(name, ())} for key in self.views(one)}
        for nth, paragraph in enumerate(item.paragraphs):
            for mth, key in enumerate(paragraph.views):
                yield from _unknown((*place, "paragraphs", nth, "views", mth), "view", key, views)

    def joint_with(self, place: Place, session: SessionIn, item: ItemIn) -> Iterator[Spot]:
        if item.joint_with is None:
            return
        yield from self.unknown_item(place, item.joint_with, self.names.sessions)
        if split_name(item.joint_with)[0] == session.slug:
            yield place, f"{item.joint_with} is of this session: expected an item of another one"

    def view(self, place: Place, view: ViewIn, siblings: list[ViewIn]) -> Iterator[Spot]:
        after = {one.key: one.after for one in siblings}
        yield from _unknown((*place, "topic"), "topic", view.topic, self.names.topics)
        yield from _unknown((*place, "after"), "view of this item", view.after, after)
        yield from _circular((*place, "after"), view.key, after)

    def update(self, place: Place, update: UpdateIn) -> Iterator[Spot]:
        texts = [
            ((*place, "lead"), update.lead),
            ((*place, "text"), update.text),
            *(((*place, "more", nth), text) for nth, text in enumerate(update.more)),
        ]
        for here, text in texts:
            for language, words in text.items():
                for name in PLACEHOLDER.findall(words):
                    yield from _unknown((*here, language), "figure", name, update.figures)
        documents = {
            symbol for one in self.names.sessions.values() for symbol in one.documents if symbol
        }
        for name, figure in update.figures.items():
            here = (*place, "figures", name, "source")
            yield from _unknown(here, "document", figure.source, documents)

    def meeting(self, place: Place, meeting: MeetingIn) -> Iterator[Spot]:
        for slug in meeting.sessions:
            here = (*place, "sessions", slug)
            yield from _unknown(here, "session", slug, self.names.sessions)
        own = {session.slug for session in self.file.sessions}
        if meeting.sessions and own.isdisjoint(meeting.sessions):
            yield (*place, "sessions"), "belongs to no session of this file"
        yield from _unknown((*place, "room"), "room", meeting.room, self.names.rooms)
        for nth, allotment in enumerate(meeting.items):
            yield from self.taken_up((*place, "items", nth), allotment.item, meeting)
        for nth, speakers in enumerate(meeting.lists):
            here = (*place, "lists", nth)
            yield from self.taken_up(here, speakers.item, meeting)
            for mth, one in enumerate(speakers.speakers):
                yield from self.speaks((*here, "speakers", mth), one.delegation, meeting)
        for nth, intervention in enumerate(meeting.log):
            yield from self.intervention((*place, "log", nth), intervention, meeting)

    def intervention(
        self, place: Place, intervention: InterventionIn, meeting: MeetingIn
    ) -> Iterator[Spot]:
        yield from self.taken_up(place, intervention.item, meeting)
        yield from self.speaks(place, intervention.delegation, meeting)
        for nth, point in enumerate(intervention.points):
            here = (*place, "points", nth)
            yield from _unknown((*here, "topic"), "topic", point.topic, self.names.topics)
            yield from self.view_of((*here, "view"), point, intervention)

    def view_of(self, place: Place, point: PointIn, intervention: InterventionIn) -> Iterator[Spot]:
        """A point supports a view of the item under which it was made."""
        views = self.views(intervention.item)
        if point.view is None or intervention.item is None or point.view in views:
            return
        others = [
            f"{slug}/{number}"
            for slug, session in self.names.sessions.items()
            for number, keys in session.items.items()
            if point.view in keys
        ]
        if others:
            yield place, f"view {point.view} is of {others[0]}, not of {intervention.item}"
        else:
            yield from _unknown(place, f"view of {intervention.item}", point.view, views)

    def taken_up(self, place: Place, name: str | None, meeting: MeetingIn) -> Iterator[Spot]:
        """An item is taken up by a meeting of its own session."""
        if name is None:
            return
        place = (*place, "item")
        slug, _ = split_name(name)
        if meeting.sessions and slug in self.names.sessions and slug not in meeting.sessions:
            sessions = " and ".join(sorted(meeting.sessions))
            yield place, f"{name} is no item of {sessions}, to which this meeting belongs"
        else:
            yield from self.unknown_item(place, name, meeting.sessions)

    def unknown_item(self, place: Place, name: str, candidates: Collection[str]) -> Iterator[Spot]:
        slug, number = split_name(name)
        session = self.names.sessions.get(slug)
        if session is None or number not in session.items:
            others = [
                f"{slug}/{number}"
                for slug in candidates
                if slug in self.names.sessions
                for number in self.names.sessions[slug].items
            ]
            yield from _unknown(place, "item", name, others)

    def speaks(self, place: Place, code: str | None, meeting: MeetingIn) -> Iterator[Spot]:
        """Who speaks takes part in a session of the meeting."""
        if code is None:
            return
        place = (*place, "delegation")
        sessions = [self.names.sessions[s] for s in meeting.sessions if s in self.names.sessions]
        if code not in self.names.delegations:
            yield from _unknown(place, "delegation", code, self.names.delegations)
        elif sessions and not any(code in session.delegations for session in sessions):
            named = " or ".join(sorted(meeting.sessions))
            yield place, f"{code} has no participation in {named}: add it there"

    def views(self, name: str | None) -> Collection[str]:
        slug, number = split_name(name or "")
        session = self.names.sessions.get(slug)
        return session.items.get(number, ()) if session else ()


def _joint_items(file: SessionFile) -> dict[str, list[str]]:
    """The names of the items that are discussed together with each item, told by either side."""
    joint: dict[str, list[str]] = {}
    for session in file.sessions:
        for item in agenda(session):
            if item.joint_with:
                name = f"{session.slug}/{item.number}"
                joint.setdefault(name, []).append(item.joint_with)
                joint.setdefault(item.joint_with, []).append(name)
    return joint


def _unknown(place: Place, what: str, name: str | None, among: Collection[str]) -> Iterator[Spot]:
    if name is None or name in among:
        return
    close = get_close_matches(name, [one for one in among if one], 1)
    yield place, f"unknown {what} {name}" + (f": did you mean {close[0]}?" if close else "")


def _circular(place: Place, name: str, parents: Mapping[str, str | None]) -> Iterator[Spot]:
    chain, above = [name], parents.get(name)
    while above is not None and above not in chain:
        chain.append(above)
        above = parents.get(above)
    if above is not None and above == name:
        yield place, "goes round in a circle: " + " > ".join((*chain, name))


def _redefined(what: str, name: str) -> str:
    return f"{what} {name} came with the program: use it without defining it here"
