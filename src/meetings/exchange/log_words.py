"""The words by which a log kept elsewhere heads its columns and names kinds and capacities. Pure.

English and French in full, and the usual headings of the other languages; what the program itself
calls a kind or a capacity is understood in all its languages.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import TypeVar

from meetings.base.languages import LANGUAGES, speaking
from meetings.base.languages import gettext as _
from meetings.delegations.finding import folded
from meetings.interventions.models import InterventionKind, PointKind
from meetings.interventions.words import intervention_kind, point_kind
from meetings.speakers.models import SpeakingCapacity
from meetings.speakers.words import speaking_capacity

Word = TypeVar("Word", bound=StrEnum)


class Column(StrEnum):
    """What a column of a log can hold, in the order in which it is spoken of."""

    TIME = "time"
    DELEGATION = "delegation"
    SPEAKER = "speaker"
    ITEM = "item"
    KIND = "kind"
    CAPACITY = "capacity"
    ON_BEHALF_OF = "on_behalf_of"
    TEXT = "text"
    TOPIC = "topic"
    ARTICLES = "articles"
    VIEW = "view"


def column_name(column: Column) -> str:
    """What a column is called, in the person's language."""
    return {
        Column.TIME: _("Time"),
        Column.DELEGATION: _("Delegation"),
        Column.SPEAKER: _("Speaker"),
        Column.ITEM: _("Item"),
        Column.KIND: _("Kind"),
        Column.CAPACITY: _("Capacity"),
        Column.ON_BEHALF_OF: _("On behalf of"),
        Column.TEXT: _("Text"),
        Column.TOPIC: _("Topic"),
        Column.ARTICLES: _("Articles"),
        Column.VIEW: _("View"),
    }[column]


# Headings are compared without capitals, accents and punctuation. English; French; es, ru, ar, zh.
ALIASES: dict[Column, str] = {
    Column.TIME: (
        "time, start, started, started at, start time, from, hour, begin, clock;"
        " heure, début, heure de début, horaire; hora, inicio;"
        " время, начало; الوقت, البداية; 时间, 开始"
    ),
    Column.DELEGATION: (
        "delegation, country, state, speaker's delegation, delegation of the speaker, member,"
        " member state, state party, organization, code, who; délégation, pays, état, état partie,"
        " état membre, délégation de l'orateur, organisation, qui; delegación, país, estado;"
        " делегация, страна, государство; الوفد, البلد, الدولة; 代表团, 国家"
    ),
    Column.SPEAKER: (
        "speaker, speaker's name, name of the speaker, name, person, representative; orateur,"
        " oratrice, intervenant, nom, nom de l'orateur, représentant; orador, nombre;"
        " оратор, выступающий; المتكلم; 发言者, 发言人"
    ),
    Column.ITEM: (
        "item, agenda item, item number, no of item; point de l'ordre du jour, point odj, odj,"
        " numéro du point; tema, tema del programa; пункт,"
        " пункт повестки дня; البند; 议程项目, 项目"
    ),
    Column.KIND: (
        "kind, type, kind of intervention, kind of point; genre, nature, type d'intervention;"
        " tipo; вид, тип; النوع; 类型, 种类, 类别"
    ),
    Column.CAPACITY: (
        "capacity, speaking capacity, spoke as; qualité, à quel titre, capacité;"
        " calidad, condición; качество, статус; الصفة; 身份, 与会身份"
    ),
    Column.ON_BEHALF_OF: (
        "on behalf of, behalf, for whom, group; au nom de, pour le compte de, groupe;"
        " en nombre de; от имени; باسم; 代表"
    ),
    Column.TEXT: (
        "text, point, points, point made, summary, statement, notes, note, intervention, what was"
        " said, content, remarks; texte, résumé, propos, teneur, déclaration, remarques, contenu;"
        " texto, resumen, punto; текст, краткое содержание, тезис; النص, النقطة, الملخص;"
        " 文本, 内容, 要点, 摘要"
    ),
    Column.TOPIC: "topic, topics, subject, theme; sujet, thème; asunto; тема; الموضوع; 主题, 专题",
    Column.ARTICLES: (
        "article, articles, art; articles de la convention, disposition; artículo, artículos;"
        " статья, статьи; المادة, المواد; 条款"
    ),
    Column.VIEW: "view, views, opinion; avis, vue; opinión; мнение; الرأي; 观点, 意见",
}


def plain(words: str) -> str:
    """A heading or a name as it is compared: no accents, no punctuation, single spaces."""
    letters = (letter if letter.isalnum() else " " for letter in folded(words))
    return " ".join("".join(letters).split())


HEADINGS: dict[str, Column] = {
    plain(alias): column
    for column, aliases in ALIASES.items()
    for alias in aliases.replace(";", ",").split(",")
}

_KINDS = {
    "reply": InterventionKind.RIGHT_OF_REPLY,
    "droit de réponse": InterventionKind.RIGHT_OF_REPLY,
    "motion d'ordre": InterventionKind.POINT_OF_ORDER,
    "exposé": InterventionKind.PRESENTATION,
    "présentation": InterventionKind.PRESENTATION,
    "panel": InterventionKind.PRESENTATION,
    "déclaration": InterventionKind.STATEMENT,
    "chair": InterventionKind.CHAIR,
    "président": InterventionKind.CHAIR,
    "présidente": InterventionKind.CHAIR,
}
_POINTS = {
    "bonne pratique": PointKind.GOOD_PRACTICE,
    "difficulté": PointKind.CHALLENGE,
    "défi": PointKind.CHALLENGE,
    "mesure": PointKind.MEASURE,
    "recommandation": PointKind.RECOMMENDATION,
    "demande": PointKind.REQUEST,
    "annonce": PointKind.ANNOUNCEMENT,
}
_CAPACITIES = {
    "nationale": SpeakingCapacity.NATIONAL,
    "à titre national": SpeakingCapacity.NATIONAL,
    "groupe": SpeakingCapacity.GROUP,
    "organisation": SpeakingCapacity.ORGANIZATION,
}


@cache
def kinds() -> dict[str, InterventionKind]:
    """What kinds of intervention are called, in all languages."""
    return _called(InterventionKind, intervention_kind, _KINDS)


@cache
def point_kinds() -> dict[str, PointKind]:
    """What kinds of point are called, in all languages."""
    return _called(PointKind, point_kind, _POINTS)


@cache
def capacities() -> dict[str, SpeakingCapacity]:
    """What capacities are called, in all languages."""
    return _called(SpeakingCapacity, speaking_capacity, _CAPACITIES)


def _called(
    words: type[Word], name: Callable[[Word], str], others: dict[str, Word]
) -> dict[str, Word]:
    called = {plain(word.value): word for word in words}
    called |= {plain(other): word for other, word in others.items()}
    for word in words:
        for language in LANGUAGES:
            with speaking(language):
                called[plain(name(word))] = word
    return called
