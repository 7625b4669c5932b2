"""Every kind of decision needs a kind of mandate."""

from datetime import date

import pytest

from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.mandates import MANDATES
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.people.appointments.remits import Remit
from voorjebuurt.people.rules import MandateKind, Role

PLACE = None
ALL = frozenset(MandateKind)
FEW = frozenset({MandateKind.AWARD})
DAY, LATER = date(2026, 6, 1), date(2026, 6, 2)


def test_no_decision_is_without_a_kind_of_mandate() -> None:
    assert MANDATES.keys() == set(DecisionKind)


@pytest.mark.parametrize(
    ("new", "old", "is_more"),
    [
        ({"kinds": None}, {"kinds": FEW}, True),
        ({"kinds": FEW}, {"kinds": None}, False),
        ({"kinds": FEW | {MandateKind.FUND}}, {"kinds": FEW}, True),
        ({"kinds": ALL}, {"kinds": None}, False),
        ({"until": None}, {"until": DAY}, True),
        ({"until": LATER}, {"until": DAY}, True),
        ({"until": DAY}, {"until": LATER}, False),
        ({"until": DAY}, {"until": None}, False),
        ({}, {}, False),
    ],
)
def test_more_kinds_or_more_days_is_more(
    new: dict[str, object], old: dict[str, object], is_more: bool
) -> None:
    def remit(fields: dict[str, object]) -> Remit:
        return Remit(Role.OFFICER, PLACE, 100, **fields)  # type: ignore[arg-type]

    assert remit(new).gives_more_than(remit(old)) is is_more


def test_a_mandate_for_chosen_kinds_names_one() -> None:
    with pytest.raises(DomainError) as error:
        Remit(Role.COACH, kinds=FEW).refuse_misfit()
    assert error.value.code == "mandate_only_for_officer"
