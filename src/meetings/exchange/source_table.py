"""The sentences of a draft report with their sources, for the secretariat only."""

from collections.abc import Iterator, Sequence

from meetings.base.languages import current_language, direction
from meetings.base.languages import gettext as _
from meetings.exchange.documents import Drafted, local
from meetings.exchange.sheets import Column, Sheet
from meetings.report.drafting import DraftSentence
from meetings.report.queries import Draft


def sources_sheet(chapters: Sequence[Drafted], zone: str) -> Sheet:
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
    rows = tuple(row for one in chapters for row in _of_item(one.draft, zone))
    return Sheet(_("Sources"), columns, rows, direction(current_language()) == "rtl")


def _of_item(draft: Draft, zone: str) -> Iterator[tuple[object, ...]]:
    for number, paragraph in enumerate(draft.assembled, 1):
        for sentence in paragraph.sentences:
            head = (draft.item.number, number, sentence.text)
            support = (sentence.quantifier, sentence.supporters or None)
            for source in _behind(draft, sentence, zone):
                yield (*head, *support, *source)


def _behind(draft: Draft, sentence: DraftSentence, zone: str) -> Iterator[tuple[object, ...]]:
    if not sentence.points:
        yield None, None, None, None
    for point in sentence.points:
        source = draft.sources[point]
        name = source.delegation.name.in_language(current_language())
        yield name, source.point.text, local(source.intervention.started_at, zone), zone
