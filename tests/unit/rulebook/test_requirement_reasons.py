"""Why a requirement is not met, as a sentence: one capital, one mark at the end."""

from fractions import Fraction

import pytest

from voorjebuurt.rulebook.clauses import Field, Requirement


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("te weinig donateurs", "Te weinig donateurs."),
        ("Er zijn te weinig donateurs.", "Er zijn te weinig donateurs."),
        ("Meer buren nodig! ", "Meer buren nodig!"),
        ("Wie doet er mee?", "Wie doet er mee?"),
        ("Nog niet…", "Nog niet…"),
    ],
)
def test_a_reason_ends_once(reason: str, sentence: str) -> None:
    assert Requirement(Field.DONORS, ">=", Fraction(2), reason).sentence == sentence
