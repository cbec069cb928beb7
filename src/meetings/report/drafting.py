"""From views to sentences to paragraphs, in the style of such reports: nobody is named.

The secretariat’s updates come first, a paragraph each; then one per topic, whose sentences
are the views on it. Each keeps what is behind it: views, points, and how many were counted.
"""

from dataclasses import dataclass, field
from uuid import UUID

from meetings.report.grouping import joined_alike, paragraphs_of
from meetings.report.material import (
    Clause,
    ItemMaterial,
    PanelMaterial,
    UpdateMaterial,
    ViewMaterial,
)
from meetings.report.phrases import Phrasebook, with_also
from meetings.report.quantifiers import Rules, quantifier
from meetings.report.typography import agreed, finished, with_figures

WIDE = {"several", "many", "most", "all"}  # after these, "some" needs no noun
SINGLE = {"one", "another"}


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """A sentence and its sources. `quantifier` is "" where nobody in particular is told of."""

    text: str
    views: tuple[UUID, ...] = ()
    points: tuple[UUID, ...] = ()
    update: UUID | None = None
    panel: UUID | None = None  # the intervention of a panellist
    quantifier: str = ""
    supporters: int = 0
    speakers: int = 0
    notes: tuple[str, ...] = ()  # "confirm-all", "not-translated", "not-worded"


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """A numbered paragraph; `topic` is "" for the secretariat's updates and untagged views."""

    topic: str
    sentences: tuple[DraftSentence, ...]
    key: str = ""  # where it is about no topic, update or panel

    @property
    def text(self) -> str:
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(slots=True)
class _Paragraph:
    """What a sentence must know of the paragraph it stands in."""

    also: bool
    said_before: str = ""  # the quantifier of the sentence before; "" after an unattributed one
    supporters_before: frozenset[str] = frozenset()
    verbs: set[str] = field(default_factory=set)


def draft_item(item: ItemMaterial, phrases: Phrasebook, rules: Rules) -> list[DraftParagraph]:
    """The paragraphs of an agenda item."""
    drafted = [*_updates(item.updates, phrases, rules), *_panels(item.panels, phrases, rules)]
    openers: list[str] = []
    for topic, views in paragraphs_of(item.topics, item.views):
        paragraph = _topic(item, views, openers, phrases, rules)
        if not openers:
            before = item.updates or item.panels
            opening = phrases.after_updates if before else phrases.discussion
            paragraph[0] = _opened(paragraph[0], opening, phrases)
        openers.append(paragraph[0].quantifier)
        drafted.append(DraftParagraph(topic, tuple(paragraph)))
    return drafted


# The secretariat ------------------------------------------------------------------------------


def _updates(
    updates: tuple[UpdateMaterial, ...], phrases: Phrasebook, rules: Rules
) -> list[DraftParagraph]:
    known: set[str] = set()
    paragraphs = []
    turn = 0
    for update in updates:
        again = update.representative in known
        known.add(update.representative)
        verb = phrases.verb(update.verb, 0, rules.tense)
        if again:
            verb = with_also(verb, phrases.also_in_turn[turn % len(phrases.also_in_turn)])
            turn += 1
        subject = phrases.the_representative if again else phrases.representative
        told = phrases.said(subject, [(verb, update.text)], also=again and phrases.verb_first)
        comma = "，" if phrases.language == "zh" else ", "
        first = f"{update.lead.rstrip(', ，')}{comma}{told}" if update.lead else told
        texts = [
            finished(with_figures(text, update.figures, phrases), phrases)
            for text in (first, *update.more)
        ]
        notes = () if update.translated else ("not-translated",)
        sentences = tuple(DraftSentence(text, update=update.id, notes=notes) for text in texts)
        paragraphs.append(DraftParagraph("", sentences))
    return paragraphs


# The panel ------------------------------------------------------------------------------------


def _panels(
    panels: tuple[PanelMaterial, ...], phrases: Phrasebook, rules: Rules
) -> list[DraftParagraph]:
    """A paragraph for each panellist, who is not named."""
    paragraphs = []
    for panel in panels:
        opening = phrases.presentation.format(actor=phrases.panellist)
        sentences = [DraftSentence(finished(opening, phrases), panel=panel.id)]
        for point, clause in panel.told:
            if clause.verb:
                verb = phrases.verb(clause.verb, 0, rules.tense)
                text = phrases.said(phrases.the_panellist, [(verb, agreed(clause.text, 0))])
            else:
                text = _raw(phrases.the_panellist, clause.text, phrases)
            notes = () if clause.verb else ("not-worded",)
            told = DraftSentence(
                finished(text, phrases), points=(point,), panel=panel.id, notes=notes
            )
            sentences.append(told)
        paragraphs.append(DraftParagraph("", tuple(sentences)))
    return paragraphs


