"""YAML without surprises: text, whole numbers, true, false and null; no aliases, tags or dates.

A date stays text until a field asks for one, `no` is Norway, 0123 is a telephone number, and a key
that stands twice is a fault instead of a silent loss.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

# The parser and the emitter in C are ten times faster; not every PyYAML was built with them.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

DEPTH = 60  # of lists and fields in each other; the deepest agenda has about 20
WIDTH = 100  # columns, where a text has spaces to fold at
WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Place = tuple[str | int, ...]  # ("sessions", 0, "agenda", 2, "title")


def path(place: Place) -> str:
    """A place as a person reads it: sessions[0].agenda[2].title."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is no YAML, or more YAML than we take."""

    line: int
    message: str


@dataclass(slots=True)
class Plain:
    """The data of a text, and on which line each part of it stands."""

    data: Any = None
    flaws: list[Flaw] = field(default_factory=list)
    lines: dict[int, dict[str | int, int]] = field(default_factory=dict)  # by id of a container

    def line(self, place: Place) -> int:
        """The line of what stands at a place, or of the nearest part around it."""
        line, here = 1, self.data
        for step in place:
            lines = self.lines.get(id(here), {})
            if step not in lines:
                break
            line, here = lines[step], here[step]
        return line


class TooDeep(Exception):  # noqa: N818
    """Lists and fields stand in each other more than any session needs."""


class _Builder:
    """Builds the data from the parser's events: no recursion, so that no depth can hurt."""

    def __init__(self) -> None:
        self.plain = Plain()
        self.around: list[Any] = []  # the containers that are open, the innermost last
        self.keys: list[str | None] = []  # of each open container, the key that waits for a value
        self.documents = 0

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.flaw(event, "a second document begins here: expected one only")
        elif isinstance(event, yaml.AliasEvent):
            self.flaw(event, f"*{event.anchor} is an alias: write the thing out")
            self.put(None, event)
        elif isinstance(event, yaml.ScalarEvent):
            self.check(event)
            self.scalar(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.check(event)
            self.open({} if isinstance(event, yaml.MappingStartEvent) else [], event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.around.pop()
            self.keys.pop()

    def check(self, event: Any) -> None:
        if event.anchor:
            self.flaw(event, f"&{event.anchor} is an anchor: leave it out")
        if event.tag:
            self.flaw(event, f"{event.tag} is a tag: leave it out")

    def open(self, container: Any, event: Any) -> None:
        if len(self.around) >= DEPTH:
            raise TooDeep(event.start_mark.line + 1)
        self.put(container, event)
        self.around.append(container)
        self.keys.append(None)
        self.plain.lines[id(container)] = {}

    def scalar(self, event: Any) -> None:
        if UNFIT.search(event.value):
            self.flaw(event, "has a control character: leave it out")
        if self.around and isinstance(self.around[-1], dict) and self.keys[-1] is None:
            self.key(event)
        else:
            self.put(_value(event), event)

    def key(self, event: Any) -> None:
        lines = self.plain.lines[id(self.around[-1])]
        if event.value in lines:
            first = lines[event.value]
            self.flaw(event, f"{event.value} stands twice: first on line {first}")
        self.keys[-1] = event.value

    def put(self, value: Any, event: Any) -> None:
        if not self.around:
            self.plain.data = value if self.documents == 1 else self.plain.data
            return
        container, lines = self.around[-1], self.plain.lines[id(self.around[-1])]
        key: Any = len(container)
        if isinstance(container, dict):
            key, self.keys[-1] = self.keys[-1], None
            if key is None:
                self.flaw(event, "a list or fields stand where a name should: expected name: value")
                self.keys[-1] = ""
                return
            container[key] = value
        else:
            container.append(value)
        lines[key] = event.start_mark.line + 1

    def flaw(self, event: Any, message: str) -> None:
        self.plain.flaws.append(Flaw(event.start_mark.line + 1, message))


def _value(event: Any) -> Any:
    if not event.implicit[0]:  # quoted, or a block of text
        return event.value
    if WHOLE.fullmatch(event.value):
        return int(event.value)
    return WORDS.get(event.value, event.value)


def read_yaml(text: str) -> Plain:
    """The data of a text with its lines; what is wrong with it as YAML is told in `flaws`.

    A text that cannot be read to its end has no data.
    """
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except TooDeep as fault:
        end = Flaw(fault.args[0], f"is nested more than {DEPTH} deep")
    except yaml.MarkedYAMLError as fault:
        end = _marked(fault)
    except yaml.reader.ReaderError as fault:
        line = 1 + text.encode()[: fault.position].count(b"\n")
        end = Flaw(line, "has a control character: leave it out")
    else:
        return builder.plain
    return Plain(flaws=[*builder.plain.flaws, end])


def _marked(fault: yaml.MarkedYAMLError) -> Flaw:
    mark = fault.problem_mark or fault.context_mark
    told = ", ".join(part for part in (fault.context, fault.problem) if part)
    return Flaw(mark.line + 1 if mark else 1, f"is not YAML: {told}")


class _Writer(_Dumper):  # type: ignore[misc]
    """Dates are written plain; all else that another reader could take for more is quoted."""

    def ignore_aliases(self, _: Any) -> bool:
        return True


_Writer.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in _Dumper.yaml_implicit_resolvers.items()
}


def _text(writer: Any, text: str) -> Any:
    style = None
    if re.search("[\r\t\x7f-\x9f\u2028\u2029\ufeff]", text):
        style = '"'
    elif "\n" in text:
        style = "|"
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(str, _text)


def write_yaml(data: Any) -> str:
    """The canonical text of plain data, in the order of its keys."""
    written: str = yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)
    return written
