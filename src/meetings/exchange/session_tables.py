"""The tables of a session's book, from its meetings to the speaking time of each group."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from meetings.base.columns import Text
from meetings.base.languages import current_language, direction
from meetings.base.languages import gettext as _
from meetings.delegations.queries import TakingPart
from meetings.delegations.words import capacity_name
from meetings.exchange.documents import local
from meetings.exchange.session_counts import Spoken, points_by_group, speaking_time
from meetings.exchange.sheets import Column, Sheet
from meetings.exchange.table_queries import InscriptionRow, MeetingRow, SpokenRow, ViewRow, WorkRow
from meetings.interventions.words import intervention_kind, point_kind
from meetings.schedule.words import meeting_state_name


@dataclass(frozen=True)
class Tables:
    """The rows of which the sheets of a session are made."""

    meetings: list[MeetingRow]
    work: list[WorkRow]
    attendance: list[TakingPart]
    inscriptions: list[InscriptionRow]
    spoken: list[SpokenRow]
    views: list[ViewRow]
    zone: str


def session_sheets(tables: Tables) -> list[Sheet]:
    """The book of a session. It names who said what: it is for the secretariat only."""
    spoken = tables.spoken
    return [
        _meetings(tables.meetings, tables.zone),
        _work(tables.work),
        participants_sheet(tables.attendance),
        _speakers(tables.inscriptions, tables.zone),
        _interventions(spoken, tables.zone),
        _points(spoken),
        _views(tables.views, spoken),
        _groups(spoken),
        _time(_("Time by delegation"), _("Delegation"), speaking_time(spoken, _delegation)),
        _time(_("Time by group"), _("Regional group"), speaking_time(spoken, _group)),
    ]


def _delegation(row: SpokenRow) -> str:
    return row.delegation.name.in_language(current_language())


def _group(row: SpokenRow) -> str:
    return row.delegation.group or _("In no group")


def _topic(row: SpokenRow) -> str:
    return row.topic.name.in_language(current_language()) if row.topic else _("No topic")


def _time(title: str, whose: str, spoken: list[Spoken]) -> Sheet:
    columns = (
        Column(whose, width=36),
        Column(_("Interventions"), "number", 14),
        Column(_("Minutes"), "minutes", 12),
    )
    rows = [(one.name, one.times, one.minutes) for one in spoken]
    return replace(_sheet(title, columns, rows), chart=(1, 3))


def _groups(spoken: list[SpokenRow]) -> Sheet:
    """How many points each regional group made on each topic."""
    groups, counted = points_by_group(spoken, _topic)
    columns = (
        Column(_("Topic"), width=36),
        *(Column(group or _("In no group"), "number", 18) for group in groups),
        Column(_("Points"), "number", 10),
    )
    rows = [
        (topic, *(counts[group] for group in groups), counts.total())
        for topic, counts in counted.items()
    ]
    return _sheet(_("Points by group"), columns, rows)


def _views(views: list[ViewRow], spoken: list[SpokenRow]) -> Sheet:
    """Each view as it is worded, and how many delegations hold it."""
    columns = (
        Column(_("Item"), width=8),
        Column(_("View"), width=24),
        Column(_("Topic"), width=32),
        Column(_("Wording"), width=80),
        Column(_("Delegations"), "number", 12),
    )
    language = current_language()
    holding: dict[UUID, set[UUID]] = {}
    for row in spoken:
        if row.view:
            holding.setdefault(row.view.id, set()).add(row.delegation.id)
    rows = [
        (
            row.item,
            row.view.key,
            row.topic.name.in_language(language) if row.topic else "",
            "; ".join(Text.of(part["text"]).in_language(language) for part in row.view.clauses),
            len(holding.get(row.view.id, ())),
        )
        for row in views
    ]
    return _sheet(_("Views"), columns, rows)


def _work(work: list[WorkRow]) -> Sheet:
    columns = (
        Column(_("Meeting"), "number", 10),
        Column(_("Day"), "date", 14),
        Column(_("Item"), width=10),
        Column(_("Title"), width=60),
        Column(_("Minutes"), "number", 10),
        Column(_("Note"), width=30),
    )
    language = current_language()
    rows = (
        (
            row.number,
            row.meeting.day,
            row.item.number,
            row.item.title.in_language(language),
            row.allotment.minutes,
            row.allotment.note.in_language(language),
        )
        for row in work
    )
    return _sheet(_("Organization of work"), columns, rows)


def participants_sheet(attendance: list[TakingPart]) -> Sheet:
    """Who takes part: each person of each delegation, and delegations without people too."""
    columns = (
        Column(_("Delegation"), width=36),
        Column(_("Code"), width=12),
        Column(_("Attends as"), width=18),
        Column(_("Regional group"), width=30),
        Column(_("Name"), width=36),
        Column(_("Function"), width=36),
    )
    language = current_language()
    rows = (
        (
            one.delegation.name.in_language(language),
            one.delegation.code,
            capacity_name(one.participation.capacity),
            one.delegation.group,
            person.name if person else "",
            person.function if person else "",
        )
        for one in attendance
        for person in one.participants or (None,)
    )
    return _sheet(_("Participants"), columns, rows)


def _sheet(title: str, columns: tuple[Column, ...], rows: Iterable[tuple[object, ...]]) -> Sheet:
    return Sheet(title, columns, tuple(rows), right_to_left=direction(current_language()) == "rtl")


def _meetings(meetings: Iterable[MeetingRow], zone: str) -> Sheet:
    columns = (
        Column(_("Meeting"), "number", 10),
        Column(_("Day"), "date", 14),
        Column(_("From"), "time", 10),
        Column(_("To"), "time", 10),
        Column(_("Time zone"), width=18),
        Column(_("Room"), width=24),
        Column(_("Title"), width=40),
        Column(_("Items"), width=40),
        Column(_("State"), width=14),
    )
    language = current_language()
    rows = (
        (
            row.number,
            row.meeting.day,
            row.meeting.starts,
            row.meeting.ends,
            zone,
            row.room.name.in_language(language),
            row.meeting.title.in_language(language),
            ", ".join(row.items),
            meeting_state_name(row.meeting.state),
        )
        for row in meetings
    )
    return _sheet(_("Meetings"), columns, rows)


def _speakers(inscriptions: Iterable[InscriptionRow], zone: str) -> Sheet:
    columns = (
        Column(_("Meeting"), "number", 10),
        Column(_("Item"), width=8),
        Column(_("Place"), "number", 8),
        Column(_("Delegation"), width=28),
        Column(_("Speaker"), width=28),
        Column(_("On behalf of"), width=28),
        Column(_("Requested"), "datetime", 20),
        Column(_("Time zone"), width=18),
        Column(_("State"), width=14),
    )
    language = current_language()
    rows = (
        (
            row.number,
            row.item,
            row.inscription.place,
            row.delegation.name.in_language(language),
            row.inscription.speaker,
            row.inscription.on_behalf_of,
            local(row.inscription.requested_at, zone),
            zone,
            row.inscription.state.value,
        )
        for row in inscriptions
    )
    return _sheet(_("Speakers"), columns, rows)


def _interventions(spoken: list[SpokenRow], zone: str) -> Sheet:
    columns = (
        Column(_("Meeting"), "number", 10),
        Column(_("Item"), width=8),
        Column(_("Start"), "datetime", 20),
        Column(_("End"), "datetime", 20),
        Column(_("Minutes"), "minutes", 10),
        Column(_("Time zone"), width=18),
        Column(_("Delegation"), width=28),
        Column(_("Speaker"), width=28),
        Column(_("Kind"), width=18),
        Column(_("On behalf of"), width=28),
        Column(_("Points"), "number", 8),
    )
    language = current_language()
    counts: dict[object, int] = {}
    firsts: dict[object, SpokenRow] = {}
    for row in spoken:
        counts[row.intervention.id] = counts.get(row.intervention.id, 0) + (row.point is not None)
        firsts.setdefault(row.intervention.id, row)
    rows = (
        (
            row.number,
            row.item,
            local(row.intervention.started_at, zone),
            local(row.intervention.ended_at, zone),
            _minutes(row.intervention.started_at, row.intervention.ended_at),
            zone,
            row.delegation.name.in_language(language),
            row.intervention.speaker,
            intervention_kind(row.intervention.kind),
            row.intervention.on_behalf_of,
            counts[id_],
        )
        for id_, row in firsts.items()
    )
    return _sheet(_("Interventions"), columns, rows)


def _minutes(start: datetime, end: datetime | None) -> float | None:
    return round((end - start).total_seconds() / 60, 1) if end else None


def _points(spoken: list[SpokenRow]) -> Sheet:
    columns = (
        Column(_("Topic"), width=32),
        Column(_("View"), width=20),
        Column(_("Point"), width=70),
        Column(_("Kind"), width=18),
        Column(_("Articles"), width=14),
        Column(_("Delegation"), width=28),
        Column(_("Item"), width=8),
    )
    language = current_language()
    rows = [
        (
            row.topic.name.in_language(language) if row.topic else "",
            row.view.key if row.view else "",
            row.point.text,
            point_kind(row.point.kind) if row.point.kind else "",
            ", ".join(row.point.articles),
            row.delegation.name.in_language(language),
            row.item,
        )
        for row in sorted(
            spoken, key=lambda row: (row.topic.position if row.topic else 1_000_000, row.order)
        )
        if row.point
    ]
    return _sheet(_("Points by topic"), columns, rows)
