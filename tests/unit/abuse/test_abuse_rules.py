"""What can be done about what was reported."""

import pytest

from voorjebuurt.abuse.rules import AbuseMeasure, AbuseThing, measures_for

HIDE, PAUSE, STOP = AbuseMeasure


@pytest.mark.parametrize(
    ("thing", "is_live", "can_stop", "is_shown", "measures"),
    [
        (AbuseThing.CAMPAIGN, True, True, True, (PAUSE, STOP)),
        (AbuseThing.UPDATE, True, True, True, (HIDE, PAUSE, STOP)),
        (AbuseThing.QUESTION, False, True, True, (HIDE, STOP)),
        (AbuseThing.GIFT_MESSAGE, False, False, True, (HIDE,)),
        (AbuseThing.GIFT_MESSAGE, False, False, False, ()),
        (AbuseThing.CAMPAIGN, False, False, True, ()),
    ],
)
def test_only_what_is_possible_is_offered(
    thing: AbuseThing,
    is_live: bool,
    can_stop: bool,
    is_shown: bool,
    measures: tuple[AbuseMeasure, ...],
) -> None:
    possible = measures_for(thing, is_live=is_live, can_stop=can_stop, is_shown=is_shown)
    assert possible == measures
