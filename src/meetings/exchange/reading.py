"""Reading a session file: all that is wrong with it at once, each fault with its line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from meetings.exchange.clashes import clashes
from meetings.exchange.fields import PATTERNS, Part
from meetings.exchange.known import Known
from meetings.exchange.plain_yaml import Place, Plain, path, read_yaml
from meetings.exchange.references import unknown_names
from meetings.exchange.session_file import SessionFile

LIMIT = 64_000_000  # characters; a session of two weeks has about 2,000,000
NOTHING_KNOWN = Known()
SHOWN = 60  # characters of a faulty value that are repeated to the person

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong with a file: where, and what would be right."""

    line: int
    path: str
    message: str

    def __str__(self) -> str:
        return ": ".join(filter(None, (str(self.line), self.path, self.message)))


class BadFile(Exception):  # noqa: N818
    """A file that cannot be taken, with all its faults in the order of its lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


def read_session_file(text: str, known: Known = NOTHING_KNOWN) -> SessionFile:
    """What a session file says. `known` has the names that it may use without defining them.

    Raises:
        BadFile: all that is wrong with it.
    """
    if len(text) > LIMIT:
        raise BadFile([Fault(1, "", f"has {len(text):,} characters: at most {LIMIT:,} are taken")])
    plain = read_yaml(text)
    faults = [Fault(flaw.line, "", flaw.message) for flaw in plain.flaws]
    if plain.data is None:
        raise BadFile(faults or [Fault(1, "", "is empty: expected format, sessions and meetings")])
    file, errors = _validated(plain.data)
    faults += [_fault(plain, error) for error in errors]
    told = {fault.path for fault in faults}
    faults += [
        Fault(plain.line(place), path(place), message)
        for place, message in (*unknown_names(file, known), *clashes(file, known))
        if path(place) not in told
    ]
    if faults:
        raise BadFile(faults)
    return file


def _validated(data: Any) -> tuple[SessionFile, list[ErrorDetails]]:
    """The file; with errors, what is left of it without the fields that are faulty."""
    try:
        return SessionFile.model_validate(data), []
    except ValidationError as invalid:
        return _remains(SessionFile, data), invalid.errors(include_url=False)


def _remains(kind: type[P], data: Any) -> P:
    given = data if isinstance(data, dict) else {}
    values = {
        name: _field(kind, name, given[name]) if name in given else _nothing(kind, name)
        for name in kind.model_fields
    }
    return kind.model_construct(**values)


def _field(kind: type[Part], name: str, value: Any) -> Any:
    try:
        return _adapter(kind, name).validate_python(value)
    except ValidationError:
        part = _part(kind, name)
        if part and isinstance(value, list):
            return [_remains(part, one) for one in value]
        if part and isinstance(value, dict):
            return {key: _remains(part, one) for key, one in value.items()}
        return _nothing(kind, name)


@cache
def _adapter(kind: type[Part], name: str) -> TypeAdapter[Any]:
    field = kind.model_fields[name]
    annotation: Any = Annotated[field.annotation, field]
    return TypeAdapter(
        annotation,
        config=ConfigDict(coerce_numbers_to_str=Part.model_config["coerce_numbers_to_str"]),
    )


def _nothing(kind: type[Part], name: str) -> Any:
    """The default of a field, else its emptiness: an empty list, no sessions, None."""
    field = kind.model_fields[name]
    if not field.is_required():
        return field.get_default(call_default_factory=True)
    origin = get_origin(field.annotation)
    return origin() if origin in {list, dict} else None


def _part(kind: type[Part], name: str) -> type[Part] | None:
    """The kind of part that a field holds, in a list or by name."""
    field = kind.model_fields.get(name)
    return next(_parts(field.annotation), None) if field else None


def _parts(annotation: Any) -> Iterator[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for one in get_args(annotation):
        yield from _parts(one)


def _fault(plain: Plain, error: ErrorDetails) -> Fault:
    place = tuple(step for step in error["loc"] if step != "[key]")
    return Fault(plain.line(place), path(place), _sentence(error, place))


SAYS = {
    "missing": "is missing",
    "string_type": "expected text, not {input}",
    "string_too_short": "says nothing: expected {min_length} character at least",
    "string_too_long": "is too long: at most {max_length:,} characters are taken",
    "int_type": "expected a whole number, not {input}",
    "int_parsing": "expected a whole number, not {input}",
    "int_parsing_size": "expected a smaller number, not {input}",
    "greater_than_equal": "expected {ge} or more, not {input}",
    "less_than_equal": "expected {le:,} or less, not {input}",
    "bool_type": "expected true or false, not {input}",
    "bool_parsing": "expected true or false, not {input}",
    "dict_type": "expected names with values, such as en: Words, not {input}",
    "list_type": "expected a list, not {input}",
    "model_type": "expected fields, such as {first}: …, not {input}",
    "too_short": "is empty: expected {min_length} at least",
    "uuid_parsing": "expected an id such as 01890a5d-ac96-774b-bcce-b302099a8057, not {input}",
    "uuid_type": "expected an id such as 01890a5d-ac96-774b-bcce-b302099a8057, not {input}",
    "value_error": "{error}",
}
WORDS = {None: "nothing", True: "true", False: "false"}


def _sentence(error: ErrorDetails, place: Place) -> str:
    kind, told = error["type"], dict(error.get("ctx", {}), input=_shown(error["input"]))
    if kind == "extra_forbidden":
        return _no_such_field(place)
    if kind in {"enum", "literal_error"}:
        allowed = re.findall(r"'([^']*)'", str(told["expected"])) or [str(told["expected"])]
        meant = _meant(error["input"], allowed[1:] and allowed)
        return f"expected {_either(allowed)}, not {told['input']}{meant}"
    if kind == "string_pattern_mismatch":
        return f"expected {PATTERNS[str(told['pattern'])]}, not {told['input']}"
    if kind == "model_type":
        fields = _model_at(place).model_fields
        told["first"] = next(name for name in fields if fields[name].is_required())
    return SAYS[kind].format(**told) if kind in SAYS else error["msg"]


def _shown(value: Any) -> str:
    """A value as it stands in the file, shortened."""
    if isinstance(value, dict | list):
        return "fields" if isinstance(value, dict) else "a list"
    text = (
        repr(value)
        if isinstance(value, str)
        else str(value)
        if type(value) is int
        else WORDS[value]
    )
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _either(words: list[str]) -> str:
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _meant(word: Any, allowed: Iterable[str]) -> str:
    close = get_close_matches(word, list(allowed), 1) if isinstance(word, str) else []
    return f": did you mean {close[0]}?" if close else ""


def _no_such_field(place: Place) -> str:
    allowed = list(_model_at(place[:-1]).model_fields)
    meant = _meant(place[-1], allowed)
    return f"there is no such field{meant or f': expected {_either(allowed)}'}"


def _model_at(place: Place) -> type[Part]:
    """Which part of a file stands at a place."""
    kind: type[Part] = SessionFile
    for step in place:
        if isinstance(step, str):
            kind = _part(kind, step) or kind
    return kind
