"""What must hold for all rules and all facts."""

import json
import random
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support import matching_strategies as some
from tests.support.rules_and_facts import RATIO, application, as_read, decide, gift, outcome, rules
from voorjebuurt.kernel.catalogues import languages
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.evaluation import Outcome
from voorjebuurt.rulebook.explanation.sentences import sentences
from voorjebuurt.rulebook.texts.wording import say_all
from voorjebuurt.rulebook.values import jsontext

CLAIMS = st.lists(st.integers(0, 60), min_size=1, max_size=8)
"""Claims by a ratio of 1:1, one donor each."""


def limits_of(ruleset: Any, result: Outcome) -> dict[str, int]:
    read_rules = read_ruleset(as_read(ruleset), indicators=["p_hh_120"])
    return {key: read_rules.limit_cents(case.claim) for key, case in result.cases.items()}


@given(some.closing_rules(), some.facts())
def test_awards_stay_within_ceiling_and_claims(ruleset: Any, facts: Any) -> None:
    result = outcome(ruleset, facts)
    assert sum(result.awards.values()) + result.left_cents == ruleset["ceiling_cents"]
    assert result.left_cents >= 0
    limits = limits_of(ruleset, result)
    for key, award in result.awards.items():
        assert 0 <= award <= limits[key]
        if not ruleset["divide"].get("fill"):
            assert award <= result.claims[key]


@given(some.live_rules(), some.facts(live=True))
def test_live_awards_stay_within_ceiling_and_claims(ruleset: Any, facts: Any) -> None:
    result = outcome(ruleset, facts)
    assert sum(result.awards.values()) + result.left_cents == ruleset["ceiling_cents"]
    assert result.left_cents >= 0
    assert result.steps is not None
    for key, award in result.awards.items():
        assert 0 <= award <= result.claims[key]
        assert award == sum(step.match_cents for step in result.steps if step.application == key)


@given(some.closing_rules(), some.facts())
def test_shared_pots_are_used_to_the_cent(ruleset: Any, facts: Any) -> None:
    result = outcome(ruleset, facts)
    if ruleset["divide"]["kind"] in ("proportional", "waterfill"):
        total = min(ruleset["ceiling_cents"], sum(result.claims.values()))
        assert sum(result.awards.values()) == total


