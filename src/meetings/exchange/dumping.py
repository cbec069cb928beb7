"""From rows to the canonical text of a session file.

Canonical: fields in the order of the models, defaults left out, languages in the order of the
United Nations' language bar (ar zh en fr ru es), sessions by start, meetings by day and hour,
bodies, rooms, delegations and participations by code, everything else in its own order; an id
only where a load could not find it out. Moments stand in the time zone of the meeting's session.
"""

from operator import itemgetter

from meetings.base.languages import LANGUAGES
from meetings.bodies.models import AgendaItem, Body, Document, Session
from meetings.delegations.models import Delegation, Participant, Participation
from meetings.exchange import session_file as parts
from meetings.exchange.dump_meetings import meeting_part
from meetings.exchange.dump_parts import Plain, in_order, part, words
from meetings.exchange.lookup import Lookup
from meetings.exchange.plain_yaml import write_yaml
from meetings.exchange.wanted import Row, Rows
from meetings.interventions.models import Topic, View
from meetings.report.composing import OWN
from meetings.report.models import Paragraph, Report, ReportPart, Update
from meetings.schedule.models import Meeting, Room


def session_file_text(rows: Rows, *, whole: bool) -> str:
    """The sessions of these rows with what they use; `whole`: all shared things, used or not."""
    look = Lookup(rows, whole=whole)
    sessions = sorted(rows[Session], key=itemgetter("starts_on", "slug"))
    meetings = sorted(
        rows[Meeting],
        key=lambda row: (row["day"], row["starts"], look.code(row["room_id"]), row["id"]),
    )
    file = part(
        parts.SessionFile,
        format=parts.VERSION,
        bodies=[_body(look, row) for row in look.shared(Body, "code")],
        rooms=[_room(row) for row in look.shared(Room, "code")],
        topics=[_topic(look, row) for row in look.shared(Topic, "position")],
        delegations=[_delegation(row) for row in look.shared(Delegation, "code")],
        sessions=[_session(look, row) for row in sessions],
        meetings=[meeting_part(look, row) for row in meetings],
    )
    return write_yaml(file)


def _body(look: Lookup, row: Row) -> Plain:
    return part(
        parts.BodyIn,
        code=row["code"],
        kind=row["kind"],
        name=words(row["name"]),
        parent=look.code(row["parent_id"]),
        treaty=row["treaty"] or None,
        rules=in_order(row["rules"]),
    )


def _room(row: Row) -> Plain:
    return part(parts.RoomIn, **row | {"name": words(row["name"])})


def _topic(look: Lookup, row: Row) -> Plain:
    return part(
        parts.TopicIn,
        slug=row["slug"],
        name=words(row["name"]),
        parent=look.code(row["parent_id"]),
        treaty=row["treaty"] or None,
        articles=row["articles"],
    )


def _delegation(row: Row) -> Plain:
    return part(parts.DelegationIn, **row | {"name": words(row["name"])})


def _session(look: Lookup, row: Row) -> Plain:
    id_ = row["id"]
    participations = look.of(Participation, "session_id", id_)
    return part(
        parts.SessionIn,
        slug=row["slug"],
        body=look.code(row["body_id"]),
        ordinal=row["ordinal"],
        title=words(row["title"]),
        symbol=row["symbol"],
        place=words(row["place"]),
        timezone=row["timezone"],
        starts=row["starts_on"],
        ends=row["ends_on"],
        state=row["state"],
        follows=look.code(row["follows_id"]),
        agenda=[
            _item(look, item)
            for item in look.of(AgendaItem, "session_id", id_, "position", "number")
            if item["parent_id"] is None
        ],
        documents=[
            part(
                parts.DocumentIn,
                symbol=document["symbol"],
                title=words(document["title"]),
                item=look.number(document["item_id"]),
            )
            for document in look.of(Document, "session_id", id_, "position", "symbol")
        ],
        participations=sorted(
            (_participation(look, one) for one in participations), key=itemgetter("delegation")
        ),
        reports=[
            _report(look, report)
            for report in look.of(Report, "session_id", id_, "position", "symbol")
        ],
    )


def _participation(look: Lookup, row: Row) -> Plain:
    people = look.of(Participant, "participation_id", row["id"], "position", "id")
    return part(
        parts.ParticipationIn,
        delegation=look.code(row["delegation_id"]),
        capacity=row["capacity"],
        participants=[part(parts.ParticipantIn, **person) for person in people],
    )


def _report(look: Lookup, row: Row) -> Plain:
    chapters = look.of(ReportPart, "report_id", row["id"], "position")
    return part(
        parts.ReportIn,
        symbol=row["symbol"],
        addendum=row["addendum"],
        dated=row["dated"],
        original=row["original"],
        parts=[
            part(
                parts.ReportPartIn,
                item=look.number(chapter["item_id"]),
                chapter=chapter["chapter"],
                heading=words(chapter["heading"]),
            )
            for chapter in chapters
        ],
    )


def _item(look: Lookup, row: Row) -> Plain:
    id_ = row["id"]
    return part(
        parts.ItemIn,
        number=row["number"],
        title=words(row["title"]),
        minutes=row["minutes"],
        joint_with=look.item_name(row["joint_with_id"]),
        updates=[_update(one) for one in look.of(Update, "item_id", id_, "position")],
        views=[_view(look, one) for one in look.of(View, "item_id", id_, "position", "key")],
        paragraphs=[
            _paragraph(look, paragraph)
            for language in LANGUAGES
            for paragraph in look.of(Paragraph, "item_id", id_, "position")
            if paragraph["language"] == language
        ],
        items=[
            _item(look, under)
            for under in look.of(AgendaItem, "parent_id", id_, "position", "number")
        ],
    )


def _paragraph(look: Lookup, row: Row) -> Plain:
    # One of a person's own is known by its place alone.
    key = "" if row["key"].startswith(OWN) else row["key"]
    return part(parts.ParagraphIn, **row | {"key": key, "views": look.sources(row)})


def _update(row: Row) -> Plain:
    return part(
        parts.UpdateIn,
        representative=row["representative"],
        verb=row["verb"],
        lead=words(row["lead"]),
        text=words(row["text"]),
        more=[words(text) for text in row["more"]],
        figures={
            name: part(parts.FigureIn, **row["figures"][name]) for name in sorted(row["figures"])
        },
    )


def _view(look: Lookup, row: Row) -> Plain:
    return part(
        parts.ViewIn,
        key=row["key"],
        topic=look.code(row["topic_id"]),
        form=row["form"],
        after=look.key(row["after_id"], row["item_id"]),
        says=[
            part(parts.ClauseIn, verb=clause["verb"], text=words(clause["text"]))
            for clause in row["clauses"]
        ],
    )
