"""What the rows of a log come to: interventions and their points, and each fault in its row. Pure.

Nothing is guessed: a name that could be two delegations, a mark that names nothing, and a time that
is none are faults, told with the row, the column, the value, and what would do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from meetings.base.languages import current_language
from meetings.base.languages import gettext as _
from meetings.delegations.finding import candidates, folded, with_names
from meetings.delegations.models import Delegation
from meetings.exchange.log_rows import Row, Rows
from meetings.exchange.log_words import Column, capacities, kinds, plain, point_kinds
from meetings.interventions.grammar import Words, nearest, parse
from meetings.interventions.models import MAX_TEXT, InterventionKind, PointKind
from meetings.speakers.models import SpeakingCapacity

FAULTS = 100  # of one preview: who has more mends these first
MARKS = 40  # of one point
LONGEST = 200  # characters of a name
SHOWN = 80  # characters of a value in the sentence of a fault
NAMED = 6  # names that a fault lists

_MARK = re.compile(r"(?<!\S)[#@!=]")
_CLOCK = re.compile(
    r"(?:(?P<day>\d{4}-\d{2}-\d{2})[ T])?(?P<hour>\d{1,2})[:：.hH](?P<minute>\d{2})"
    r"(?:[:：](?P<second>\d{2}))?(?:\s?(?P<half>[ap])\.?m\.?)?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"0?\.\d{1,17}")
_ARTICLE = re.compile(r"[0-9]+(\.[0-9]+)?([a-z])?")

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class KnownItem:
    """An item that is allotted to the meeting, with the words that marks can name under it."""

    id: UUID
    number: str
    slug: str  # of the session on whose agenda it is
    words: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Known:
    """What a log can speak of in one meeting. `topics` are {slug: its names}."""

    day: date
    items: Sequence[KnownItem]
    delegations: Sequence[Delegation]
    topics: Mapping[str, Iterable[str]] = field(default_factory=dict)
    default: UUID | None = None  # the item of a row that names none


@dataclass(frozen=True)
class Fault:
    """What is wrong with a row: in which column, with which value; `told` says what would do."""

    row: int
    column: Column
    value: str
    told: str


@dataclass(frozen=True)
class Said:
    """A point as it will be kept; `place` is that of its row among all, for its identifier."""

    place: int
    text: str
    topic: str
    articles: tuple[str, ...]
    kind: PointKind | None
    view: str


@dataclass
class Spoken:
    """An intervention as it will be kept: the rows that it was read from grow it."""

    place: int
    delegation: Delegation
    item: KnownItem
    at: time | None
    speaker: str
    kind: InterventionKind
    capacity: SpeakingCapacity
    on_behalf_of: str
    points: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Meant:
    """A row and what becomes of it; `begins` is the row with which its intervention begins."""

    row: Row
    spoken: Spoken | None
    begins: bool
    said: Said | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Log:
    """All rows with what becomes of them; `unread` is how many come after too many faults."""

    rows: tuple[Meant, ...]
    unread: int = 0

    @property
    def spoken(self) -> list[Spoken]:
        return [meant.spoken for meant in self.rows if meant.begins and meant.spoken]

    @property
    def faults(self) -> list[Fault]:
        return [fault for meant in self.rows for fault in meant.faults]

    @property
    def points(self) -> int:
        return sum(len(spoken.points) for spoken in self.spoken)


def meaning_of(rows: Rows, known: Known) -> Log:
    """What these rows come to in a meeting."""
    reader = _Reader(known, lines=rows.lines)
    meant: list[Meant] = []
    count = 0
    for place, row in enumerate(rows.rows):
        meant.append(reader.read(place, row))
        count += len(meant[-1].faults)
        if count >= FAULTS:
            break
    return Log(tuple(meant), len(rows.rows) - len(meant))


class _Reader:
    """Reads row after row; remembers the intervention under which the next one may go on."""

    def __init__(self, known: Known, *, lines: bool) -> None:
        self.known = known
        self.lines = lines
        self.current: Spoken | None = None
        self.lost = False  # the intervention above has a fault: what goes under it has no other
        self.named = with_names(known.delegations)
        self.found: dict[str, list[Delegation]] = {}
        self.topics = {folded(n): slug for slug, names in known.topics.items() for n in names}

    def read(self, place: int, row: Row) -> Meant:
        told = _Told(row)
        cells = _fitting(row, told)
        before = self.current
        if Column.DELEGATION in row.cells:
            self._begin(place, row, cells, told)
        else:
            self._go_on(row, cells, told)
        said = self._said(place, cells, told)
        if said and self.current and not told.faults:
            self.current.points.append(said)
        begins = self.current is not None and self.current is not before
        return Meant(row, self.current, begins, said, tuple(told.faults))

    # Who has the floor ---------------------------------------------------------------------------

    def _begin(self, place: int, row: Row, cells: dict[Column, str], told: "_Told") -> None:
        delegation = self._delegation(cells, told)
        at = self._time(cells, told)
        kind = self._kind(cells)
        behalf = cells.get(Column.ON_BEHALF_OF, "")
        capacity = self._word(Column.CAPACITY, capacities(), cells, told)
        above = self.current
        goes_on = above is not None and above.delegation is delegation and not row.apart
        item = self._item(cells, told, above.item if above and goes_on else None)
        if told.faults or delegation is None or item is None:
            self.current, self.lost = None, True
            return
        spoken = Spoken(
            place=place,
            delegation=delegation,
            item=item,
            at=at,
            speaker=cells.get(Column.SPEAKER, ""),
            kind=kind or InterventionKind.STATEMENT,
            capacity=capacity or (SpeakingCapacity.GROUP if behalf else SpeakingCapacity.NATIONAL),
            on_behalf_of=behalf,
        )
        self.lost = False
        if not (above and goes_on and _same(above, spoken, stated=(kind, capacity))):
            self.current = spoken

    def _go_on(self, row: Row, cells: dict[Column, str], told: "_Told") -> None:
        """A row that names nobody says nothing else of who spoke than the row above it."""
        if self.lost and not row.apart:
            return
        if self.current is None or row.apart:
            self.current, self.lost = None, True
            told.fault(Column.DELEGATION, "", self._nobody())
            return
        above = self.current
        held: dict[Column, tuple[object, object]] = {
            Column.TIME: (self._time(cells, told), above.at),
            Column.ITEM: (self._item(cells, told, above.item), above.item),
            Column.SPEAKER: (cells.get(Column.SPEAKER), above.speaker),
            Column.ON_BEHALF_OF: (cells.get(Column.ON_BEHALF_OF), above.on_behalf_of),
            Column.CAPACITY: (
                self._word(Column.CAPACITY, capacities(), cells, told),
                above.capacity,
            ),
            Column.KIND: (self._kind(cells), above.kind),
        }
        for column, (mine, theirs) in held.items():
            if mine and mine != theirs and not told.has(column):
                told.fault(
                    column,
                    cells.get(column, ""),
                    _(
                        "This row names no delegation, so it goes on with the one above, which has"
                        " something else here. Name the delegation, or leave this empty."
                    ),
                )

    def _nobody(self) -> str:
        if self.lines:
            return _(
                "It is not said who speaks: begin the line, or one above it without a blank line"
                " between, with the delegation and a colon."
            )
        return _("It is not said who speaks: no delegation stands here, nor in a row above.")

    def _delegation(self, cells: dict[Column, str], told: "_Told") -> Delegation | None:
        typed = cells.get(Column.DELEGATION, "")
        if told.has(Column.DELEGATION):
            return None
        if typed not in self.found:
            self.found[typed] = candidates(self.named, typed)
        found = self.found[typed]
        if len(found) == 1:
            return found[0]
        told.fault(
            Column.DELEGATION, typed, self._doubtful(found) if found else self._unknown(typed)
        )
        return None

    def _doubtful(self, found: list[Delegation]) -> str:
        names = [one.name.in_language(current_language()) for one in found]
        told = _("This may be any of these: %(names)s. Write the whole name, or the code.")
        return told % {"names": _listed(names)}

    def _unknown(self, typed: str) -> str:
        told = [_("Nobody of this name or code takes part in the meeting.")]
        everyone = {name: one for one, names in self.named for name in names}
        if near := get_close_matches(folded(typed), list(everyone), n=1):
            told.append(_meant(everyone[near[0]].name.in_language(current_language())))
        if self.lines:
            told.append(_("A line that goes on under the speaker above begins with a dash."))
        return " ".join(told)

    def _time(self, cells: dict[Column, str], told: "_Told") -> time | None:
        typed = cells.get(Column.TIME, "")
        if not typed:
            return None
        day, found = read_time(typed)
        if found is None:
            told.fault(
                Column.TIME, typed, _("Give the time of day at the place, such as 10:32, or none.")
            )
        elif day and day != self.known.day:
            on = _("The meeting is on %(day)s: give a time of that day.")
            told.fault(Column.TIME, typed, on % {"day": self.known.day.isoformat()})
        return found

    def _item(
        self, cells: dict[Column, str], told: "_Told", above: KnownItem | None
    ) -> KnownItem | None:
        typed = cells.get(Column.ITEM, "")
        numbers = [item.number for item in self.known.items]
        if not typed:
            found = (
                [above] if above else [i for i in self.known.items if i.id == self.known.default]
            )
        else:
            found = [item for item in self.known.items if _is_called(item, typed)]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            names = [f"{item.slug}/{item.number}" for item in found]
            allowed = _("Several items are called so. Write one of: %(items)s.")
        else:
            names = [
                f"{item.slug}/{item.number}" if numbers.count(item.number) > 1 else item.number
                for item in self.known.items
            ]
            allowed = (
                _("Give an item that is allotted to this meeting: %(items)s.")
                if typed
                else _("Say on which item this is, here or for all rows above: %(items)s.")
            )
        told.fault(Column.ITEM, typed, allowed % {"items": _listed(names)})
        return None

    # What was said ------------------------------------------------------------------------------

    def _said(self, place: int, cells: dict[Column, str], told: "_Told") -> Said | None:
        line = cells.get(Column.TEXT, "")
        tags = [cells.get(c) for c in (Column.TOPIC, Column.ARTICLES, Column.VIEW)]
        point_kind = self._point_kind(cells, told)
        if not line and not any(tags) and not point_kind:
            if Column.DELEGATION not in cells and not told.faults:
                told.fault(Column.TEXT, "", _("Say what was said."))
            return None
        if len(_MARK.findall(line)) > MARKS:
            told.fault(Column.TEXT, line, _("There are too many marks in one point."))
            return None
        words = self.current.item.words if self.current else self._all_words()
        typed = parse(line, words)
        for mark, near in typed.faults:
            hint = f" {_meant(mark[0] + near)}" if near else ""
            told.fault(Column.TEXT, mark, _("This mark names nothing here.") + hint)
        if not typed.text and not told.has(Column.TEXT):
            told.fault(Column.TEXT, line, _("Say what was said, besides its marks."))
        topic, view = self._topic(cells, words, told), self._view(cells, words, told)
        articles = self._articles(cells, told)
        return Said(
            place=place,
            text=typed.text,
            topic=typed.topic or topic,
            articles=tuple(dict.fromkeys((*typed.articles, *articles))),
            kind=typed.kind or point_kind,
            view=typed.view or view,
        )

    def _all_words(self) -> Words:
        """Under an intervention with a fault, a mark may name what any of the items has."""
        every = [item.words for item in self.known.items]
        return Words(
            topics={name: slug for words in every for name, slug in words.topics.items()},
            views={name: key for words in every for name, key in words.views.items()},
        )

    def _topic(self, cells: dict[Column, str], words: Words, told: "_Told") -> str:
        typed = cells.get(Column.TOPIC, "")
        if not typed or told.has(Column.TOPIC):
            return ""
        name = typed.removeprefix("#")
        if slug := self.topics.get(folded(name)):
            return slug
        found = parse(f"#{name}", words).topic if len(name.split()) == 1 else ""
        if not found:
            near = nearest(folded(name), [*words.topics, *self.topics])
            told.nothing(Column.TOPIC, typed, _("No topic is called so."), near)
        return found

    def _view(self, cells: dict[Column, str], words: Words, told: "_Told") -> str:
        typed = cells.get(Column.VIEW, "")
        if not typed or told.has(Column.VIEW):
            return ""
        name = typed.removeprefix("=").strip()
        found = parse(f"={name}", words).view if len(name.split()) == 1 else ""
        if not found:
            near = nearest(name.lower(), words.views)
            told.nothing(Column.VIEW, typed, _("No view on this item is called so."), near)
        return found

    def _articles(self, cells: dict[Column, str], told: "_Told") -> list[str]:
        typed = cells.get(Column.ARTICLES, "")
        if told.has(Column.ARTICLES):
            return []
        found = [part.removeprefix("@") for part in re.split(r"[,;\s]+", typed) if part]
        for article in found:
            if not _ARTICLE.fullmatch(article):
                allowed = _("Give numbers of articles, such as 46 or 46.3, with commas between.")
                told.fault(Column.ARTICLES, article, allowed)
                break
        return found

    # Words out of a list ------------------------------------------------------------------------

    def _kind(self, cells: dict[Column, str]) -> InterventionKind | None:
        """The column holds kinds of intervention or of point: no word names one of each."""
        return kinds().get(plain(cells.get(Column.KIND, "")))

    def _point_kind(self, cells: dict[Column, str], told: "_Told") -> PointKind | None:
        if self._kind(cells):
            return None
        every: dict[str, PointKind | InterventionKind] = {**kinds(), **point_kinds()}
        found = self._word(Column.KIND, every, cells, told)
        return found if isinstance(found, PointKind) else None

    def _word(
        self, column: Column, words: Mapping[str, Word], cells: dict[Column, str], told: "_Told"
    ) -> Word | None:
        typed = cells.get(column, "")
        if not typed or told.has(column):
            return None
        if (found := words.get(plain(typed))) is None:
            codes = dict.fromkeys(word.value for word in words.values())
            allowed = _("Write one of: %(words)s.") % {"words": ", ".join(codes)}
            near = nearest(plain(typed), words)
            told.nothing(column, typed, allowed, words[near].value if near else "")
        return found


class _Told:
    """The faults of one row as they are found."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.faults: list[Fault] = []

    def fault(self, column: Column, value: str, told: str) -> None:
        shown = value if len(value) <= SHOWN else f"{value[: SHOWN - 1]}…"
        self.faults.append(Fault(self.row.number, column, shown, told))

    def nothing(self, column: Column, value: str, told: str, near: str) -> None:
        """A value that names nothing, with the nearest thing that it may mean."""
        self.fault(column, value, f"{told} {_meant(near)}" if near else told)

    def has(self, column: Column) -> bool:
        return any(fault.column is column for fault in self.faults)


