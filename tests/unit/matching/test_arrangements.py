"""Which way of accounting holds for which amount."""

import pytest

from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.arrangements import (
    EVERYTHING_BY_COSTS,
    MAX_BANDS,
    TERM_WEEKS,
    USUAL,
    Arrangement,
    Band,
    Way,
    arrangement_for,
    arrangement_of,
    as_rows,
    bands_of,
    check_bands,
    way_of,
)


@pytest.mark.parametrize(
    ("bands", "code"),
    [
        ([], "arrangement_not_from_zero"),
        ([Band(1, Way.COSTS)], "arrangement_not_from_zero"),
        ([Band(0, Way.DIRECT), Band(0, Way.COSTS)], "arrangements_not_ascending"),
        ([Band(0, Way.COSTS), Band(100, Way.DIRECT)], "arrangement_lighter_above"),
        ([Band(0, Way.DIRECT), Band(100, Way.DIRECT)], "arrangement_lighter_above"),
        ([Band(cents, Way.DIRECT) for cents in range(MAX_BANDS + 1)], "arrangements_too_many"),
        ([Band(0, Way.DIRECT), Band(10**15, Way.COSTS)], "arrangements_not_ascending"),
    ],
)
def test_bands_ascend_from_zero_and_ask_more_each_time(bands: list[Band], code: str) -> None:
    with pytest.raises(DomainError) as error:
        check_bands(bands)
    assert error.value.code == code


def test_the_usual_set_and_that_of_before_are_sound() -> None:
    check_bands(USUAL)
    check_bands(bands_of(EVERYTHING_BY_COSTS))
    assert bands_of(as_rows(USUAL)) == USUAL


@pytest.mark.parametrize(
    ("cents", "way"),
    [
        (1, Way.DIRECT),
        (99_999, Way.DIRECT),
        (100_000, Way.EX_OFFICIO),
        (499_999, Way.EX_OFFICIO),
        (500_000, Way.ACTIVITIES),
        (2_500_000, Way.COSTS),
        (10**9, Way.COSTS),
    ],
)
def test_a_band_holds_from_its_amount_up_to_the_next(cents: int, way: Way) -> None:
    assert arrangement_for(USUAL, cents, decide_weeks=8, conditional=False).way is way


def test_what_is_still_conditional_is_never_direct() -> None:
    arrangement = arrangement_for(USUAL, 1, decide_weeks=8, conditional=True)
    assert arrangement == Arrangement(Way.EX_OFFICIO, 0, 8)
    other = arrangement_for(USUAL, 100_000, decide_weeks=8, conditional=True)
    assert other == Arrangement(Way.EX_OFFICIO, TERM_WEEKS, 8)


def test_it_is_kept_and_read_again() -> None:
    arrangement = Arrangement(Way.ACTIVITIES, 26, 8)
    assert arrangement_of(arrangement.as_json()) == arrangement
    assert arrangement_of(None) is None
    assert (way_of(None), way_of("direct")) == (Way.COSTS, Way.DIRECT)
