"""From views to sentences to paragraphs: words, order, agreement, and nothing lost."""

from dataclasses import replace
from string import ascii_lowercase
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.report.checks import claimed_in
from meetings.report.drafting import draft_item
from meetings.report.material import (
    Clause,
    ItemMaterial,
    PanelMaterial,
    UpdateMaterial,
    ViewMaterial,
)
from meetings.report.phrases import drafting_languages, phrasebook
from meetings.report.quantifiers import LADDER, Rules, quantifier
from meetings.report.typography import finished

EN, FR = phrasebook("en"), phrasebook("fr")
BOOKS = [phrasebook(language) for language in drafting_languages()]
RULES = Rules()


def supporters(count):
    return frozenset(ascii_lowercase[:count])


def a_view(count=1, verb="stress", text="the need for trust", topic="one", **changes):
    values = {
        "id": uuid4(),
        "topic": topic,
        "clauses": (Clause(verb, text),),
        "supporters": supporters(count),
    }
    return ViewMaterial(**(values | changes))


def an_item(*views, updates=(), speakers=20):
    topics = (("one", "One"), ("two", "Two"), ("three", "Three"), ("four", "Four"), ("five", "5"))
    return ItemMaterial(topics, views, tuple(updates), speakers)


def an_update(representative="first", text="the network", **changes):
    values = {"id": uuid4(), "representative": representative, "verb": "present", "text": text}
    return UpdateMaterial(**(values | changes))


def drafted(item, phrases=EN):
    return [paragraph.text for paragraph in draft_item(item, phrases, RULES)]


def test_the_widest_support_comes_first_and_the_others_narrow_it():
    views = [a_view(1, text="that it took time", verb="note"), a_view(3), a_view(5, "welcome")]

    assert drafted(an_item(*views)) == [
        (
            "During the discussion, several speakers welcomed the need for trust. "
            "Some stressed the need for trust. "
            "One speaker noted that it took time."
        )
    ]


def test_after_one_comes_another():
    views = [a_view(1, "indicate", "that {his or her|their} country had a law"), a_view(1, "note")]

    assert drafted(an_item(*views), FR) == [
        (
            "Au cours du débat, un intervenant a indiqué that his or her country had a law. "
            "Un autre a noté the need for trust."
        )
    ]


def test_some_needs_its_noun_unless_a_wider_group_was_just_named():
    wide = a_view(5)
    narrow = a_view(3, "evoke", after=wide.id)
    passive = a_view(4, "difficulties", "slow procedures", form="list", after=narrow.id)
    views = [wide, narrow, passive, a_view(3, "note", "that trust would help")]

    assert drafted(an_item(*views)) == [
        (
            "During the discussion, several speakers stressed the need for trust. "
            "Some referred to the need for trust. "
            "Among the difficulties cited were slow procedures. "
            "Some speakers noted that trust would help."
        )
    ]


def test_other_speakers_are_not_those_just_named():
    one = a_view(supporters=frozenset("abc"))
    other = a_view(verb="note", supporters=frozenset("xyz"))

    assert drafted(an_item(one, other)) == [
        (
            "During the discussion, some speakers stressed the need for trust. "
            "Other speakers noted the need for trust."
        )
    ]


def test_two_clauses_of_a_view_share_their_speakers():
    clauses = (Clause("evoke", "{his or her|their} problems"), Clause("call-for", "reforms"))

    assert drafted(an_item(a_view(3, clauses=clauses)), FR) == [
        (
            "Au cours du débat, certains intervenants ont évoqué their problems "
            "et ont appelé à reforms."
        )
    ]


def test_a_verb_is_not_said_twice_in_a_paragraph():
    assert drafted(an_item(a_view(5), a_view(3), a_view(2))) == [
        (
            "During the discussion, several speakers stressed the need for trust. "
            "Some emphasized the need for trust. "
            "Some speakers underlined the need for trust."
        )
    ]


