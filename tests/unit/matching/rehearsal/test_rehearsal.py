"""Rules beside the rules they would replace: who gains, who falls out, and where it goes."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given

from tests.support import matching_strategies as some
from tests.support.rehearsals import BESIDE, LIFTING, PLAIN, POOR, facts, report
from tests.support.rules_and_facts import application, as_read, rules
from voorjebuurt.matching.rehearsal.comparison import Change, change_of
from voorjebuurt.matching.rehearsal.inputs import read_all
from voorjebuurt.matching.rehearsal.report import thousandths
from voorjebuurt.matching.rehearsal.spread import spread
from voorjebuurt.matching.rehearsal.tables import lines
from voorjebuurt.rulebook.parsing.faults import RefusedError

"""Every example is two decisions."""


def total(rows: list[dict[str, Any]], key: str) -> int:
    return sum(row[key] for row in rows)


@given(some.closing_rules(), some.closing_rules(), some.facts())
def test_campaigns_neighbourhoods_and_bands_add_up_to_the_same(
    ruleset: dict[str, Any], other: dict[str, Any], given_facts: dict[str, Any]
) -> None:
    result = report(ruleset, other, given_facts)
    bands = [*result["bands"]["rows"], result["bands"]["unplaced"]]
    against = result["against"]["awarded_cents"]
    for key, whole in (
        ("award_cents", result["rules"]["awarded_cents"]),
        ("against_cents", against),
        ("difference_cents", result["rules"]["awarded_cents"] - against),
    ):
        assert total(result["neighbourhoods"], key) == whole
        assert total(bands, key) == whole
    assert total(result["campaigns"], "award_cents") == result["rules"]["awarded_cents"]
    assert sum(row["against"]["award_cents"] for row in result["campaigns"]) == against


@given(some.closing_rules(), some.facts())
def test_rules_beside_themselves_differ_in_nothing(
    ruleset: dict[str, Any], given_facts: dict[str, Any]
) -> None:
    result = report(ruleset, ruleset, given_facts)
    assert result["rules"] == result["against"]
    for row in result["campaigns"]:
        assert row["difference_cents"] == 0
        assert row["change"] in ("same", "nothing")
        assert row["reasons"] == row["against"]["reasons"]
    assert {row["difference_cents"] for row in result["neighbourhoods"]} <= {0}


@given(some.live_rules(), some.live_rules(), some.facts(live=True))
def test_live_rules_can_be_rehearsed(
    ruleset: dict[str, Any], other: dict[str, Any], given_facts: dict[str, Any]
) -> None:
    result = report(ruleset, other, given_facts)
    assert total(result["campaigns"], "award_cents") == result["rules"]["awarded_cents"]
    assert result["rules"]["live"]


def test_who_gains_who_loses_and_who_falls_out() -> None:
    result = report(LIFTING, PLAIN, facts(), BESIDE)
    changes = {
        row["title"]: (row["change"], row["difference_cents"]) for row in result["campaigns"]
    }
    assert changes == {
        "Een bank": ("falls_out", -35_000),
        "Een tuin": ("gains", 15_125 - 5_000),
        "Een feest": ("comes_in", 7_500),
        "Een koor": ("comes_in", 5_000),
    }
    loser = result["campaigns"][0]
    assert loser["refused"]
    assert "Te weinig donateurs." in " ".join(loser["reasons"]["nl"])
    assert not loser["against"]["refused"]
    assert result["campaigns"][1]["areas"] == ["Lindenveld", "De Vaart"]
    assert "Lindenveld" in " ".join(result["campaigns"][1]["reasons"]["nl"])


def test_what_is_left_and_who_was_refused() -> None:
    result = report(LIFTING, PLAIN, facts())
    mine, other = result["rules"], result["against"]
    assert (mine["awarded_cents"], mine["left_cents"]) == (27_625, 12_375)
    assert (mine["awarded"], mine["refused"], mine["nothing_left"]) == (3, 1, 0)
    (refusal,) = mine["refusals"]
    assert refusal["reason"] == "te weinig donateurs"
    assert refusal["needed"] == {"nl": "minstens 2 donateurs", "en": "at least 2 donors"}
    assert refusal["applications"] == 1
    assert (other["left_cents"], other["short"], other["nothing_left"]) == (0, 3, 2)


def test_money_by_band_beside_the_residents_of_that_band() -> None:
    bands = report(LIFTING, PLAIN, facts(), BESIDE)["bands"]
    amounts = [
        (row["award_cents"], row["against_cents"], row["residents"]) for row in bands["rows"]
    ]
    assert amounts == [(7_563, 2_500, 1000), (15_062, 2_500, 1000), (0, 35_000, 2000)]
    assert (bands["unplaced"]["award_cents"], bands["unplaced"]["campaigns"]) == (5_000, 1)
    lowest = bands["lowest_total"]
    assert bands["lowest"] == 2
    assert (lowest["award_share"], lowest["against_share"]) == (819, 125)
    assert lowest["residents_share"] == 500
    assert (bands["residents"], bands["residents_missing"]) == (4000, 0)


def test_a_figure_of_the_wijk_says_so() -> None:
    places = {row["name"]: row for row in report(LIFTING, None, facts(), BESIDE)["neighbourhoods"]}
    place = places["De Vaart"]
    assert (place["figure"], place["borrowed"], place["figure_of"]) == (
        "91/5",
        True,
        "Oost",
    )
    assert not places["Lindenveld"]["borrowed"]
    assert places[None]["band"] is None


def test_no_money_at_all_to_the_lowest_bands_is_told_too() -> None:
    rich_first = {**facts(), "applications": facts()["applications"][:2]}
    text = "\n".join(lines(report(LIFTING, {**PLAIN, "ceiling_cents": 100}, rich_first, BESIDE)))
    assert "get 100.0% of the money (against 0.0%); 50.0% of the residents" in text


def test_unknown_residents_are_not_made_up() -> None:
    bands = report(LIFTING, PLAIN, facts())["bands"]
    assert (bands["residents"], bands["residents_missing"]) == (None, 3)
    assert {row["residents_share"] for row in bands["rows"]} == {None}
    assert bands["rows"][0]["award_share"] is not None


def test_without_rules_to_compare_there_are_no_differences_to_tell() -> None:
    result = report(LIFTING, None, facts())
    assert result["against"] is None
    assert {row["difference_cents"] for row in result["campaigns"]} == {None}
    assert result["bands"]["rows"][0]["against_share"] is None


def test_nothing_given_is_no_share() -> None:
    result = report(LIFTING, PLAIN, {"applications": [application("A", area={POOR: 1})]})
    assert result["bands"]["unplaced"]["award_share"] is None
    assert result["campaigns"][0]["change"] == "nothing"


def test_cents_are_spread_to_the_last_one() -> None:
    third = Fraction(1, 3)
    assert spread(100, {"b": third, "a": third, "c": third}) == {"a": 34, "b": 33, "c": 33}
    assert spread(100, {"b": Fraction(1), "a": Fraction(0)}) == {"b": 100, "a": 0}


@pytest.mark.parametrize(
    ("award", "against", "change"),
    [
        (0, 0, Change.NOTHING),
        (1, 1, Change.SAME),
        (2, 1, Change.GAINS),
        (1, 2, Change.LOSES),
        (0, 2, Change.FALLS_OUT),
        (2, 0, Change.COMES_IN),
    ],
)
def test_what_became_of_one(award: int, against: int, change: Change) -> None:
    assert change_of(award, against) is change


def test_shares_round_half_up() -> None:
    assert [thousandths(part, 2000) for part in (0, 1, 2, 3, 2000)] == [0, 1, 1, 2, 1000]
    assert thousandths(0, 0) is None


def test_faults_of_everything_are_told_at_once() -> None:
    bad_facts = {"applications": [{"id": "A"}]}
    with pytest.raises(RefusedError) as error:
        read_all({}, as_read(rules(ceiling_cents=0)), as_read(bad_facts), indicators=[])
    paths = [fault.path for fault in error.value.faults]
    assert "rules.schema" in paths
    assert "against.ceiling_cents" in paths
    assert "facts.applications[0].goal_cents" in paths
    assert len(paths) == len(set(paths))


def test_a_live_rule_needs_to_know_when_gifts_were_paid() -> None:
    live, closing = as_read(rules(divide="arrival", moment="live")), as_read(PLAIN)
    for mine, other in ((live, None), (live, closing), (closing, live), (live, live)):
        with pytest.raises(RefusedError) as error:
            read_all(mine, other, as_read(facts()), indicators=["p_hh_120"])
        assert {fault.code for fault in error.value.faults} == {"paid_at_missing"}


@pytest.mark.parametrize(
    ("changes", "reads"),
    [
        ({}, []),
        ({"equity": {"groups": {"minima": 2}}}, ["groups"]),
        ({"divide": "tender"}, ["score"]),
        (
            {"require": [{"field": "groups", "op": "any", "value": ["minima"], "reason": "x"}]},
            ["groups"],
        ),
    ],
)
def test_what_somebody_must_have_judged_is_told(
    changes: dict[str, dict[str, dict[str, int]]]
    | dict[str, str]
    | dict[str, list[dict[str, Sequence[str]]]],
    reads: list[str],
) -> None:
    assert report(rules(**changes), None, facts())["rules"]["reads"] == reads
