"""Each sentence on dividing the ceiling has its test here."""

import hashlib
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest

from tests.support.rules_and_facts import application, decide, gift, rules
from voorjebuurt.rulebook.figures.sharing import Stake, share_out

HAIR = "1.0000000000000000000000000000000001"
"""A factor that differs from 1 by less than the tolerance."""


def three(**first: Any) -> list[dict[str, Any]]:
    """Claims 13,500, 20,250 and 5,000; C came first, then A, then B."""
    return [
        application("A", 13500, received_at="2026-03-01T10:00:00+01:00", **first),
        application("B", 20250, received_at="2026-03-01T11:00:00+01:00"),
        application("C", 5000, received_at="2026-03-01T09:00:00+01:00"),
    ]


def awards(
    divide: str | dict[str, Any],
    *applications: dict[str, Any],
    ceiling: int = 30000,
    more: Iterable[tuple[str, Any]] | dict[str, Any] = (),
    **facts: Any,
) -> dict[str, int]:
    result = decide(
        rules(divide=divide, ceiling_cents=ceiling, **dict(more)), *applications, **facts
    )
    assert result.left_cents == ceiling - sum(result.awards.values())
    return result.awards


# One by one


def test_arrival_and_the_last_in_line_gets_the_part_that_is_left() -> None:
    assert awards("arrival", *three()) == {"A": 13500, "B": 11500, "C": 5000}


def test_arrival_compares_instants_and_then_ids_by_code_point() -> None:
    same = ["2026-03-01T10:00:00+01:00", "2026-03-01T09:00:00Z", "2026-03-01T04:00:00-05:00"]
    entries = [
        application(key, 100, received_at=at) for key, at in zip(("é", "a", "Z"), same, strict=True)
    ]
    assert awards("arrival", *entries, ceiling=150) == {"Z": 100, "a": 50, "é": 0}


def test_arrival_to_the_millisecond() -> None:
    late = application("A", 100, received_at="2026-03-01T09:00:00.124+01:00")
    early = application("B", 100, received_at="2026-03-01T09:00:00.123+01:00")
    assert awards("arrival", late, early, ceiling=100) == {"A": 0, "B": 100}


def test_tender_takes_the_score_then_the_factor_then_the_id() -> None:
    equity = {"equity": {"groups": {"minima": "3/2"}}}
    entries = [
        application("A", 100, score=70),
        application("B", 100, score="85"),
        application("C", 100, score=85, groups=["minima"]),
        application("D", 100, score=85.0),
    ]
    assert awards("tender", *entries, ceiling=300, more=equity) == {
        "A": 0,
        "B": 100,
        "C": 150,
        "D": 50,
    }


def test_an_absent_score_is_0_and_a_score_may_be_negative() -> None:
    entries = [
        application("A", 100, score=-1),
        application("B", 100),
        application("C", 100, score=0),
    ]
    assert awards("tender", *entries, ceiling=250) == {"A": 50, "B": 100, "C": 100}


def test_scores_and_factors_within_a_hair_are_equal() -> None:
    entries = [application("B", 100, score=HAIR), application("A", 100, score=1)]
    assert awards("tender", *entries, ceiling=100) == {"A": 100, "B": 0}
    equity = {"equity": {"groups": {"g": HAIR}}}
    entries = [application("B", 100, groups=["g"]), application("A", 100)]
    assert awards("tender", *entries, ceiling=100, more=equity) == {"A": 100, "B": 0}


@pytest.mark.parametrize("seed", ["MF-2026-1|2026-03-02|0417", "ζ", "1", "a b"])
def test_lottery_goes_by_ascending_sha256_of_seed_and_id(seed: str) -> None:
    entries = [application(key, 100) for key in ("A", "B", "C", "Ω", "10")]
    order = sorted(
        (entry["id"] for entry in entries),
        key=lambda key: hashlib.sha256(f"{seed}|{key}".encode()).hexdigest(),
    )
    for winners in range(5):
        amounts = awards("lottery", *entries, ceiling=100 * winners + 1, lottery_seed=seed)
        assert [amounts[key] for key in order] == [100] * winners + [1] + [0] * (4 - winners)