@pytest.mark.parametrize(
    ("verb", "text", "told"),
    [
        ("report-on", "mesures", "a fait état de mesures"),
        ("report-on", "avancées", "a fait état d’avancées"),
        ("report-on", "les mesures", "a fait état des mesures"),
        ("call-for", "le respect", "a appelé au respect"),
        ("call-for", "une loi", "a appelé à une loi"),
    ],
)
def test_french_contracts_where_verb_and_text_meet(verb, text, told):
    assert drafted(an_item(a_view(1, verb, text)), FR) == [
        f"Au cours du débat, un intervenant {told}."
    ]


def test_french_has_its_spaces_and_its_apostrophes():
    assert finished("l'accord : « oui » ; et non ?", FR) == (
        "L’accord\u00a0: «\u00a0oui\u00a0»\u00a0; et non\u00a0?"
    )


def test_the_secretariat_is_introduced_once_and_then_known():
    updates = [
        an_update(),
        an_update(text="its site"),
        an_update("second", "its plans", lead="In order to save time"),
        an_update("second", "its hopes"),
    ]

    assert drafted(an_item(a_view(), updates=updates)) == [
        "A representative of the Secretariat presented the network.",
        "The representative of the Secretariat also presented its site.",
        "In order to save time, a representative of the Secretariat presented its plans.",
        "The representative of the Secretariat further presented its hopes.",
        "In the ensuing discussion, one speaker stressed the need for trust.",
    ]


def test_figures_are_in_words_below_ten_and_in_groups_above_a_thousand():
    update = an_update(
        text="{few} sites", more=("It had {many} members.",), figures={"few": 9, "many": 12_000}
    )

    assert drafted(an_item(updates=[update]), FR) == [
        "Un représentant du secrétariat a présenté neuf sites. It had 12\u00a0000 members."
    ]


def test_also_is_said_when_a_word_comes_back_after_others():
    views = [
        a_view(5, topic="one"),
        a_view(1, "describe", topic="two"),
        a_view(5, "report-on", "les mesures", topic="three"),
        a_view(5, "note", topic="four"),
        a_view(3, "stress", topic="five"),
    ]

    openings = [text.split(" the need")[0] for text in drafted(an_item(*views), FR)]
    assert openings == [
        "Au cours du débat, plusieurs intervenants ont souligné",
        "Un intervenant a décrit",
        "Plusieurs intervenants ont également fait état des mesures.",
        "Plusieurs intervenants ont noté",
        "Certains intervenants ont souligné",
    ]


def test_all_speakers_waits_for_a_persons_confirmation():
    (paragraph,) = draft_item(an_item(a_view(5), speakers=5), EN, RULES)

    assert paragraph.sentences[0].notes == ("confirm-all",)
    assert paragraph.text == "During the discussion, all speakers stressed the need for trust."


def test_a_point_that_nobody_has_worded_is_told_as_it_was_typed():
    view = a_view(text="Asked for direct contacts.", form="raw")

    (paragraph,) = draft_item(an_item(view), EN, RULES)

    assert paragraph.sentences[0].notes == ("not-worded",)
    assert paragraph.text == (
        "During the discussion, one speaker made this point: “Asked for direct contacts”."
    )


def test_a_body_has_its_own_actor_and_tense():
    rules = Rules(actor="delegation", tense="present")

    (paragraph,) = draft_item(an_item(a_view(1)), FR, rules)

    assert paragraph.text == "Au cours du débat, une délégation souligne the need for trust."


VIEWS = st.lists(
    st.builds(
        lambda count, verb, topic, form: a_view(
            count, verb=verb, topic=topic, form=form, points=tuple(uuid4() for _ in range(count))
        ),
        st.integers(1, 20),
        st.sampled_from([*EN.verbs, "unknown"]),
        st.sampled_from(["one", "two", "elsewhere", ""]),
        st.sampled_from(["speakers", "list", "assessment", "raw"]),
    ),
    max_size=8,
)


