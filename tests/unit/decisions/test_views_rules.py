"""Which decisions need views first, and how heavy they may be. Pure."""

from datetime import date

import pytest

from voorjebuurt.decisions.rules.grounds import GROUNDS, grounds_for
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.views import ALWAYS, Content, covers, is_over, needs_views

ABOUT_APPLICANT = {
    "will_not_happen",
    "will_not_comply",
    "will_not_account",
    "false_application",
    "insolvent",
    "de_minimis",
}
"""Awb 4:35, and aid that somebody had elsewhere: the list that the database has as well."""


def test_which_grounds_rest_on_facts_about_the_applicant() -> None:
    assert {code for code, ground in GROUNDS.items() if ground.about_applicant} == ABOUT_APPLICANT
    for code in GROUNDS.keys() - ABOUT_APPLICANT:
        assert not needs_views("refusal", [code])
    assert needs_views("refusal", ["requirement", "insolvent"])
    assert needs_views("partial_award", ["de_minimis"])
    assert not needs_views("partial_award", ["ceiling", "rule"])


@pytest.mark.parametrize("kind", sorted(ALWAYS))
def test_what_takes_money_back_needs_views_whatever_the_ground(kind: str) -> None:
    assert all(needs_views(kind, [ground.code]) for ground in grounds_for(kind))


@pytest.mark.parametrize("kind", ["award", "determination"])
def test_what_gives_all_that_was_asked_needs_none(kind: str) -> None:
    assert not needs_views(DecisionKind(kind), [])


def content(kind: str, cents: int, *grounds: str) -> Content:
    return Content(kind, cents, frozenset(grounds))


@pytest.mark.parametrize(
    ("intention", "decision", "is_covered"),
    [
        (content("refusal", 0, "insolvent"), content("refusal", 0, "insolvent"), True),
        (content("refusal", 0, "insolvent"), content("refusal", 0, "insolvent", "rule"), True),
        (content("refusal", 0, "insolvent"), content("refusal", 0, "will_not_happen"), False),
        (content("refusal", 0, "de_minimis"), content("partial_award", 5, "de_minimis"), True),
        (content("partial_award", 5, "de_minimis"), content("refusal", 0, "de_minimis"), False),
        (
            content("partial_award", 5, "de_minimis"),
            content("partial_award", 4, "de_minimis"),
            False,
        ),
        (
            content("lower_determination", 5, "not_done"),
            content("lower_determination", 6, "not_done"),
            True,
        ),
        (
            content("lower_determination", 5, "not_done"),
            content("lower_determination", 4, "not_done"),
            False,
        ),
        (
            content("lower_determination", 5, "not_done"),
            content("lower_determination", 5, "false_data"),
            False,
        ),
        (
            content("lower_determination", 5, "not_done"),
            content("withdrawal", 0, "not_done"),
            False,
        ),
        (content("clawback", 5, "overpaid"), content("clawback", 5, "overpaid"), True),
        (content("clawback", 5, "overpaid"), content("clawback", 6, "overpaid"), False),
    ],
)
def test_a_decision_is_no_heavier_than_what_was_intended(
    intention: Content, decision: Content, is_covered: bool
) -> None:
    assert covers(intention, decision) == is_covered


@pytest.mark.parametrize(
    ("status", "today", "over"),
    [
        ("open", date(2026, 6, 15), False),
        ("open", date(2026, 6, 16), True),
        ("answered", date(2026, 6, 2), True),
        ("waived", date(2026, 6, 2), True),
        ("dropped", date(2026, 7, 2), False),
    ],
)
def test_a_decision_follows_views_or_the_end_of_their_term(
    status: str, today: date, over: bool
) -> None:
    assert is_over(status, date(2026, 6, 15), today) == over
