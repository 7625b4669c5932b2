"""The most that a live fund's rules come to: known before any gift, and never too low."""

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support import matching_strategies as strategies
from tests.support.profiles import slow
from tests.support.rules_and_facts import as_read
from voorjebuurt.rulebook.evaluation import read
from voorjebuurt.rulebook.facts import Facts
from voorjebuurt.rulebook.figures.factor import factors
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.live import Allocator
from voorjebuurt.rulebook.maximum import Maximum, maximum_of, maximum_reasons
from voorjebuurt.rulebook.ruleset import Ruleset
from voorjebuurt.rulebook.texts.wording import say_all

CASES = st.tuples(strategies.live_rules(), strategies.facts(live=True))
INDICATORS = ("p_hh_120", "ses_woa")


def maximums(rules: Ruleset, facts: Facts, left_cents: int) -> dict[str, Maximum]:
    """Of every application, with this much in the pot."""
    by_key = factors(rules.equity, facts.applications, facts.areas)
    return {
        each.id: maximum_of(rules, each, by_key[each.id], left_cents=left_cents)
        for each in facts.applications
    }


def read_case(case: tuple[dict[str, Any], dict[str, Any]]) -> tuple[Ruleset, Facts]:
    return read(as_read(case[0]), as_read(case[1]), indicators=INDICATORS)


@slow(150)
@given(case=CASES)
def test_only_the_goal_and_the_ceiling_are_below_what_gifts_can_claim(
    case: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    rules, facts = read_case(case)
    by_key = factors(rules.equity, facts.applications, facts.areas)
    fund = Allocator(rules, facts.applications, by_key)
    most = maximums(rules, facts, rules.ceiling_cents)
    for application in facts.applications:
        for position, gift in enumerate(facts.gifts[application.id]):
            fund.accept(application.id, position, gift)
        claim = fund.claim(application.id).cents
        bound = min(claim, application.goal_cents, rules.ceiling_cents)
        assert bound <= most[application.id].claim_cents


@slow(150)
@given(case=CASES, lefts=st.lists(st.integers(0, 5_000), min_size=2, max_size=2))
def test_it_is_within_the_pot_and_more_in_the_pot_is_never_less(
    case: tuple[dict[str, Any], dict[str, Any]], lefts: list[int]
) -> None:
    rules, facts = read_case(case)
    less, more = (maximums(rules, facts, cents) for cents in sorted(lefts))
    for key, maximum in less.items():
        assert 0 <= maximum.cents <= min(maximum.claim_cents, min(lefts))
        assert maximum.cents <= more[key].cents
        assert maximum.claim_cents == more[key].claim_cents


@slow(150)
@given(case=CASES)
def test_with_gifts_held_to_it_no_ceiling_and_no_maximum_is_passed(
    case: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    rules, facts = read_case(case)
    by_key = factors(rules.equity, facts.applications, facts.areas)
    fund = Allocator(rules, facts.applications, by_key)
    most = maximums(rules, facts, rules.ceiling_cents)
    for application in facts.applications:
        for position, gift in enumerate(facts.gifts[application.id]):
            pot = rules.ceiling_cents - sum(fund.reserved.values())
            room = most[application.id].cents - fund.reserved[application.id]
            fund.left_cents = min(pot, room)
            fund.accept(application.id, position, gift)
    assert sum(fund.reserved.values()) <= rules.ceiling_cents
    assert all(fund.reserved[key] <= maximum.cents for key, maximum in most.items())


@slow(60)
@given(case=CASES)
def test_every_step_is_told_in_both_languages(
    case: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    rules, facts = read_case(case)
    by_key = factors(rules.equity, facts.applications, facts.areas)
    for application in facts.applications:
        maximum = maximum_of(rules, application, by_key[application.id], left_cents=1_234)
        steps = maximum_reasons(rules, application, by_key[application.id], maximum)
        assert steps[-1].key == "maximum"
        texts = say_all(steps)
        assert len(texts["nl"]) == len(texts["en"]) == len(steps)


def test_a_fixed_award_is_its_own_maximum() -> None:
    rules, facts = read(
        {
            "schema": "matchregel/1",
            "moment": "live",
            "ceiling_cents": 100_000,
            "base": {"kind": "threshold", "min_donors": 2, "award_cents": 4_000},
            "divide": {"kind": "arrival"},
        },
        {
            "applications": [
                {
                    "id": "a",
                    "received_at": "2026-03-01T09:30:00+01:00",
                    "goal_cents": 50_000,
                    "contributions": [],
                }
            ]
        },
        indicators=(),
    )
    (maximum,) = maximums(rules, facts, 100_000).values()
    assert (maximum.claim_cents, dict(maximum.bounds)["base"]) == (4_000, 4_000)
    assert rules.base.most(facts.applications[0]) == rules.base.compute(
        facts.applications[0], Measures(donors=2), Fraction(0)
    )