@given(VIEWS, st.sampled_from(BOOKS))
def test_every_point_stands_behind_exactly_one_sentence(views, phrases):
    paragraphs = draft_item(an_item(*views), phrases, RULES)

    behind = [p for paragraph in paragraphs for s in paragraph.sentences for p in s.points]
    assert sorted(behind) == sorted(point for view in views for point in view.points)


@given(VIEWS, st.sampled_from(BOOKS))
def test_every_sentence_is_finished(views, phrases):
    for paragraph in draft_item(an_item(*views), phrases, RULES):
        for sentence in paragraph.sentences:
            assert sentence.text[0] == sentence.text[0].upper()
            assert sentence.text.endswith(phrases.stop)
            assert not {"{", "}", "|"} & set(sentence.text)


@given(VIEWS)
def test_the_same_log_drafts_the_same_words(views):
    assert draft_item(an_item(*views), EN, RULES) == draft_item(an_item(*views), EN, RULES)


@given(VIEWS.filter(bool), st.sampled_from(BOOKS), st.randoms())
def test_it_does_not_matter_in_which_order_points_were_logged(views, phrases, random):
    raw = [a_view(form="raw", text=f"point {n}", id=view.id) for n, view in enumerate(views)]
    shuffled = random.sample(raw, len(raw))

    assert drafted(an_item(*shuffled), phrases) == drafted(an_item(*raw), phrases)


@given(VIEWS, st.sampled_from(BOOKS))
def test_nobody_who_spoke_is_named_in_any_language(views, phrases):
    named = [replace(view, supporters=frozenset({f"NAME{n}" for n in range(len(view.supporters))}))
             for view in views]  # fmt: skip

    assert "NAME" not in "".join(drafted(an_item(*named), phrases))


@given(VIEWS, st.sampled_from(BOOKS))
def test_no_quantifier_claims_more_than_its_sources(views, phrases):
    for paragraph in draft_item(an_item(*views), phrases, RULES):
        for sentence in paragraph.sentences:
            claimed = claimed_in(sentence.text, phrases, "speaker")
            if claimed and sentence.quantifier:
                borne = quantifier(sentence.supporters, sentence.speakers, RULES)
                assert LADDER.index(claimed[0]) <= LADDER.index(borne)


@given(st.integers(1, 60), st.integers(1, 60))
def test_one_more_supporter_never_weakens_a_quantifier(supporters, others):
    speakers = supporters + others
    words = [quantifier(count, speakers, RULES) for count in (supporters, supporters + 1)]

    assert LADDER.index(words[0]) <= LADDER.index(words[1])


def test_what_the_same_speakers_hold_is_told_in_one_sentence():
    views = [a_view(4, text="trust"), a_view(4, "call-for", text="more of it"), a_view(2, "note")]

    (paragraph,) = draft_item(an_item(*views), EN, RULES)

    assert [len(sentence.views) for sentence in paragraph.sentences] == [2, 1]
    assert paragraph.sentences[0].text == (
        "During the discussion, several speakers stressed trust and called for more of it."
    )


def test_a_panel_is_told_before_the_discussion_and_nobody_of_it_is_named():
    worded, typed = (uuid4(), Clause("describe", "its work")), (uuid4(), Clause("", "Thanked all."))
    item = replace(an_item(a_view()), panels=(PanelMaterial(uuid4(), (worded, typed)),))

    assert drafted(item) == [
        (
            "A panellist made a presentation. The panellist described its work."
            " The panellist made this point: “Thanked all”."
        ),
        "In the ensuing discussion, one speaker stressed the need for trust.",
    ]


def test_views_that_continue_each_other_in_a_circle_are_not_lost():
    one, two = uuid4(), uuid4()
    views = [a_view(id=one, after=two), a_view(verb="note", id=two, after=one)]

    (paragraph,) = draft_item(an_item(*views), EN, RULES)

    assert {v for s in paragraph.sentences for v in s.views} == {one, two}
