"""A scripted debate: forty interventions, a hundred and twenty points, two rapporteurs.

The first rapporteur writes two points of each intervention and gives the floor to the next speaker
with the key that enters the second; the other writes the third point. They type at a pace in words
a minute, a word being five keys and a space.
"""

import os
import time
from dataclasses import dataclass, field

from meetings.base.columns import Text
from meetings.delegations.models import Delegation, DelegationKind
from meetings.speakers.models import Inscription
from tests.cast import NOON, a_participation, named

INTERVENTIONS = 40
PATIENCE = 60  # seconds until what should be on the page is
FASTEST = 10_000  # words a minute: as fast as the browser takes them
PACE = int(os.environ.get("MEETINGS_DEBATE_PACE", FASTEST))
CUT = int(os.environ.get("MEETINGS_DEBATE_CUT", "0"))  # seconds for which the network stays away

SUBJECTS = ("direct contacts", "joint teams", "asset tracing", "video links", "liaison officers")
DEEDS = ("asked for more", "noted the value of", "described its use of", "warned of delays in")
TAGS = (" #networks", " #requests @46.3", " !request", "", " @48 #net")
CLEAN = {" #networks": "networks", " #requests @46.3": "requests", " @48 #net": "networks"}


def speaker(number):
    return f"Delegation {number:02}"


def a_speaker(number):
    """A delegation with its request for the floor, as rows that can be inserted in turn."""
    id_ = named("debate", number)
    delegation = Delegation(
        id=id_, code=f"d-{number:02}", kind=DelegationKind.STATE, name=Text(en=speaker(number))
    )
    participation = a_participation("eg1-2021", "a")
    participation.id, participation.delegation_id = named("debate", "in", number), id_
    inscription = Inscription(
        id=named("debate", "asks", number),
        speaker_list_id=named("list", "3"),
        delegation_id=id_,
        requested_at=NOON,
        place=number,
    )
    return delegation, participation, inscription


def said(number, nth):
    """What is typed for a point, and what it is without its tags."""
    text = f"{DEEDS[(number + nth) % 4]} {SUBJECTS[(number * 3 + nth) % 5]} in case {number}-{nth}"
    return text + TAGS[(number + nth) % 5], text


def topic_of(number, nth):
    return CLEAN.get(TAGS[(number + nth) % 5])


def wanted():
    """Every point of the debate, as (speaker, text, slug of its topic)."""
    return sorted(
        (speaker(number), said(number, nth)[1], topic_of(number, nth))
        for number in range(1, INTERVENTIONS + 1)
        for nth in (1, 2, 3)
    )


@dataclass(eq=False)
class Rapporteur:
    """A pair of hands on a keyboard. `keys` counts what is pressed beside the text itself."""

    page: object
    keys: int = 0
    due: float = field(default_factory=time.monotonic)

    def type(self, text):
        yield from text

    def press(self, key):
        self.keys += 1
        yield key

    def until(self, condition):
        """Wait for something on the page, as a person looks before going on."""
        deadline = time.monotonic() + PATIENCE
        while not condition(self.page):
            assert time.monotonic() < deadline, self.page.locator("#desk").inner_text()[:900]
            yield None


def first_rapporteur(hands, numbers, done):
    """Two points of each intervention; the second one's Enter gives the floor to the next.

    A person hears when the third point has been written; here `done` says so.
    """
    for number in numbers:
        yield from hands.until(writes_for(number))
        yield from hands.type(said(number, 1)[0])
        yield from hands.press("Enter")
        yield from hands.type(said(number, 2)[0])
        yield from hands.until(lambda _, number=number: number in done)
        yield from hands.press("Control+Enter")


def second_rapporteur(hands, numbers, done, *, calls=()):
    """The third point of each; cut off from the other, the speaker has to be called here, too."""
    for number in numbers:
        if number in calls:
            yield from hands.press("F8")
        yield from hands.until(writes_for(number))
        yield from hands.type(said(number, 3)[0])
        yield from hands.press("Enter")
        done.add(number)


def writes_for(number):
    return lambda page: page.locator("#writing-name").text_content() == speaker(number)


def play(*scripts):
    """Let several people type at once, each at the pace."""
    pause = 60 / PACE / 6
    running = dict(scripts)
    while running:
        for hands, script in list(running.items()):
            if time.monotonic() < hands.due:
                continue
            try:
                key = next(script)
            except StopIteration:
                del running[hands]
                continue
            hands.due = time.monotonic() + (pause if key else 0.02)
            if key and len(key) == 1:
                hands.page.keyboard.type(key)
            elif key:
                hands.page.keyboard.press(key)
        time.sleep(0.001)
