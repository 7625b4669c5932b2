"""Text as it is kept: composed, with one kind of space, without what nobody sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voorjebuurt.kernel.cleaning import clean_line, clean_lines, without_spaces

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Bomen  op het plein ", "Bomen op het plein"),
        ("Bomen\u00a0op\u202fhet\u2009\u3000plein", "Bomen op het plein"),
        ("Bomen\top\r\nhet\u2028plein\x0b", "Bomen op het plein"),
        ("Bo\u00admen\u200b op\u2060 het\ufeff plein", "Bomen op het plein"),
        ("\u202egeld\u202c \u2066op\u2069\u200e", "geld op"),
        ("cafe\u0301", "café"),
        ("a\x00b\x1bc\x9fd", "abcd"),
        ("half \ud800heel\udfff", "half heel"),
        ("\u3164\u115f\u2800", ""),
        ("👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥", "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200db\u200cc\u200d", "abc"),
    ],
)
def test_a_line_is_kept_as_it_looks(text: str, line: str) -> None:
    assert clean_line(text) == line


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("een\r\ntwee\rdrie\u2028vier\u0085vijf", "een\ntwee\ndrie\nvier\nvijf"),
        ("\n \n een \u00a0 twee\t \n\n\ndrie\n\n", "een twee\n\n\ndrie"),
        ("- een\n\u00a0\u00a0- twee\n\t- drie", "- een\n  - twee\n    - drie"),
        ("\u200b\n\ufeff", ""),
    ],
)
def test_lines_keep_their_ends_and_indents(text: str, lines: str) -> None:
    assert clean_lines(text) == lines


def test_a_number_is_read_past_its_spaces() -> None:
    assert without_spaces(" 12\u00a0345\u2009 678\n") == "12345678"


@given(ANY_TEXT)
def test_what_is_clean_stays_so_and_can_be_stored(text: str) -> None:
    for clean in (clean_line, clean_lines):
        once = clean(text)
        assert clean(once) == once
        assert unicodedata.is_normalized("NFC", once)
        assert "\x00" not in once
        once.encode()
    assert clean_line(clean_lines(text)) == clean_line(text)


def test_a_letter_keeps_the_marks_of_a_language_and_no_run_without_end() -> None:
    """Sorting a run of marks takes a time that grows with the square of its length."""
    vietnamese = "\u0065\u0302\u0301"
    assert clean_line(vietnamese) == "\u1ebf"
    assert len(clean_line("a" + "\u0301\u0323" * 100_000)) <= 31
    assert clean_line("b" + "\u0331" * 29 + "c").endswith("c")