@given(
    st.one_of(
        st.tuples(some.closing_rules(), some.facts()),
        st.tuples(some.live_rules(), some.facts(live=True)),
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_listing_changes_nothing(case: Any, shuffle: random.Random) -> None:
    ruleset, facts = case
    entries = list(facts["applications"])
    shuffle.shuffle(entries)
    areas = dict(shuffle.sample(sorted(facts["areas"].items()), len(facts["areas"])))
    result = outcome(ruleset, {**facts, "applications": entries, "areas": areas})
    assert json.dumps(result.as_json()) == json.dumps(outcome(ruleset, facts).as_json())


def awards(divide: Any, claims: list[int], ceiling: int, weights: list[Any]) -> list[int]:
    """Awards for claims as they are; ``weights`` become factors on a base that undoes them."""
    applications = [
        application(str(i), *([cents] if cents else []), groups=[f"g{weight}"])
        for i, (cents, weight) in enumerate(zip(claims, weights, strict=True))
    ]
    groups = {f"g{weight}": weight for weight in weights}
    ruleset = rules(divide=divide, ceiling_cents=ceiling, equity={"groups": groups})
    amounts = decide(ruleset, *applications).awards
    return [amounts[str(i)] for i in range(len(claims))]


@given(st.data())
def test_a_higher_claim_never_lowers_your_own_award(data: Any) -> None:
    by_weight = {"kind": "waterfill", "weights": "equity"}
    kinds = ({"kind": "proportional"}, {"kind": "waterfill"}, by_weight, {"kind": "arrival"})
    divide = data.draw(st.sampled_from(kinds))
    claims = data.draw(CLAIMS)
    ceiling = data.draw(st.integers(1, 150))
    lifts = st.sampled_from((1, "5/4", "3/2", "7/3"))
    weights = data.draw(st.lists(lifts, min_size=len(claims), max_size=len(claims)))
    mine = data.draw(st.integers(0, len(claims) - 1))
    higher = [*claims]
    higher[mine] += data.draw(st.integers(1, 40))
    before = awards(divide, claims, ceiling, weights)[mine]
    assert awards(divide, higher, ceiling, weights)[mine] >= before


@given(some.facts(), some.RATIOS, st.integers(1, 3000), st.data())
def test_splitting_a_donor_changes_a_plain_ratio_not_at_all(
    facts: Any, ratio: Any, ceiling: int, data: Any
) -> None:
    ruleset = rules({"kind": "ratio", "ratio": ratio}, "waterfill", ceiling_cents=ceiling)
    before = outcome(ruleset, facts)
    many_facts = json.loads(json.dumps(facts))
    for case in many_facts["applications"]:
        for index, each in enumerate(list(case["contributions"])):
            part = data.draw(st.integers(0, each["amount_cents"] - 1))
            if part:
                each["amount_cents"] -= part
                half = {**each, "donor": f"{each['donor']}{index}", "amount_cents": part}
                case["contributions"].append(half)
    after = outcome(ruleset, many_facts)
    assert (after.claims, after.awards) == (before.claims, before.awards)


@given(some.closing_rules(), some.facts(), st.data())
def test_missing_figures_never_refuse(ruleset: Any, facts: Any, data: Any) -> None:
    for area in facts["areas"].values():
        values = area.get("values", {})
        for indicator in list(values):
            absence = data.draw(st.sampled_from(("null", "absent", "kept")))
            if absence == "null":
                values[indicator] = None
            elif absence == "absent":
                del values[indicator]
    if data.draw(st.booleans()):
        facts["areas"].pop("WK1", None)
    result = outcome(ruleset, facts)
    assert all(case.factor.value >= 1 for case in result.cases.values())
    without = {key: value for key, value in facts.items() if key != "areas"}
    assert all(case.factor.by_area == 1 for case in outcome(ruleset, without).cases.values())


def reordered(value: Any) -> Any:
    """The same JSON with its keys the other way round."""
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(item) for item in value] if isinstance(value, list) else value


@given(some.closing_rules(), some.facts())
def test_the_same_snapshot_and_hash_give_the_same_awards_and_letter(
    ruleset: Any, facts: Any
) -> None:
    first, again = outcome(ruleset, facts), outcome(reordered(ruleset), reordered(facts))
    assert first.ruleset_sha256 == again.ruleset_sha256
    assert json.dumps(first.as_json()) == json.dumps(again.as_json())


@given(
    st.one_of(
        st.tuples(some.closing_rules(), some.facts()),
        st.tuples(some.live_rules(), some.facts(live=True)),
    )
)
def test_every_outcome_can_be_told_in_every_language(case: Any) -> None:
    ruleset, facts = case
    read_rules = read_ruleset(as_read(ruleset), indicators=["p_hh_120"])
    everything = [
        say_all(sentences(read_rules)),
        *outcome(ruleset, facts).as_json()["reasons"].values(),
    ]
    for texts in everything:
        assert texts.keys() == set(languages())
        for text in texts.values():
            assert text
            assert all(text and text[-1] in ".…”" and "{" not in text for text in text)


@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=30), st.integers(1, 10**6))
def test_a_pair_bound_only_lowers_and_a_wide_one_hardly(gifts: list[int], strength: int) -> None:
    subject = application("A", *gifts)
    free = decide(rules({"kind": "qf"}), subject).claims["A"]
    narrow = decide(rules({"kind": "qf", "pair_bound_cents": strength}), subject).claims["A"]
    wide = decide(rules({"kind": "qf", "pair_bound_cents": 2**53 - 1}), subject).claims["A"]
    assert 0 < narrow <= wide <= free


@given(st.dictionaries(st.text(max_size=4), st.one_of(st.integers(), st.text(), st.none())))
def test_canonical_json_can_be_read_again(data: Any) -> None:
    whole = {key: value for key, value in data.items() if not isinstance(value, int)}
    small = {key: value for key, value in data.items() if isinstance(value, int)}
    both = whole | {key: value % 2**53 for key, value in small.items()}
    assert jsontext.parse(jsontext.canonical(both)) == both


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_canonical_numbers_are_the_shortest_that_give_the_same_double(value: float) -> None:
    text = jsontext.number(Decimal(repr(value)))
    assert float(text) == value
    assert len(text) <= len(repr(value)) + 21


def test_the_sum_of_many_small_gifts_is_aggregated_once() -> None:
    gifts = [gift(f"d{i % 500}", 1 + i % 7) for i in range(5000)]
    result = decide(rules(RATIO), application("A", *gifts))
    assert result.claims["A"] == sum(part["amount_cents"] for part in gifts)
    assert result.cases["A"].measures.donors == 500
