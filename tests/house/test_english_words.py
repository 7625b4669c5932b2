"""Words that English texts say, and words that are out: plain English, and no Dutch in disguise.

The text in the code is a key. What an English reader gets is the text of the English catalogue,
which may say it better, in the same values, marks and number of forms.
"""

import re
from collections.abc import Iterator, Sequence

import pytest
from babel.messages.pofile import read_po

from tests.support.certain import certain
from tests.support.rungs import PLACEHOLDER, RUNGS
from voorjebuurt import paths
from voorjebuurt.kernel.catalogues import catalogue

ACCOUNT = (
    r"(?<![Bb]ank )(?<![Ll]edger )(?<!chart of )(?<![Yy]our )(?<!%\()"
    r"\b[Aa]ccount(s|ed|ing)?\b(?! number)"
)
"""The word had three meanings. One is left for it alone: ``your account`` is what one signs in
with, as everybody says it; the bank's and the report of spending are said in full.
"""

MONEY_ACCOUNT = (
    r"\b([Pp]a(y|ys|id)|[Ss]en[dt]s?|[Mm]oney|municipality)\b[^.]*"
    r"\byour account\b(?! number)"
)
"""Money that goes to ``your account``, or a municipality that reads it: the other two meanings."""

OUT = {
    r"'": "one apostrophe: ’",
    r"\b[Mm]ail(s|ed|ing)?\b(?! server)|\be-mail": "email",
    r"\b[Ff]ill(s|ed|ing)?\b.{0,12}\bin\b": "Enter, or added for what the site does",
    r"\bneeds? (not|no)\b|need to do nothing": "don’t need (to)",
    r"\? Then\b": "If …, …",
    r"^(Are|Did|Do|Does|Has|Have|Is|Was)\b[^?]*\? \w": "If …, …",
    r"\b[Tt]ell (also|about|for|how|in|what|which|who|why)\b": "Tell us, or whom it is told",
    r"\bstands?\b(?! in\b)|\bstood\b": "is, are, appears",
    r"\b[Ww]hom\b|\b[Ff]or who\b": "who, for people who",
    r"^Who (comes|objected|proposed|applies|brings|is next)\b": "The person who",
    r"\bany more\b|\bno more(\.|$| of)": "no longer",
    r"until (?!the end of)%\(": "up to and including",
    r"\bby itself\b|\bby themselves\b": "automatically",
    r"worst off|\bpoor(er|est)?\b|depriv|well-off": "the fact: where most people have little money",
    r"(?<![‘(])\b[Uu]ndertakings?\b": "a business",
    r"\b[Rr]ead in\b(?! )|\b[Rr]ead in (a|the|another) file|\b[Tt]aken in\b": "import",
    r"\b[Tt]o be had\b|\bdeeds?\b|\bpercents\b|\b[Rr]eckon": "recoverable, due; action; %",
    r"\b(was|were|gave|did|came)\b[^.]*\byet\b": "has … yet",
    r"\bonce more\b|\banew\b": "again",
    r"\blet go\b": "released",
    r"\b[Yy]ou (get|hear)\b(?! nothing)": "You’ll get, you’ll hear",
    r"\bthe site\b|\bthis site\b": "website",
    r"\bworked out!|^It worked": "enough money raised",
    r"\b[Hh]aste\b|\b[Hh]ow far it is\b": "being quick; progress",
    ACCOUNT: "bank account, ledger account, spending report, your account (to sign in with)",
    MONEY_ACCOUNT: "your bank account, your spending report",
}
"""Words that are out, as patterns, and what is said instead."""

ALLOWED = {
    "Enough money? Then the group can start": "a heading in two halves, as the Dutch one",
    "There is good reason to think that you will not account properly for what you did and what "
    "it cost.": "the words of the law",
}
"""Texts in which a word that is out is right, and why."""

STIFF = r"\b(do|does|did|could|would|will) not\b|\bcan ?not\b"
"""What screens and mails say with a contraction; reasons of decisions don't."""

MARKS = re.compile(r"\*\*|</?\w+|\n")
"""Bold, tags and new lines."""


def messages(locale: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The texts of screens and mails in one language, by the text in the code, in all forms."""
    with (paths.TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        whole = read_po(stream, locale=locale)
    return {_forms(message.id): _forms(message.string) for message in whole if message.id}


def _forms(text: str | Sequence[str] | None) -> tuple[str, ...]:
    """The forms of a text, singular and plural, or its only one."""
    return (text,) if isinstance(text, str) else tuple(certain(text))


def english() -> Iterator[str]:
    """Every English text, of screens, mails and the rest."""
    for forms in (*messages("en").values(), *catalogue("en").texts.values()):
        yield from forms


@pytest.mark.parametrize("pattern", OUT)
def test_a_word_that_is_out_is_nowhere_in_english(pattern: str) -> None:
    findings = {text for text in english() if re.search(pattern, text)} - ALLOWED.keys()
    assert findings == set(), f"say instead: {OUT[pattern]}"


def test_every_exception_is_a_text_that_needs_one() -> None:
    needy = {text for text in english() if any(re.search(pattern, text) for pattern in OUT)}
    assert needy == ALLOWED.keys()


def test_screens_and_mails_speak_with_contractions() -> None:
    texts = [text for forms in messages("en").values() for text in forms]
    assert [text for text in texts if re.search(STIFF, text)] == []


@pytest.mark.parametrize("rung", RUNGS)
def test_the_english_that_is_read_is_as_certain_as_the_dutch(rung: str) -> None:
    english_pattern, dutch_pattern = RUNGS[rung]
    dutch = messages("nl")
    findings = [
        (text, words)
        for key, forms in messages("en").items()
        for text, words in zip(forms, dutch[key], strict=True)
        if bool(re.search(english_pattern, PLACEHOLDER.sub("", text), re.IGNORECASE))
        != bool(re.search(dutch_pattern, words, re.IGNORECASE | re.DOTALL))
    ]
    assert findings == []


def test_english_has_the_marks_and_forms_of_the_text_in_the_code() -> None:
    findings = [
        (original, text)
        for key, forms in messages("en").items()
        for original, text in zip(key, forms, strict=True)
        if sorted(MARKS.findall(original)) != sorted(MARKS.findall(text))
    ]
    assert findings == []
