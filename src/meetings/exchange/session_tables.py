"""The tables of a session's spreadsheet: meetings, speakers, interventions, points by topic."""

from collections.abc import Iterable
from datetime import datetime

from meetings.base.languages import current_language, direction
from meetings.base.languages import gettext as _
from meetings.exchange.documents import local
from meetings.exchange.sheets import Column, Sheet
from meetings.exchange.table_queries import InscriptionRow, MeetingRow, SpokenRow
from meetings.interventions.words import intervention_kind, point_kind
from meetings.schedule.words import meeting_state_name


def session_sheets(
    meetings: Iterable[MeetingRow],
    inscriptions: Iterable[InscriptionRow],
    spoken: list[SpokenRow],
    zone: str,
) -> list[Sheet]:
    """The four sheets of a session. They name who said what: they are for the secretariat only."""
    return [
        _meetings(meetings, zone),
        _speakers(inscriptions, zone),
        _interventions(spoken, zone),
        _points(spoken),
    ]


def _sheet(title: str, columns: tuple[Column, ...], rows: Iterable[tuple[object, ...]]) -> Sheet:
    return Sheet(title, columns, rows, right_to_left=direction(current_language()) == "rtl")


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