def test_a_small_part_is_not_given_and_stays_for_those_next_in_line() -> None:
    small = {"kind": "arrival", "min_partial_cents": 15000}
    late = application("D", 11000, received_at="2026-03-02T09:00:00+01:00")
    assert awards(small, *three(), late) == {"A": 13500, "B": 0, "C": 5000, "D": 11000}


def test_a_whole_claim_below_the_smallest_part_is_given() -> None:
    small = {"kind": "arrival", "min_partial_cents": 15000}
    assert awards(small, *three(), ceiling=5000) == {"A": 0, "B": 0, "C": 5000}


def test_a_part_of_exactly_the_smallest_part_is_given() -> None:
    small = {"kind": "arrival", "min_partial_cents": 11500}
    assert awards(small, *three())["B"] == 11500


@pytest.mark.parametrize("kind", ["tender", "lottery"])
def test_the_smallest_part_works_in_every_queue(kind: str) -> None:
    small = {"kind": kind, "min_partial_cents": 60}
    entries = [application("A", 100), application("B", 100)]
    assert sorted(awards(small, *entries, ceiling=150, lottery_seed="s").values()) == [0, 100]


# Shared pots


def test_proportional_gives_all_claims_when_they_fit() -> None:
    assert awards("proportional", *three(), ceiling=38750) == {"A": 13500, "B": 20250, "C": 5000}


def test_proportional_is_completed_by_largest_remainder() -> None:
    assert awards("proportional", *three()) == {"A": 10452, "B": 15677, "C": 3871}


def test_a_tie_of_remainders_goes_to_the_lowest_id() -> None:
    entries = [application(key, 100) for key in ("b", "a", "Z", "10", "9")]
    assert awards("proportional", *entries, ceiling=7) == {"10": 2, "9": 2, "Z": 1, "a": 1, "b": 1}


def test_remainders_within_a_hair_are_equal() -> None:
    equity = {"equity": {"groups": {"g": HAIR}}}
    by_weight = {"kind": "waterfill", "weights": "equity"}
    entries = [application("B", 100, groups=["g"]), application("A", 100)]
    assert awards(by_weight, *entries, ceiling=7, more=equity) == {"A": 4, "B": 3}


def test_waterfill_fills_everybody_to_one_level() -> None:
    assert awards("waterfill", *three()) == {"A": 12500, "B": 12500, "C": 5000}
    assert awards("waterfill", *three(), ceiling=30001) == {"A": 12501, "B": 12500, "C": 5000}
    assert awards("waterfill", *three(), ceiling=38749) == {"A": 13500, "B": 20249, "C": 5000}


def test_waterfill_by_weight_fills_to_the_level_times_the_factor() -> None:
    by_weight = {"kind": "waterfill", "weights": "equity"}
    equity = {"equity": {"groups": {"minima": "3/2"}}}
    entries = [
        application("A", 13500),
        application("B", 13500, groups=["minima"]),
        application("C", 5000),
    ]
    assert awards(by_weight, *entries, more=equity) == {"A": 10000, "B": 15000, "C": 5000}


def test_weights_without_equity_are_one() -> None:
    by_weight = {"kind": "waterfill", "weights": "equity"}
    assert awards(by_weight, *three()) == awards("waterfill", *three())


def test_a_rest_never_lifts_anybody_above_the_limit() -> None:
    entries = [application(key, cents) for key, cents in (("A", 1), ("B", 2), ("C", 2))]
    assert awards("waterfill", *entries, ceiling=4) == {"A": 1, "B": 2, "C": 1}


QF, POT = {"kind": "qf"}, {"kind": "qf_pot"}


def pot(
    divide: dict[str, Any],
    *applications: dict[str, Any],
    ceiling: int = 10000,
    **more: Any,
) -> dict[str, int]:
    result = decide(rules(QF, divide, ceiling_cents=ceiling, **more), *applications)
    assert result.left_cents == ceiling - sum(result.awards.values())
    return result.awards


