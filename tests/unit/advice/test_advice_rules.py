"""One thing first: what somebody waits for, then what has a last day, then what helps most."""

from dataclasses import replace
from datetime import date

import pytest

from voorjebuurt.advice.rules import Advice, Situation, advice_for
from voorjebuurt.campaigns.rules import CampaignStatus

CALM = Situation(
    status=CampaignStatus.LIVE,
    takes_gifts=True,
    days_open=10,
    days_left=20,
    end_days=None,
    donors=40,
    percent=50,
    goal_percent=40,
    questions=0,
    offers=0,
    update_days=5,
    gifts=0,
    deliveries=0,
    has_payee=False,
    has_plan=True,
    accounting_by=None,
)
"""A campaign of which nothing has to be done but to tell more people."""
WON = replace(
    CALM,
    status=CampaignStatus.SUCCEEDED,
    takes_gifts=False,
    days_left=-5,
    end_days=5,
    update_days=2,
    percent=120,
    has_payee=True,
)
"""One that succeeded, and of which nothing has to be done."""


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({}, Advice.SHARE),
        ({"questions": 2, "donors": 0, "days_left": 1}, Advice.ANSWER),
        ({"offers": 1, "donors": 0}, Advice.OFFER),
        ({"donors": 9}, Advice.START),
        ({"donors": 10}, Advice.SHARE),
        ({"days_left": 6, "donors": 0}, Advice.FINISH),
        ({"days_left": 7}, Advice.SHARE),
        ({"days_left": 0, "percent": 100, "has_payee": True}, Advice.SHARE),
        ({"update_days": 14}, Advice.UPDATE),
        ({"update_days": 13}, Advice.SHARE),
        ({"update_days": None, "days_open": 4}, Advice.UPDATE),
        ({"update_days": None, "days_open": 3}, Advice.SHARE),
        ({"percent": 80}, Advice.PAYEE),
        ({"percent": 80, "has_payee": True}, Advice.SHARE),
        ({"gifts": 5}, Advice.THANKS),
        ({"gifts": 4}, Advice.SHARE),
    ],
)
def test_while_a_campaign_runs(changes: dict[str, object], first: Advice) -> None:
    assert advice_for(replace(CALM, **changes))[0] is first  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "advice"),
    [
        ({}, []),
        ({"has_payee": False, "questions": 1}, [Advice.PAYEE, Advice.ANSWER]),
        ({"accounting_by": date(2026, 5, 1), "gifts": 1}, [Advice.ACCOUNTING, Advice.THANKS]),
        ({"deliveries": 3}, [Advice.REWARD]),
        ({"update_days": 6}, [Advice.UPDATE]),
        ({"update_days": None}, [Advice.UPDATE]),
        ({"update_days": 89, "end_days": 200}, []),
        ({"update_days": 90, "end_days": 200}, [Advice.UPDATE]),
        ({"update_days": 300, "end_days": 366}, []),
    ],
)
def test_after_the_success(changes: dict[str, object], advice: list[Advice]) -> None:
    assert advice_for(replace(WON, **changes)) == advice  # type: ignore[arg-type]


def test_while_giving_is_paused_nobody_is_asked_to_bring_donors() -> None:
    pause = replace(CALM, takes_gifts=False, donors=0, days_left=2)
    assert advice_for(pause) == []


def test_in_a_second_chance_its_plan_comes_first() -> None:
    near = replace(WON, status=CampaignStatus.NEAR_MISS, questions=1)
    assert advice_for(replace(near, has_plan=False)) == [Advice.PLAN, Advice.ANSWER]
    assert advice_for(replace(near, takes_gifts=True)) == [Advice.ANSWER, Advice.SHARE]


def test_who_did_not_make_it_tells_why_once() -> None:
    miss = replace(WON, status=CampaignStatus.FAILED, update_days=9)
    assert advice_for(miss) == [Advice.UPDATE]
    assert advice_for(replace(miss, update_days=1)) == []
    assert advice_for(replace(miss, status=CampaignStatus.CLOSING)) == []


@pytest.mark.parametrize("status", ["draft", "submitted", "cancelled", "withdrawn"])
def test_a_campaign_that_does_not_run_has_no_advice(status: str) -> None:
    state = CampaignStatus(status)
    assert advice_for(replace(CALM, status=state, questions=1, donors=0)) == []


def test_no_advice_comes_twice() -> None:
    everything = replace(
        CALM, questions=1, offers=1, donors=1, days_left=1, update_days=20, percent=90, gifts=9
    )
    advice = advice_for(everything)
    assert len(advice) == len(set(advice)) == 8


@pytest.mark.parametrize("status", list(CampaignStatus))
def test_a_municipality_that_asks_for_views_comes_first(status: CampaignStatus) -> None:
    """It has a last day, and money hangs on it; whatever else waits."""
    situation = replace(CALM, status=status, questions=3, has_payee=False)
    assert Advice.VIEWS not in advice_for(situation)
    assert advice_for(replace(situation, views_by=date(2026, 12, 14)))[0] is Advice.VIEWS