def _raw(actor: str, text: str, phrases: Phrasebook) -> str:
    """A point as it was typed, until somebody words it."""
    return phrases.raw.format(actor=actor, text=text.rstrip("."))


# The discussion -------------------------------------------------------------------------------


def _topic(
    item: ItemMaterial,
    views: list[ViewMaterial],
    openers: list[str],
    phrases: Phrasebook,
    rules: Rules,
) -> list[DraftSentence]:
    first = next((view for view in views if view.form in {"speakers", "raw"}), None)
    word = _word(first, item, rules) if first else ""
    # "Also" when a word opens a paragraph again that others have opened in between.
    also = bool(word) and word in openers[:-1] and word != openers[-1]
    paragraph = _Paragraph(also=also)
    return [_sentence(view, item, paragraph, phrases, rules) for view in joined_alike(views)]


def _word(view: ViewMaterial, item: ItemMaterial, rules: Rules) -> str:
    return quantifier(len(view.supporters), item.speakers, rules)


def _sentence(
    view: ViewMaterial,
    item: ItemMaterial,
    paragraph: _Paragraph,
    phrases: Phrasebook,
    rules: Rules,
) -> DraftSentence:
    notes = [] if view.translated else ["not-translated"]
    if view.form in {"list", "assessment"}:
        paragraph.said_before = ""
        text, word = _unattributed(view, phrases), ""
    else:
        word = _word(view, item, rules)
        notes += ["confirm-all"] if word == "all" else []
        notes += ["not-worded"] if view.form == "raw" else []
        text = _attributed(view, word, paragraph, phrases, rules)
    return DraftSentence(
        finished(text, phrases),
        views=() if view.form == "raw" else (view.id, *view.joined),
        points=view.points,
        quantifier=word,
        supporters=len(view.supporters),
        speakers=item.speakers,
        notes=tuple(notes),
    )


def _unattributed(view: ViewMaterial, phrases: Phrasebook) -> str:
    clause = view.clauses[0]
    frame = phrases.unattributed.get(clause.verb, phrases.unattributed["note"])
    rest = "".join(f", {agreed(more.text, 1)}" for more in view.clauses[1:])
    return frame.format(text=agreed(clause.text, 1)) + rest


def _attributed(
    view: ViewMaterial, word: str, paragraph: _Paragraph, phrases: Phrasebook, rules: Rules
) -> str:
    phrase = _phrase(word, view, paragraph)
    actor = phrases.quantified(phrase, rules.actor)
    number = 0 if word == "one" else 1
    paragraph.said_before, paragraph.supporters_before = phrase, view.supporters
    if view.form == "raw":
        return _raw(actor, view.clauses[0].text, phrases)
    also, paragraph.also = paragraph.also, False
    return phrases.said(actor, _told(view.clauses, number, paragraph, phrases, rules), also=also)


def _phrase(word: str, view: ViewMaterial, paragraph: _Paragraph) -> str:
    """The quantifier as it is said behind the sentence before it."""
    before = paragraph.said_before
    if word == "one" and before in SINGLE:
        return "another"
    if word == "some" and before in WIDE:
        return "some_bare"
    apart = view.supporters.isdisjoint(paragraph.supporters_before)
    if word == "some" and before in {"some", "some_bare"} and apart:
        return "other"
    return word


def _told(
    clauses: tuple[Clause, ...],
    number: int,
    paragraph: _Paragraph,
    phrases: Phrasebook,
    rules: Rules,
) -> list[tuple[str, str]]:
    """The verbs of a sentence with their texts; a verb before its subject is that of one."""
    told = []
    for nth, clause in enumerate(clauses):
        key = _unused(clause.verb, paragraph.verbs, phrases)
        paragraph.verbs.add(key)
        of = 0 if phrases.verb_first and nth == 0 else number
        verb = phrases.verb(key, of, rules.tense, rules.actor)
        told.append((verb, agreed(clause.text, number)))
    return told


def _unused(verb: str, used: set[str], phrases: Phrasebook) -> str:
    """The verb, or one like it when the paragraph has said it already."""
    known = phrases.verbs.get(verb)
    choices = [verb, *(known.like if known else ())]
    return next((choice for choice in choices if choice not in used), verb)


def _opened(sentence: DraftSentence, opening: str, phrases: Phrasebook) -> DraftSentence:
    lowered = sentence.text[:1].lower() + sentence.text[1:]
    return DraftSentence(
        finished(opening.format(sentence=lowered), phrases),
        views=sentence.views,
        points=sentence.points,
        quantifier=sentence.quantifier,
        supporters=sentence.supporters,
        speakers=sentence.speakers,
        notes=sentence.notes,
    )
