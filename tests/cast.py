"""The cast and the stage of the tests: a small week, and who takes part in it.

Two sessions sit in Vienna from 6 to 8 September 2021. The expert group (eg1-2021) has item 3 in
its 1st meeting; the 2nd meeting is joint with the working group (wg-2021), where it is the 1st.
Delegations A, B and C take part; C only in the working group.
"""

from datetime import UTC, date, datetime, time

from meetings.accounts.models import Role, User
from meetings.base.columns import Text
from meetings.base.ids import derived_id
from meetings.bodies.models import AgendaItem, Body, BodyKind, Session, SessionState
from meetings.delegations.models import (
    Capacity,
    Delegation,
    DelegationKind,
    Participant,
    Participation,
)
from meetings.interventions.models import Topic
from meetings.schedule.models import (
    Allotment,
    Half,
    Meeting,
    MeetingState,
    Room,
    SessionMeeting,
)
from meetings.speakers.models import SpeakerList

# Argon2 of the password, with the least cost: the real one takes a fifth of a second.
PASSWORD = "demonstration"
PASSWORD_HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$z02G/nL9QWuOkY8sSIN7Fw$vyBoQcBVwSlYTY2TP4KML1BZTUyPJSYxzAw5fckTGGo"
)
NOON = datetime(2021, 9, 6, 10, 0, tzinfo=UTC)  # noon in Vienna


def named(*names):
    """The identifier of a thing of the cast."""
    return derived_id("cast", *names)


def a_user(role, delegation=None):
    return User(
        id=named("user", role, delegation),
        login=f"{role}-{delegation}" if delegation else role,
        name=role.title(),
        role=Role(role),
        delegation_id=named("delegation", delegation) if delegation else None,
        password_hash=PASSWORD_HASH,
    )


def a_session(slug, body, ordinal):
    return Session(
        id=named("session", slug),
        slug=slug,
        body_id=named("body", body),
        ordinal=ordinal,
        title=Text(en=f"Session {slug}", fr=f"Session {slug} (fr)"),
        symbol="CAC/COSP/EG.1/2021" if slug == "eg1-2021" else "",
        place=Text(en="Vienna", fr="Vienne"),
        timezone="Europe/Vienna",
        starts_on=date(2021, 9, 6),
        ends_on=date(2021, 9, 8),
        state=SessionState.OPEN,
    )


def a_meeting(name, day, half, state=MeetingState.PLANNED):
    starts, ends = {"am": (time(10), time(13)), "pm": (time(15), time(18))}[half]
    return Meeting(
        id=named("meeting", name),
        room_id=named("room", "a"),
        day=date(2021, 9, day),
        half=Half(half),
        starts=starts,
        ends=ends,
        state=state,
        opened_at=NOON if state is MeetingState.OPEN else None,
    )


def a_delegation(letter):
    return Delegation(
        id=named("delegation", letter),
        code=f"delegation-{letter}",
        kind=DelegationKind.STATE,
        name=Text(en=f"Delegation {letter.upper()}", fr=f"Délégation {letter.upper()}"),
    )


def a_participation(session, letter):
    return Participation(
        id=named("participation", session, letter),
        session_id=named("session", session),
        delegation_id=named("delegation", letter),
        capacity=Capacity.STATE_PARTY,
    )


def the_week():
    """The rows of the week, in an order in which they can be inserted."""
    return [
        [
            Body(id=named("body", "eg"), code="eg", kind=BodyKind.EXPERT_GROUP,
                 name=Text(en="Expert group", fr="Groupe d’experts")),
            Body(id=named("body", "wg"), code="wg", kind=BodyKind.WORKING_GROUP,
                 name=Text(en="Working group", fr="Groupe de travail")),
            Room(id=named("room", "a"), code="a", name=Text(en="Boardroom A"), capacity=200),
            Room(id=named("room", "b"), code="b", name=Text(en="Boardroom B"), capacity=400),
            *(a_delegation(letter) for letter in "abc"),
            Topic(id=named("topic", "networks"), slug="networks", position=1,
                  name=Text(en="Networks", fr="Réseaux")),
            Topic(id=named("topic", "requests"), slug="requests", position=2,
                  name=Text(en="Requests", fr="Demandes")),
        ],
        [
            a_session("eg1-2021", "eg", 10),
            a_session("wg-2021", "wg", 15),
            *(a_user(role) for role in ("administrator", "secretariat", "rapporteur", "chair")),
            *(a_user("delegation", letter) for letter in "abc"),
        ],
        [
            AgendaItem(id=named("item", "3"), session_id=named("session", "eg1-2021"), number="3",
                       position=1, title=Text(en="Cooperation", fr="Coopération"), minutes=180),
            AgendaItem(id=named("item", "4"), session_id=named("session", "eg1-2021"), number="4",
                       position=2, title=Text(en="Other matters", fr="Questions diverses")),
            AgendaItem(id=named("item", "wg2"), session_id=named("session", "wg-2021"), number="2",
                       position=1, title=Text(en="Assets", fr="Avoirs")),
            a_meeting("first", 6, "am", MeetingState.OPEN),
            a_meeting("joint", 6, "pm"),
            *(a_participation("eg1-2021", letter) for letter in "ab"),
            *(a_participation("wg-2021", letter) for letter in "abc"),
        ],
        [
            SessionMeeting(session_id=named("session", "eg1-2021"),
                           meeting_id=named("meeting", "first"), number=1),
            SessionMeeting(session_id=named("session", "eg1-2021"),
                           meeting_id=named("meeting", "joint"), number=2),
            SessionMeeting(session_id=named("session", "wg-2021"),
                           meeting_id=named("meeting", "joint"), number=1),
            Allotment(id=named("allotment", "first", "3"), meeting_id=named("meeting", "first"),
                      item_id=named("item", "3"), position=1, minutes=180),
            Allotment(id=named("allotment", "joint", "4"), meeting_id=named("meeting", "joint"),
                      item_id=named("item", "4"), position=1),
            Allotment(id=named("allotment", "joint", "wg2"), meeting_id=named("meeting", "joint"),
                      item_id=named("item", "wg2"), position=2),
            SpeakerList(id=named("list", "3"), meeting_id=named("meeting", "first"),
                        item_id=named("item", "3")),
            Participant(id=named("participant", "a"), position=1, name="Ms. First",
                        participation_id=named("participation", "eg1-2021", "a")),
        ],
    ]  # fmt: skip
