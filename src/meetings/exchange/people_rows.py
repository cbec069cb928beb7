"""The rows of a list of participants, as a registration system gives it. Pure.

Its headings are known in six languages, in any order; a row that names no delegation goes on with
the one above.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from meetings.base.errors import Refused
from meetings.base.languages import LANGUAGES, speaking
from meetings.base.languages import gettext as _
from meetings.exchange.legal_text import legal_text
from meetings.exchange.log_rows import HEAD, NoHeadings
from meetings.exchange.log_words import plain

ROWS = 10_000
LONGEST = 200  # characters of a name


class Field(StrEnum):
    """What a column can hold."""

    DELEGATION = "delegation"
    CODE = "code"
    NAME = "name"
    FIRST = "first"
    LAST = "last"
    FUNCTION = "function"
    CAPACITY = "capacity"


def field_name(field: Field) -> str:
    """What a column is called, in the person's language."""
    return {
        Field.DELEGATION: _("Delegation"),
        Field.CODE: _("Code"),
        Field.NAME: _("Name"),
        Field.FIRST: _("First name"),
        Field.LAST: _("Last name"),
        Field.FUNCTION: _("Function"),
        Field.CAPACITY: _("Attends as"),
    }[field]


# Compared without capitals, accents and punctuation. English; French; Spanish; ru; ar; zh.
ALIASES: dict[Field, str] = {
    Field.DELEGATION: (
        "delegation, country, state, organization, organisation, member state, state party, entity,"
        " representing; délégation, pays, état, état partie, entité; delegación, país, estado,"
        " organización, entidad; делегация, страна, государство, организация;"
        " الوفد, البلد, الدولة, المنظمة; 代表团, 国家, 组织"
    ),
    Field.CODE: (
        "code, country code, iso code, iso3, iso 3; code pays, code du pays; código,"
        " código de país; код, код страны; الرمز, رمز البلد; 代码, 国家代码"
    ),
    Field.NAME: (
        "name, full name, participant, delegate, person, participant name; nom complet,"
        " nom et prénom, participant, délégué; nombre completo, nombre y apellido, participante;"
        " фио, участник, полное имя; الاسم, الاسم الكامل, المشارك; 姓名, 与会者"
    ),
    Field.FIRST: (
        "first name, given name, given names; prénom; nombre, nombres; имя; الاسم الأول; 名"
    ),
    Field.LAST: (
        "last name, surname, family name; nom, nom de famille; apellido, apellidos; фамилия;"
        " اسم العائلة, اللقب; 姓"
    ),
    Field.FUNCTION: (
        "function, title, position, job title, post; fonction, titre, poste;"
        " cargo, función, puesto;"
        " должность, функция; الوظيفة, المنصب, المسمى الوظيفي; 职务, 职位"
    ),
    Field.CAPACITY: (
        "capacity, attends as, status, participation, type, category; qualité, statut, catégorie;"
        " calidad, condición, categoría; статус, качество, категория; الصفة, الفئة; 身份, 类别"
    ),
}


@cache
def known_headings() -> dict[str, Field]:
    """All that a column may be called; what the program itself calls it in any language too."""
    known = {
        plain(alias): field
        for field, aliases in ALIASES.items()
        for alias in aliases.replace(";", ",").split(",")
    }
    for language in LANGUAGES:
        with speaking(language):
            for field in Field:
                known.setdefault(plain(field_name(field)), field)
    return known


@dataclass(frozen=True)
class Person:
    """A row as it was typed, or a delegation that is named without anybody."""

    number: int
    delegation: str
    name: str = ""
    function: str = ""
    capacity: str = ""


@dataclass(frozen=True)
class People:
    """What was read; columns of other headings are `unused`."""

    rows: tuple[Person, ...]
    unused: tuple[str, ...] = ()
    sheet: str = ""


class NoPeople(NoHeadings):
    """A table has no row that says what its columns hold."""

    def __init__(self) -> None:
        told = _(
            "No row of the table has headings that are known. It needs “Delegation” (or “Code”),"
            " and beside it “Name” (or “First name” and “Last name”), “Function” or “Attends as”."
        )
        Refused.__init__(self, told, field="upload")


def read_people(cells: Iterable[tuple[int, Sequence[str]]]) -> People:
    """The people under the headings of a table.

    Raises:
        NoPeople: no headings say what its columns hold.
        Refused: it has too many rows, or none.
    """
    columns: dict[int, Field] = {}
    unused: tuple[str, ...] = ()
    rows: list[Person] = []
    seen, above = 0, ""
    for number, row in cells:
        if not any(cell.strip() for cell in row):
            continue
        if not columns:
            columns = headings(row)
            unused = tuple(
                cell.strip()[:LONGEST]
                for at, cell in enumerate(row)
                if columns and cell.strip() and at not in columns
            )
            seen += 1
            if not columns and seen >= HEAD:
                break
            continue
        person = _person(number, row, columns, above)
        if person:
            rows.append(person)
            above = person.delegation
        if len(rows) > ROWS:
            told = _("There are more than %(count)s rows: import them in parts.")
            raise Refused(told % {"count": ROWS}, field="upload")
    if not columns:
        raise NoPeople
    if not rows:
        raise Refused(_("There is nothing to import: no row says anything."), field="upload")
    return People(tuple(rows), unused)


def headings(row: Sequence[str]) -> dict[int, Field]:
    """Which place holds which column; nothing where this is no row of headings."""
    found: dict[Field, int] = {}
    for at, cell in enumerate(row):
        field = known_headings().get(plain(cell)) if len(cell) <= LONGEST else None
        if field:
            found.setdefault(field, at)
    # Where only "nom" or "nombre" stands, it is the whole name.
    if Field.NAME not in found and len(found.keys() & {Field.FIRST, Field.LAST}) == 1:
        found[Field.NAME] = found.pop((found.keys() & {Field.FIRST, Field.LAST}).pop())
    if not found.keys() & {Field.DELEGATION, Field.CODE} or len(found) == 1:
        return {}
    return {at: field for field, at in found.items()}


def _person(
    number: int, row: Sequence[str], columns: dict[int, Field], above: str
) -> Person | None:
    said = {
        field: " ".join(legal_text(row[at]).split())
        for at, field in columns.items()
        if at < len(row)
    }
    if not any(said.values()):
        return None
    parts = (said.get(Field.FIRST, ""), said.get(Field.LAST, ""))
    return Person(
        number,
        said.get(Field.CODE) or said.get(Field.DELEGATION) or above,
        said.get(Field.NAME) or " ".join(filter(None, parts)),
        said.get(Field.FUNCTION, ""),
        said.get(Field.CAPACITY, ""),
    )
