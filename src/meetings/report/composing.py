"""What stands in a report: what the log assembles to, and what people made of it. Pure.

A paragraph is known by its key: the topic it is about, or the secretariat's update that it tells. A
person's words are never overwritten: what the log would write now is shown beside them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from meetings.report.drafting import DraftParagraph, DraftSentence
from meetings.report.models import Paragraph, ParagraphState, Sentence
from meetings.report.sentences import split, text_of

OWN = "own"  # keys of paragraphs that the log knows nothing of
SPEAKERS = "speakers"  # key of the list of who spoke, where a body has that instead


class NewsKind(StrEnum):
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class News:
    """What the log would write otherwise than when a person last looked at a paragraph.

    `was` and `now` are the assembler's; `stands` is the place, from 0, of the person's sentence
    that came from it, None where there is none.
    """

    kind: NewsKind
    was: Sentence | None
    now: Sentence | None
    stands: int | None


@dataclass(frozen=True)
class Standing:
    """A paragraph as it stands: assembled, or as a person wrote it or left it out."""

    key: str
    language: str
    sentences: tuple[Sentence, ...]
    notes: tuple[tuple[str, ...], ...] = ()  # of the assembled sentences
    kept: Paragraph | None = None
    assembled: tuple[Sentence, ...] = ()
    news: tuple[News, ...] = field(default=())

    @property
    def text(self) -> str:
        return text_of(self.sentences, self.language)

    @property
    def printed(self) -> bool:
        return bool(self.sentences) and not self.left_out

    @property
    def left_out(self) -> bool:
        return self.kept is not None and self.kept.state is ParagraphState.LEFT_OUT

    @property
    def topic(self) -> str:
        """The topic's slug; "" where it is about none."""
        kind, _, topic = self.key.partition(":")
        return topic.partition("~")[0] if kind == "topic" else ""

    @property
    def state(self) -> ParagraphState:
        return self.kept.state if self.kept else ParagraphState.ASSEMBLED

    @property
    def version(self) -> int:
        return self.kept.version if self.kept else 0


def sentence_of(drafted: DraftSentence) -> Sentence:
    """An assembled sentence as it is kept."""
    kept = Sentence(
        text=drafted.text,
        views=[str(view) for view in drafted.views],
        points=[str(point) for point in drafted.points],
        quantifier=drafted.quantifier,
        supporters=drafted.supporters,
        speakers=drafted.speakers,
    )
    if source := drafted.update or drafted.panel:
        kept["update"] = str(source)
    return kept


def keyed(drafted: Iterable[DraftParagraph]) -> dict[str, DraftParagraph]:
    """Assembled paragraphs by their keys, in their order."""
    found: dict[str, DraftParagraph] = {}
    for paragraph in drafted:
        first = paragraph.sentences[0]
        key = paragraph.key or f"topic:{paragraph.topic}"
        if first.update or first.panel:
            key = f"update:{first.update}" if first.update else f"panel:{first.panel}"
        nth = sum(1 for known in found if known == key or known.startswith(f"{key}~"))
        found[f"{key}~{nth + 1}" if nth else key] = paragraph
    return found


def topics_in(outline: Sequence[str]) -> tuple[str, ...]:
    """The topics that people have put in order."""
    return tuple(key.partition(":")[2] for key in outline if key.startswith("topic:"))


def in_order(keys: Sequence[str], outline: Sequence[str]) -> list[str]:
    """Keys as people have put them; one that they have not seen stands behind its neighbour."""
    placed = [key for key in outline if key in set(keys)]
    for nth, key in enumerate(keys):
        if key in placed:
            continue
        before = next((one for one in reversed(keys[:nth]) if one in placed), None)
        placed.insert(placed.index(before) + 1 if before else 0, key)
    return placed


def compose(
    drafted: Sequence[DraftParagraph],
    kept: Sequence[Paragraph],
    outline: Sequence[str],
    views: Mapping[str, str],
    language: str,
) -> list[Standing]:
    """The paragraphs of an item as they stand, in their order; `views` are {key: identifier}."""
    assembled = keyed(drafted)
    touched = {one.key: one for one in kept}
    edited = [one.key for one in kept if one.state is not ParagraphState.ASSEMBLED]
    keys = in_order([*assembled, *(key for key in edited if key not in assembled)], outline)
    return [_standing(key, assembled, touched, views, language) for key in keys]


def _standing(
    key: str,
    assembled: Mapping[str, DraftParagraph],
    touched: Mapping[str, Paragraph],
    views: Mapping[str, str],
    language: str,
) -> Standing:
    drafted = assembled.get(key)
    now = tuple(sentence_of(one) for one in drafted.sentences) if drafted else ()
    kept = touched.get(key)
    if kept is None or kept.state is ParagraphState.ASSEMBLED:
        notes = tuple(one.notes for one in drafted.sentences) if drafted else ()
        return Standing(key, language, now, notes, kept, assembled=now)
    stands = tuple(kept.sentences or _from_file(kept, views))
    news = () if key.startswith(OWN) else tuple(news_of(stands, kept.base, now))
    return Standing(key, language, stands, kept=kept, assembled=now, news=news)


def _from_file(kept: Paragraph, views: Mapping[str, str]) -> list[Sentence]:
    """A paragraph that came with a session's file, which keeps its views, not which tells which."""
    behind = [views[key] for key in kept.views if key in views]
    return [Sentence(text=text, views=behind) for text in split(kept.text)]


# What is new ----------------------------------------------------------------------------------


def news_of(
    stands: Sequence[Sentence], base: Sequence[Sentence], now: Sequence[Sentence]
) -> list[News]:
    """How what the log writes now differs from what it wrote when the person looked at it."""
    gone = list(base)
    found: list[News] = []
    for one in now:
        was = _same(one, gone)
        if was is None:
            found.append(News(NewsKind.NEW, None, one, None))
            continue
        gone.remove(was)
        if (was["text"], was.get("supporters")) != (one["text"], one.get("supporters")):
            found.append(News(NewsKind.CHANGED, was, one, _place(was, stands)))
    found += [News(NewsKind.GONE, one, None, _place(one, stands)) for one in gone]
    return found


def _behind(one: Sentence) -> set[str]:
    """What a sentence tells: views, else points that no view tells, else an update."""
    if views := one.get("views"):
        return set(views)
    return set(one.get("points", [])) or ({one["update"]} if "update" in one else set())


def _same(one: Sentence, among: Sequence[Sentence]) -> Sentence | None:
    """The sentence that tells the same: the very words, else most of what is behind it."""
    for other in among:
        if other["text"] == one["text"] and _behind(other) == _behind(one):
            return other
    shared = [(len(_behind(one) & _behind(other)), other) for other in among]
    best = max(shared, key=lambda pair: pair[0], default=(0, None))
    return best[1] if best[0] else None


def _place(was: Sentence, stands: Sequence[Sentence]) -> int | None:
    same = _same(was, stands)
    return next((nth for nth, one in enumerate(stands) if one is same), None)


def taken(
    stands: Sequence[Sentence], news: Sequence[News], chosen: Iterable[int]
) -> list[Sentence]:
    """What stands when a person takes some of the news, by their places among them, from 0."""
    texts: list[Sentence | None] = list(stands)
    added: list[Sentence] = []
    for nth in sorted(set(chosen)):
        one = news[nth]
        if one.now is None:
            if one.stands is not None:
                texts[one.stands] = None
        elif one.stands is None:
            added.append(one.now)
        else:
            texts[one.stands] = one.now
    return [*(one for one in texts if one is not None), *added]
