"""Requirements as phrases: what is needed of each field, and what an application has of it."""

from fractions import Fraction

import pytest

from voorjebuurt.rulebook.clauses import Field, Requirement
from voorjebuurt.rulebook.conditions import actual, at_least, needed
from voorjebuurt.rulebook.facts import Application
from voorjebuurt.rulebook.figures.claim import figure_of
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.texts.phrases import Count, Money, Names, Number, Value, phrase

APPLICATION = Application(
    "A", 0, 2000, groups=frozenset({"minima", "jongeren"}), theme="care", first_time=True
)
NOTHING = Application("B", 0, 2000)
MEASURES = Measures(crowd_cents=500, given_cents=400, donors=3, local_donors=2)
AMOUNTS: list[tuple[Field, Fraction, Value, Value]] = [
    (
        Field.DONORS,
        Fraction(4),
        phrase(">", value=Count(4, "donor")),
        Count(3, "donor"),
    ),
    (
        Field.LOCAL_DONORS,
        Fraction(4),
        phrase(">", value=Count(4, "local_donor")),
        Count(2, "local_donor"),
    ),
    (
        Field.CROWD_CENTS,
        Fraction(700),
        phrase("condition_crowd", amount=phrase(">", value=Money(Fraction(700)))),
        phrase("condition_crowd", amount=Money(Fraction(500))),
    ),
    (
        Field.CROWD_PCT,
        Fraction(75),
        phrase(
            "condition_crowd_share",
            amount=phrase(">", value=phrase("condition_percentage", value=Number(Fraction(75)))),
        ),
        phrase(
            "condition_crowd_share",
            amount=phrase("condition_percentage", value=Number(Fraction(25))),
        ),
    ),
    (
        Field.GOAL_CENTS,
        Fraction(3000),
        phrase("condition_goal", amount=phrase(">", value=Money(Fraction(3000)))),
        phrase("condition_goal", amount=Money(Fraction(2000))),
    ),
]


@pytest.mark.parametrize(("field", "bound", "need", "has"), AMOUNTS)
def test_an_amount_is_told_with_what_it_is_of(
    field: Field, bound: Fraction, need: Value, has: Value
) -> None:
    requirement = Requirement(field, ">", bound, "reden")
    assert needed(requirement) == need
    assert actual(requirement, APPLICATION, MEASURES) == has


@pytest.mark.parametrize(
    ("field", "value", "need", "has", "has_not"),
    [
        (
            Field.THEME,
            frozenset({"green", "care"}),
            phrase("condition_theme", themes=Names(("care", "green"), "or", themes=True)),
            phrase("condition_theme", themes=Names(("care",), "or", themes=True)),
            phrase("condition_no_theme"),
        ),
        (
            Field.GROUPS,
            frozenset({"ouderen", "minima"}),
            phrase("condition_groups", groups=Names(("minima", "ouderen"), "or")),
            phrase("condition_groups", groups=Names(("jongeren", "minima"), "and")),
            phrase("condition_no_groups"),
        ),
        (
            Field.FIRST_TIME,
            True,
            phrase("condition_first_time"),
            phrase("condition_first_time"),
            phrase("condition_not_first_time"),
        ),
        (
            Field.FIRST_TIME,
            False,
            phrase("condition_not_first_time"),
            phrase("condition_first_time"),
            phrase("condition_not_first_time"),
        ),
    ],
)
def test_a_fact_is_told_by_its_names(
    field: Field, value: frozenset[str] | bool, need: Value, has: Value, has_not: Value
) -> None:
    requirement = Requirement(field, "==", value, "reden")
    assert needed(requirement) == need
    assert actual(requirement, APPLICATION, MEASURES) == has
    assert actual(requirement, NOTHING, MEASURES) == has_not


def test_a_threshold_asks_for_at_least_so_much() -> None:
    assert at_least(Field.DONORS, 2) == phrase(">=", value=Count(2, "donor"))


@pytest.mark.parametrize("field", [Field.THEME, Field.GROUPS, Field.FIRST_TIME])
def test_what_is_no_number_has_no_figure(field: Field) -> None:
    with pytest.raises(ValueError, match=f"^{field} has no figure$"):
        at_least(field, 1)
    with pytest.raises(ValueError, match=f"^{field} has no figure$"):
        figure_of(field, APPLICATION, MEASURES)
