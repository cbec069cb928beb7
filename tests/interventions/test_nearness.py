"""Which views a typed point is nearest to."""

from uuid import uuid4

import pytest

from meetings.interventions.models import Point
from meetings.interventions.nearness import Candidate, Index, stems
from meetings.interventions.view_names import first_clause, free_key

VIEWS = {
    "contacts": "direct contacts between central authorities were useful",
    "informal": "the importance of informal cooperation before a formal request",
    "networks": "networks of practitioners speed up the exchange of information",
    "criminality": "difficulties caused by dual criminality",
}
VERBS = {"stressed": ("stress", "en")}


def a_candidate(key, text, language="en", support=1):
    return Candidate(uuid4(), key, support, ((language, text),))


def keys(typed, language="en", candidates=None):
    known = candidates or [a_candidate(key, text) for key, text in VIEWS.items()]
    return [near.candidate.key for near in Index(known).nearest(typed, language)]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("contacting central authorities directly is useful", "contacts"),
        ("said informal channels help before formal requests", "informal"),
        ("dual criminalty is dificult", "criminality"),
        ("uses networks", "networks"),
    ],
)
def test_the_nearest_view_comes_first(typed, key):
    assert keys(typed)[0] == key


def test_what_has_nothing_in_common_is_not_offered():
    assert keys("asset recovery takes years") == []
    assert keys("the and of") == []


def test_the_words_in_common_are_told():
    index = Index([a_candidate("contacts", VIEWS["contacts"])])

    [near] = index.nearest("central authorities", "en")

    assert near.common == ("central", "authorities")


def test_of_two_alike_the_one_with_more_support_comes_first():
    texts = ("direct contacts", "direct contacts")
    candidates = [a_candidate(str(n), text, support=n) for n, text in enumerate(texts, 1)]

    assert keys("direct contacts", candidates=candidates) == ["2", "1"]


@pytest.mark.parametrize(
    ("language", "view", "typed"),
    [
        ("fr", "des contacts directs entre autorités centrales", "le contact direct des autorités"),
        ("ru", "прямые контакты между центральными органами", "прямых контактов органов"),
        ("es", "los contactos directos entre autoridades", "contacto directo de la autoridad"),
        ("ar", "الاتصالات المباشرة بين السلطات", "اتصال مباشر بالسلطات المباشرة"),
        ("zh", "中央机关之间的直接联系", "直接联系很有用"),
    ],
)
def test_each_language_is_stemmed_in_its_own_way(language, view, typed):
    assert keys(typed, language, [a_candidate("it", view, language)]) == ["it"]


def test_stems_keep_the_words_they_came_from():
    assert stems("Cooperating authorities", "en") == {
        "cooper": "cooperating",
        "author": "authorities",
    }


def a_point(text, language="en"):
    return Point(text=text, language=language)


@pytest.mark.parametrize(
    ("text", "language", "taken", "key"),
    [
        ("Stressed the cost of translating requests", "en", set(), "cost-translating-requests"),
        ("cost of translating", "en", {"cost-translating"}, "cost-translating-2"),
        ("L’échange spontané d’informations", "fr", set(), "echange-spontane-informations"),
        ("直接联系", "zh", set(), "view"),
        ("直接联系", "zh", {"view", "view-2"}, "view-3"),
    ],
)
def test_a_view_is_called_by_its_words(text, language, taken, key):
    assert free_key(a_point(text, language), VERBS, taken) == key


def test_a_view_is_worded_where_its_point_begins_with_a_verb():
    assert first_clause(a_point("stressed the cost"), VERBS) == {
        "verb": "stress",
        "text": {"en": "the cost"},
    }
    assert first_clause(a_point("the cost"), VERBS) is None
