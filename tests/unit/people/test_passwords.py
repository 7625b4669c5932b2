"""Which passwords are too easy to guess."""

import pytest

from voorjebuurt.people.passwords import is_guessable

OWN = ("Anna Bakker", "anna.bakker@voorbeeld.example")


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "wachtwoord1234",
        "Welkom01Welkom01",
        "qwertyuiop123456",
        "aaaaaaaaaaaaaaaa",
        "anna.bakker@voorbeeld.example",
        "BakkerBakker1",
        "voorjebuurt2026",
        "inloggen123456",
    ],
)
def test_common_passwords_patterns_and_own_data_are_guessable(password: str) -> None:
    assert is_guessable(password, own_words=OWN)


@pytest.mark.parametrize(
    "password", ["vier bomen op het plein", "w7!kq0-zm4pd", "x9" + "tgvb" * 49]
)
def test_words_that_have_nothing_to_do_with_each_other_are_not(password: str) -> None:
    assert not is_guessable(password, own_words=OWN)


def test_without_any_data_of_a_person_the_lists_are_used_still() -> None:
    assert is_guessable("iloveyou2024", own_words=("", ""))
    assert not is_guessable("vier bomen op het plein", own_words=("", ""))
