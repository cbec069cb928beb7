"""The rows of a meeting: its sessions, items, lists of speakers, and its log with the points."""

from uuid import UUID

from meetings.base.ids import derived_id
from meetings.exchange.known import split_name
from meetings.exchange.meeting_file import AllotmentIn, InterventionIn, MeetingIn, SpeakerListIn
from meetings.exchange.names import (
    floors,
    item_name,
    list_name,
    meeting_name,
    point_name,
    requests,
    session_name,
    view_name,
)
from meetings.exchange.wanted import Wanted, named, text
from meetings.interventions.models import Intervention, Point
from meetings.schedule.models import Allotment, Meeting, SessionMeeting
from meetings.speakers.models import Inscription, SpeakerList


def add_meeting(wanted: Wanted, meeting: MeetingIn) -> None:
    id_ = wanted.id(meeting.id, meeting_name(meeting.sessions))
    starts, ends = meeting.hours
    wanted.add(
        Meeting,
        id=id_,
        room_id=named("room", meeting.room),
        day=meeting.day,
        half=meeting.half,
        starts=starts,
        ends=ends,
        title=text(meeting.title),
        state=meeting.state,
        opened_at=meeting.opened,
        adjourned_at=meeting.adjourned,
    )
    for slug, number in sorted(meeting.sessions.items()):
        wanted.add(SessionMeeting, session_id=session_name(slug), meeting_id=id_, number=number)
    _add_allotments(wanted, id_, meeting.items)
    for speakers in meeting.lists:
        _add_list(wanted, id_, speakers)
    name = floors(id_)
    for one in meeting.log:
        _add_intervention(wanted, id_, one, name(one.delegation, one.start))


def _add_allotments(wanted: Wanted, meeting: UUID, allotments: list[AllotmentIn]) -> None:
    for position, allotment in enumerate(allotments, 1):
        wanted.add(
            Allotment,
            id=derived_id("allotment", meeting, position),
            meeting_id=meeting,
            item_id=item_name(*split_name(allotment.item)),
            position=position,
            minutes=allotment.minutes,
            note=text(allotment.note),
        )


def _add_list(wanted: Wanted, meeting: UUID, speakers: SpeakerListIn) -> None:
    id_ = list_name(meeting, speakers.item)
    wanted.add(
        SpeakerList,
        id=id_,
        meeting_id=meeting,
        item_id=item_name(*split_name(speakers.item)),
        open=speakers.open,
        limit=speakers.limit,
    )
    name = requests(id_)
    for place, one in enumerate(speakers.speakers, 1):
        wanted.add(
            Inscription,
            id=wanted.id(one.id, name(one.delegation, one.capacity, one.on_behalf_of)),
            speaker_list_id=id_,
            delegation_id=named("delegation", one.delegation),
            speaker=one.speaker,
            capacity=one.capacity,
            on_behalf_of=one.on_behalf_of,
            language=one.language or "",
            asks=one.asks,
            minister=one.minister,
            remote=one.remote,
            requested_at=one.requested,
            place=place,
            state=one.state,
        )


def _add_intervention(
    wanted: Wanted, meeting: UUID, intervention: InterventionIn, name: UUID
) -> None:
    id_ = wanted.id(intervention.id, name)
    item = split_name(intervention.item)
    wanted.add(
        Intervention,
        id=id_,
        meeting_id=meeting,
        item_id=item_name(*item),
        delegation_id=named("delegation", intervention.delegation),
        kind=intervention.kind,
        capacity=intervention.capacity,
        on_behalf_of=intervention.on_behalf_of,
        speaker=intervention.speaker,
        language=intervention.language or "",
        started_at=intervention.start,
        ended_at=intervention.end,
    )
    for position, point in enumerate(intervention.points, 1):
        wanted.add(
            Point,
            id=wanted.id(point.id, point_name(id_, position)),
            intervention_id=id_,
            position=position,
            text=point.text,
            language=point.language or "",
            verb=point.verb or "",
            kind=point.kind,
            topic_id=named("topic", point.topic),
            articles=point.articles,
            view_id=view_name(*item, point.view) if point.view else None,
            logged_at=point.at or intervention.start,
        )
