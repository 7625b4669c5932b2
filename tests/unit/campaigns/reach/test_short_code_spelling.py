"""What people type from a poster: capitals, parts, and letters that look like another one."""

import pytest

from voorjebuurt.campaigns.reach.short_codes import ALPHABET, meant_code


@pytest.mark.parametrize(
    "spelling",
    ["7kq2", "7KQ2", " 7kq2 ", "7kq2.", "7-k-q-2", "7kqz", "7KQZ", "7k q2", "7kq2/"],
)
def test_a_code_is_understood_as_people_type_it(spelling: str) -> None:
    assert meant_code(spelling) == "7kq2"


def test_a_letter_that_is_in_no_code_is_read_as_the_digit_that_it_looks_like() -> None:
    assert meant_code("bsz2") == "8522"


@pytest.mark.parametrize(
    "spelling",
    ["", "7kq", "7kq0", "7kql", "7kqo", "../..", "7kq2'--", "é" * 4, "7" * 13, "7" * 500],
)
def test_what_can_be_no_code_is_none(spelling: str) -> None:
    assert meant_code(spelling) is None


def test_no_two_characters_look_alike() -> None:
    assert not set(ALPHABET) & set("01aeioulbsz")
    assert len(set(ALPHABET)) == len(ALPHABET) == 25