def _fitting(row: Row, told: _Told) -> dict[Column, str]:
    """The cells that are not too long to be kept."""
    cells = {}
    for column, cell in row.cells.items():
        most = MAX_TEXT if column is Column.TEXT else LONGEST
        if len(cell) <= most:
            cells[column] = cell
        else:
            longer = _("This is too long: give at most %(count)s characters.")
            told.fault(column, cell, longer % {"count": most})
    return cells


def _same(
    above: Spoken,
    spoken: Spoken,
    *,
    stated: tuple[InterventionKind | None, SpeakingCapacity | None],
) -> bool:
    """Whether a row that names the same delegation goes on with what it said above."""
    kind, capacity = stated
    pairs = [
        (spoken.at, above.at),
        (spoken.speaker, above.speaker),
        (spoken.on_behalf_of, above.on_behalf_of),
        (kind, above.kind),
        (capacity, above.capacity),
    ]
    return spoken.item is above.item and all(not new or new == old for new, old in pairs)


def read_time(typed: str) -> tuple[date | None, time | None]:
    """The time of day that was typed, with its day where there is one; None where it is no time."""
    if _FRACTION.fullmatch(typed):  # how a spreadsheet keeps a time without its format
        minutes = round(float(typed) * 24 * 60) % (24 * 60)
        return None, time(minutes // 60, minutes % 60)
    found = _CLOCK.fullmatch(typed.strip())
    if not found:
        return None, None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    try:
        day = datetime.fromisoformat(found["day"]).date() if found["day"] else None
        return day, time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None, None


def _is_called(item: KnownItem, typed: str) -> bool:
    """3, 3 (a) as 3a, "item 3", and with its session: eg1-2021/3."""
    slug, _stroke, number = typed.rpartition("/")
    words = re.findall(r"\w+", number.casefold())
    wanted = "".join(words[1:] if words and words[0].isalpha() and len(words) > 1 else words)
    mine = "".join(letter for letter in item.number.casefold() if letter.isalnum())
    return mine == wanted and slug.strip() in {"", item.slug}


def _meant(name: str) -> str:
    return _("Did you mean %(mark)s?") % {"mark": name}


def _listed(names: Iterable[str]) -> str:
    return "; ".join(_few(list(names)))


def _few(names: list[str]) -> Iterator[str]:
    yield from names[:NAMED]
    if len(names) > NAMED:
        yield "…"
