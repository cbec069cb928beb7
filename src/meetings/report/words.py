"""The words for what this room's codes mean, in the person's language."""

from collections.abc import Mapping

from meetings.base.columns import Text
from meetings.base.languages import gettext as _
from meetings.report.checks import Finding, Wrong
from meetings.report.editorial import Advice, Advised
from meetings.report.models import (
    AmendmentState,
    Change,
    Decided,
    Distribution,
    FollowUpState,
    IssueKind,
)

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def draft_note(note: str) -> str:
    """What a drafted sentence waits for."""
    return {
        "confirm-all": _("Every delegation that spoke: confirm before it is printed."),
        "not-translated": _("Worded in another language only: word it in this one."),
        "not-worded": _("As it was typed: join the point to a view, or make one of it."),
    }[note]


def finding_words(finding: Finding) -> str:
    """What is wrong, and what to do about it."""
    words = {"words": finding.words}
    return {
        Wrong.NAME: _("It names %(words)s. A report attributes nothing: reword the sentence.")
        % words,
        Wrong.QUANTIFIER: _("“%(words)s” is more than its sources bear.") % words,
        Wrong.SOURCE: _("Nothing is behind this paragraph: no point, no update."),
        Wrong.TENSE: _("“%(words)s” is not in the tense of this body’s reports.") % words,
        Wrong.NOT_WORDED: draft_note("not-worded"),
        Wrong.NOT_TRANSLATED: draft_note("not-translated"),
        Wrong.CONFIRM_ALL: draft_note("confirm-all"),
        Wrong.LENGTH: _("It has %(words)s words: more than are allowed.") % words,
    }[finding.wrong]


def advice_words(advice: Advice) -> str:
    """What an editor would say of some words."""
    return {
        Advised.SYMBOL: _("No document of this symbol is known here."),
        Advised.DATE: _("A date is written otherwise."),
        Advised.NUMBER: _("A number below ten is written in words."),
        Advised.DASH: _("A dash is written otherwise."),
        Advised.QUOTES: _("Quotation marks are those of the language."),
        Advised.SPACE: _("A blank is missing, or one too many, or it must not break."),
        Advised.PUNCTUATION: _("Punctuation is that of the language."),
        Advised.NAME: _("The body is registered with other capitals."),
    }[advice.about]


def issue_kind(kind: IssueKind) -> str:
    return {
        IssueKind.DRAFT: _("Draft"),
        IssueKind.REVISION: _("Revision: the whole text anew"),
        IssueKind.CORRECTION: _("Correction"),
        IssueKind.FINAL: _("Final report"),
    }[kind]


def distribution_name(distribution: Distribution) -> str:
    return {
        Distribution.GENERAL: _("General"),
        Distribution.LIMITED: _("Limited"),
        Distribution.RESTRICTED: _("Restricted"),
    }[distribution]


def change_name(change: Change) -> str:
    return {
        Change.INSERT: _("Insert behind these words"),
        Change.REPLACE: _("Replace these words"),
        Change.DELETE: _("Delete these words"),
    }[change]


def decided_name(decided: Decided) -> str:
    return {
        Decided.ADOPTED: _("Adopted"),
        Decided.AMENDED: _("Adopted as amended"),
        Decided.PENDING: _("Left pending"),
    }[decided]


def follow_up_state(state: FollowUpState) -> str:
    return {
        FollowUpState.OPEN: _("Nothing noted yet"),
        FollowUpState.UNDER_WAY: _("Under way"),
        FollowUpState.DONE: _("Done"),
    }[state]


def amendment_state(state: AmendmentState) -> str:
    return {
        AmendmentState.PROPOSED: _("Proposed"),
        AmendmentState.TAKEN: _("Taken"),
        AmendmentState.NOT_TAKEN: _("Not taken"),
    }[state]


def roman(number: int) -> str:
    """A chapter's number as it is printed: 3 is III."""
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def in_language(text: Mapping[str, str], language: str) -> str:
    """The words of a Text in the language of a draft, which need not be the person's."""
    return Text.of(dict(text)).in_language(language)