def squares() -> list[dict[str, Any]]:
    """Bases 3,400, 5,400 and 16,200."""
    return [
        application("P1", 100, 400, 100, 900),
        application("P2", 100, 100, 100, 100, 100, 100, 400),
        application("P3", 100, 900, 100, 900, 100, 900, 400),
    ]


def test_qf_pot_is_in_proportion_to_the_base() -> None:
    assert pot(POT, *squares()) == {"P1": 1360, "P2": 2160, "P3": 6480}


def test_qf_pot_gives_everybody_their_claim_when_it_fits() -> None:
    assert pot(POT, *squares(), ceiling=10**6) == {"P1": 3400, "P2": 5400, "P3": 16200}


def test_what_a_cap_keeps_from_one_goes_to_the_others_in_proportion() -> None:
    amounts = pot(POT, *squares(), caps={"project_cents": 5000})
    assert amounts == {"P1": 1932, "P2": 3068, "P3": 5000}


def test_qf_pot_weighs_by_the_factor() -> None:
    entries = [application("A", 100, 100, groups=["g"]), application("B", 100, 100)]
    amounts = pot(POT, *entries, ceiling=100, equity={"groups": {"g": 3}})
    assert amounts == {"A": 75, "B": 25}


def test_fill_goes_beyond_the_claim_up_to_the_cap_or_the_ceiling() -> None:
    fill = {**POT, "fill": True}
    assert pot(fill, *squares(), ceiling=50000) == {"P1": 6800, "P2": 10800, "P3": 32400}
    amounts = pot(fill, *squares(), ceiling=50000, caps={"project_cents": 9000})
    assert amounts == {"P1": 9000, "P2": 9000, "P3": 9000}
    assert pot(fill, application("A", 1, 1), ceiling=777) == {"A": 777}


def test_fill_may_lift_a_claim_that_was_rounded_to_nothing() -> None:
    tiny = {"kind": "qf", "pair_bound_cents": 1}
    applications = [application("A", gift("a", 1), gift("b", 1)), application("B")]
    result = decide(rules(tiny, {**POT, "fill": True}, ceiling_cents=50), *applications)
    assert result.awards == {"A": 50, "B": 0}


def test_base_0_or_a_refused_application_gets_nothing_even_with_fill() -> None:
    require = [{"field": "goal_cents", "op": ">=", "value": 10**6, "reason": "groot"}]
    entries = [
        application("A", 100),
        application("B", 100, 100, goal=500),
        application("C", 100, 100),
    ]
    for divide in (POT, {**POT, "fill": True}):
        amounts = pot(divide, *entries, ceiling=150, require=require)
        assert amounts == {"A": 0, "B": 0, "C": 150}


def test_nothing_to_divide() -> None:
    for divide in ("arrival", "proportional", "waterfill"):
        assert awards(divide) == {}
        assert awards(divide, application("A")) == {"A": 0}
    assert pot(POT) == {}


def test_known_and_accepted_a_larger_pot_can_cost_a_cent() -> None:
    entries = [application("A", 6), application("B", 6), application("C", 2)]
    assert awards("proportional", *entries, ceiling=10) == {"A": 4, "B": 4, "C": 2}
    assert awards("proportional", *entries, ceiling=11) == {"A": 5, "B": 5, "C": 1}


def test_sharing_takes_any_limits_and_weights() -> None:
    """What sums in a database or arrays deliver is enough: no gifts are needed."""
    stakes = [Stake(str(i), 10 + i, Fraction(1 + i % 3)) for i in range(2000)]
    shares = share_out(stakes, 500_000)
    assert sum(shares.cents.values()) == 500_000
    assert shares.level is not None
    for stake in stakes:
        exact = min(Fraction(stake.limit_cents), shares.level * stake.weight)
        assert 0 <= exact - shares.cents[stake.id] + 1 <= 2
