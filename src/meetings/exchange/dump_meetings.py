"""A meeting as a session file holds it, with its lists of speakers and its log."""

from zoneinfo import ZoneInfo

from meetings.exchange import meeting_file as parts
from meetings.exchange.dump_parts import Plain, moment, part, unless, words
from meetings.exchange.lookup import Lookup
from meetings.exchange.names import Name, floors, list_name, meeting_name, point_name, requests
from meetings.exchange.wanted import Row
from meetings.interventions.models import Point
from meetings.schedule.models import HOURS, Allotment, SessionMeeting
from meetings.speakers.models import Inscription


def meeting_part(look: Lookup, row: Row) -> Plain:
    id_ = row["id"]
    sessions = {
        look.code(link["session_id"]) or "": link["number"]
        for link in look.of(SessionMeeting, "meeting_id", id_)
    }
    zone = look.zone(min(sessions))
    usual, name = HOURS[row["half"]], floors(id_)
    return part(
        parts.MeetingIn,
        id=unless(id_, meeting_name(sessions)),
        sessions=dict(sorted(sessions.items())),
        room=look.code(row["room_id"]),
        day=row["day"],
        half=row["half"],
        starts=row["starts"] if row["starts"] != usual[0] else None,
        ends=row["ends"] if row["ends"] != usual[1] else None,
        title=words(row["title"]),
        state=row["state"],
        opened=moment(row["opened_at"], zone),
        adjourned=moment(row["adjourned_at"], zone),
        items=[
            part(
                parts.AllotmentIn,
                item=look.item_name(allotment["item_id"]),
                minutes=allotment["minutes"],
                note=words(allotment["note"]),
            )
            for allotment in look.of(Allotment, "meeting_id", id_, "position")
        ],
        lists=[_list(look, one, zone) for one in look.lists(id_)],
        log=[_intervention(look, one, zone, name) for one in look.log(id_)],
    )


def _list(look: Lookup, row: Row, zone: ZoneInfo) -> Plain:
    item = look.item_name(row["item_id"]) or ""
    name = requests(list_name(row["meeting_id"], item))
    return part(
        parts.SpeakerListIn,
        item=item,
        open=row["open"],
        limit=row["limit"],
        speakers=[
            _inscription(look, one, zone, name)
            for one in look.of(
                Inscription, "speaker_list_id", row["id"], "stand", "place", "requested_at", "id"
            )
        ],
    )


def _inscription(look: Lookup, row: Row, zone: ZoneInfo, name: Name) -> Plain:
    code = look.code(row["delegation_id"]) or ""
    return part(
        parts.InscriptionIn,
        id=unless(row["id"], name(code, row["capacity"], row["on_behalf_of"])),
        delegation=code,
        speaker=row["speaker"],
        capacity=row["capacity"],
        on_behalf_of=row["on_behalf_of"],
        language=row["language"] or None,
        asks=row["asks"],
        minister=row["minister"],
        remote=row["remote"],
        requested=moment(row["requested_at"], zone),
        state=row["state"],
    )


def _intervention(look: Lookup, row: Row, zone: ZoneInfo, name: Name) -> Plain:
    code = look.code(row["delegation_id"]) or ""
    return part(
        parts.InterventionIn,
        id=unless(row["id"], name(code, row["started_at"])),
        item=look.item_name(row["item_id"]),
        delegation=code,
        start=moment(row["started_at"], zone),
        end=moment(row["ended_at"], zone),
        kind=row["kind"],
        capacity=row["capacity"],
        on_behalf_of=row["on_behalf_of"],
        speaker=row["speaker"],
        language=row["language"] or None,
        points=[
            _point(look, point, row, zone, ordinal)
            for ordinal, point in enumerate(
                look.of(Point, "intervention_id", row["id"], "position", "id"), 1
            )
        ],
    )


def _point(look: Lookup, row: Row, intervention: Row, zone: ZoneInfo, ordinal: int) -> Plain:
    at = row["logged_at"] if row["logged_at"] != intervention["started_at"] else None
    return part(
        parts.PointIn,
        id=unless(row["id"], point_name(intervention["id"], ordinal)),
        text=row["text"].strip(),
        language=row["language"] or None,
        verb=row["verb"] or None,
        kind=row["kind"],
        topic=look.code(row["topic_id"]),
        articles=row["articles"],
        view=look.key(row["view_id"], intervention["item_id"]),
        at=moment(at, zone),
    )
