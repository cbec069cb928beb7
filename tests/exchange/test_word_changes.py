"""Changes can be followed in Word: taken over they give the new text, refused the old one."""

from datetime import datetime, timedelta, timezone
from io import BytesIO

import docx
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from meetings.exchange.word_changes import (
    Hand,
    changed_paragraph,
    changed_runs,
    clean_copy,
    taken_over,
)
from meetings.exchange.word_languages import MANNERS
from meetings.exchange.word_parts import element

MOMENT = datetime(2031, 5, 7, 12, 30, tzinfo=timezone(timedelta(hours=2)))
PIECES = st.lists(
    st.tuples(
        st.sampled_from(["same", "inserted", "deleted"]), st.text("ab é文م", min_size=1, max_size=9)
    ),
    max_size=6,
)


def a_hand():
    return Hand("Secretariat", MOMENT)


def texts(body):
    """The words of each paragraph that are not struck."""
    return [
        "".join(text.text for text in paragraph.iter(qn("w:t")))
        for paragraph in body.iter(qn("w:p"))
    ]


def old_text(body):
    """The words before all changes."""
    return "".join(
        text.text
        for text in body.iter(qn("w:t"), qn("w:delText"))
        if not any(above.tag == qn("w:ins") for above in text.iterancestors())
    )


@given(PIECES, st.sampled_from(["en", "ar", "zh"]))
def test_taken_over_it_is_the_new_text_and_refused_the_old_one(pieces, language):
    body = element("body", element("p", *changed_runs(MANNERS[language], pieces, a_hand())))
    before = old_text(body)

    taken_over(body)

    assert texts(body) == ["".join(text for kind, text in pieces if kind != "deleted")]
    assert before == "".join(text for kind, text in pieces if kind != "inserted")
    assert not list(body.iter(qn("w:ins"), qn("w:del"), qn("w:delText")))


def test_a_change_says_who_made_it_and_when_and_has_a_number_of_its_own():
    pieces = [("same", "A "), ("deleted", "few"), ("inserted", "number of"), ("same", " States")]

    _, struck, new, _ = changed_runs(MANNERS["en"], pieces, a_hand())

    assert [struck.tag, new.tag] == [qn("w:del"), qn("w:ins")]
    assert [change.get(qn("w:id")) for change in (struck, new)] == ["1", "2"]
    assert {change.get(qn("w:author")) for change in (struck, new)} == {"Secretariat"}
    assert {change.get(qn("w:date")) for change in (struck, new)} == {"2031-05-07T10:30:00Z"}


def test_a_paragraph_that_is_struck_whole_leaves_no_empty_number_behind():
    hand = a_hand()
    body = element(
        "body",
        changed_paragraph(MANNERS["en"], "NumberedParagraph", [("same", "First.")], hand),
        changed_paragraph(MANNERS["en"], "NumberedParagraph", [("deleted", "Second.")], hand),
        changed_paragraph(MANNERS["en"], "NumberedParagraph", [("inserted", "Third.")], hand),
    )

    taken_over(body)

    assert texts(body) == ["First.", "Third."]


def test_a_clean_copy_reads_in_the_language_of_its_properties():
    word = docx.Document()
    word.core_properties.language = "ar-SA"
    pieces = [("deleted", "a"), ("inserted", "b")]
    word.element.body.insert(
        0,
        changed_paragraph(MANNERS["en"], "Normal", pieces, a_hand()),
    )
    file = BytesIO()
    word.save(file)

    clean = docx.Document(BytesIO(clean_copy(file.getvalue())))

    assert [paragraph.text for paragraph in clean.paragraphs] == ["b"]
    language = clean.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "ar-SA"
