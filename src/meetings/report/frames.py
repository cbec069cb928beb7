"""All that a phrasebook can say, in whole sentences: what a linguist reads and corrects. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from meetings.base.languages import LANGUAGES, direction
from meetings.report.phrases import Phrasebook

WITH = "stress"  # the verb of the sentences that are about something else
TENSES = ("past", "present")


@dataclass(frozen=True)
class Frames:
    """A part of the phrasebook: rows of a key and of what it comes to."""

    title: str
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def frames_of(book: Phrasebook) -> list[Frames]:
    """The tables of a language, in the order of its file."""
    return [
        Frames("Quantifiers", ("key", *book.actors), [*_quantifiers(book)]),
        Frames("Verbs", ("key", *(f"{n}, {t}" for t in TENSES for n in ("one", "several"))),
               [*_verbs(book)]),
        Frames("Told of nobody in particular", ("key", "sentence"),
               [(key, frame.format(text="…")) for key, frame in book.unattributed.items()]),
        Frames("Openings and joints", ("key", "sentence"), [*_joints(book)]),
        Frames("Secretariat and panel", ("key", "sentence"), [*_others(book)]),
    ]  # fmt: skip


def _said(book: Phrasebook, word: str, actor: str, verb: str, tense: str) -> str:
    number = 0 if word in {"one", "another"} or book.verb_first else 1
    form = book.verb(verb, number, tense, actor)
    return book.said(book.quantified(word, actor), [(form, "…")])


def _quantifiers(book: Phrasebook) -> Iterator[tuple[str, ...]]:
    for word in book.quantifiers:
        yield (word, *(_said(book, word, actor, WITH, "past") for actor in book.actors))


def _verbs(book: Phrasebook) -> Iterator[tuple[str, ...]]:
    for key in sorted(book.verbs):
        yield (key, *(_said(book, word, "speaker", key, tense)
                      for tense in TENSES for word in ("one", "several")))  # fmt: skip


def _joints(book: Phrasebook) -> Iterator[tuple[str, ...]]:
    sentence = _said(book, "some", "speaker", WITH, "past")
    yield "after_updates", book.after_updates.format(sentence=sentence)
    yield "discussion", book.discussion.format(sentence=sentence)
    yield "raw", book.raw.format(actor=book.quantified("one", "speaker"), text="…")
    first = book.verb(WITH, 0 if book.verb_first else 1, "past")
    clauses = [(first, "…"), (book.verb("call-for", 1, "past"), "…")]
    several = book.quantified("several", "speaker")
    yield "also", book.said(several, clauses[:1], also=True)
    yield "joined", book.said(several, clauses)


def _others(book: Phrasebook) -> Iterator[tuple[str, ...]]:
    verb = book.verb("present", 0, "past")
    for key in ("representative", "the_representative", "the_panellist"):
        yield key, book.said(getattr(book, key), [(verb, "…")])
    yield "presentation", book.presentation.format(actor=book.panellist)


def as_text(tables: Sequence[Frames]) -> str:
    """The tables as lines, a sentence each."""
    lines = []
    for table in tables:
        lines += [f"# {table.title}", ""]
        for key, *told in table.rows:
            lines += [f"{key}: {sentence}" for sentence in told]
        lines.append("")
    return "\n".join(lines)


def as_page(tables: Sequence[Frames], language: str) -> str:
    """The tables as a page of its own, to be read and printed."""
    parts = [_table(table, language) for table in tables]
    style = "body{font-family:sans-serif}td,th{padding:.2em .6em;border-bottom:1px solid #ccc}"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(LANGUAGES[language])}</title><style>{style}</style></head>\n"
        f"<body><h1>{escape(LANGUAGES[language])}</h1>\n{''.join(parts)}</body></html>\n"
    )


def _table(table: Frames, language: str) -> str:
    said = f'lang="{language}" dir="{direction(language)}"'
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in table.heads)
    rows = "".join(
        f'<tr><th scope="row">{escape(key)}</th>'
        + "".join(f"<td {said}>{escape(one)}</td>" for one in told)
        + "</tr>\n"
        for key, *told in table.rows
    )
    return (
        f"<h2>{escape(table.title)}</h2><table><thead><tr>{head}</tr></thead>\n"
        f"<tbody>{rows}</tbody></table>\n"
    )
