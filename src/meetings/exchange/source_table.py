"""The sentences of a draft report with their sources, for the secretariat only."""

from collections.abc import Iterator, Mapping, Sequence

from meetings.base.languages import current_language, direction
from meetings.base.languages import gettext as _
from meetings.exchange.documents import Drafted, local
from meetings.exchange.sheets import Column, Sheet
from meetings.report.models import Sentence
from meetings.report.queries import Draft
from meetings.report.source_queries import Source

Behind = Mapping[str, Source]  # by the identifiers of points


def sources_sheet(chapters: Sequence[Drafted], sources: Behind, zone: str) -> Sheet:
    """A row for each point behind a sentence; a sentence without any has a row as well."""
    columns = (
        Column(_("Item"), width=8),
        Column(_("Paragraph"), "number", 11),
        Column(_("Sentence"), width=70),
        Column(_("Quantifier"), width=14),
        Column(_("Supporters"), "number", 12),
        Column(_("Delegation"), width=28),
        Column(_("Point"), width=60),
        Column(_("Start"), "datetime", 20),
        Column(_("Time zone"), width=18),
    )
    rows = tuple(row for one in chapters for row in _of_item(one.draft, sources, zone))
    return Sheet(_("Sources"), columns, rows, direction(current_language()) == "rtl")


def _of_item(draft: Draft, sources: Behind, zone: str) -> Iterator[tuple[object, ...]]:
    printed = [one for one in draft.standing if one.printed]
    for number, paragraph in enumerate(printed, 1):
        for sentence in paragraph.sentences:
            head = (draft.item.number, number, sentence["text"])
            support = (sentence.get("quantifier", ""), sentence.get("supporters") or None)
            for source in _behind(sentence, sources, zone):
                yield (*head, *support, *source)


def _behind(sentence: Sentence, sources: Behind, zone: str) -> Iterator[tuple[object, ...]]:
    found = [sources[point] for point in sentence.get("points", []) if point in sources]
    if not found:
        yield None, None, None, None
    for source in found:
        name = source.delegation.name.in_language(current_language())
        yield name, source.point.text, local(source.intervention.started_at, zone), zone
