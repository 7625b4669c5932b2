"""How the answers of a form are written in the rules."""

from fractions import Fraction

import pytest

from voorjebuurt.rulebook.bases import bases_by_kind
from voorjebuurt.rulebook.bases.per_donor import PerDonor
from voorjebuurt.rulebook.bases.quadratic import Quadratic
from voorjebuurt.rulebook.bases.ratio import Ratio
from voorjebuurt.rulebook.bases.threshold import Threshold
from voorjebuurt.rulebook.bases.top_up import TopUp
from voorjebuurt.rulebook.divides import divides_by_kind
from voorjebuurt.rulebook.divides.quadratic_pot import QuadraticPot
from voorjebuurt.rulebook.divides.queue import Order, Queue
from voorjebuurt.rulebook.divides.waterfill import Waterfill
from voorjebuurt.rulebook.values.jsontext import Json
from voorjebuurt.rulebook.values.numbers import exact
from voorjebuurt.rulebook.values.ruleset_fields import (
    FieldType,
    FieldValue,
    RulesetField,
    number_as_json,
)


@pytest.mark.parametrize(
    ("field_type", "value", "text"),
    [
        (FieldType.CENTS, 1250, 1250),
        (FieldType.COUNT, 0, 0),
        (FieldType.NUMBER, Fraction(3, 2), "1.5"),
        (FieldType.NUMBER, 2, 2),
        (FieldType.RATIO, Fraction(3, 2), "3/2"),
        (FieldType.RATIO, 1, "1/1"),
        (FieldType.FLAG, True, "equity"),
        (FieldType.FLAG, False, None),
    ],
)
def test_an_answer_is_written_by_its_type(
    field_type: FieldType, value: FieldValue, text: Json
) -> None:
    field = RulesetField("name", field_type, yes="equity")
    assert field.as_json(value) == text
    assert field.as_json(None) is None


def test_a_field_stands_under_its_name_or_under_a_key_of_its_own() -> None:
    assert RulesetField("last_pct", FieldType.NUMBER).json_key == "last_pct"
    assert RulesetField("by_factor", FieldType.FLAG, key="weights").json_key == "weights"
    assert RulesetField("fill", FieldType.FLAG).as_json(True) is True


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), 0),
        (Fraction(-7), -7),
        (Fraction(1, 10), "0.1"),
        (Fraction(-5, 4), "-1.25"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 2**12), "0.000244140625"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(1, 2**13), "1/8192"),
        (Fraction(10**60 + 1, 10), "1" + "0" * 59 + ".1"),
    ],
)
def test_a_number_is_whole_or_decimal_or_a_fraction(value: Fraction, text: int | str) -> None:
    assert number_as_json(value) == text


@pytest.mark.parametrize(
    ("part", "values"),
    [
        (Ratio(Fraction(1, 2), 100), {"ratio": Fraction(1, 2), "donor_cap_cents": 100}),
        (Ratio(Fraction(1)), {"ratio": Fraction(1), "donor_cap_cents": None}),
        (PerDonor(500, 2), {"amount_cents": 500, "min_gift_cents": 2}),
        (PerDonor(500), {"amount_cents": 500, "min_gift_cents": None}),
        (
            Threshold(Fraction(50), 3, None, 700),
            {"award_cents": 700, "award_pct": None, "min_pct": Fraction(50), "min_donors": 3},
        ),
        (TopUp(Fraction(30)), {"last_pct": Fraction(30)}),
        (Quadratic(), {"pair_bound_cents": None}),
        (Queue(Order.TENDER, 60), {"min_partial_cents": 60}),
        (Waterfill(True), {"by_factor": True}),
        (QuadraticPot(False), {"fill": False}),
    ],
)
def test_a_form_shows_what_the_rules_say(
    part: Ratio | PerDonor | Threshold | TopUp | Quadratic | Queue | Waterfill | QuadraticPot,
    values: dict[str, FieldValue | None],
) -> None:
    assert part.form_values() == values


def test_every_kind_is_known_by_its_name() -> None:
    assert list(bases_by_kind()) == ["ratio", "per_donor", "threshold", "topup", "qf"]
    assert list(divides_by_kind()) == [
        *("arrival", "tender", "lottery"),
        *("proportional", "waterfill", "qf_pot"),
    ]


@pytest.mark.parametrize(
    "value", [Fraction(1, 3), Fraction(-5, 4), Fraction(7), Fraction(1, 10**7)]
)
def test_a_number_can_be_read_again(value: Fraction) -> None:
    assert exact(number_as_json(value)) == value
