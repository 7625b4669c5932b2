"""Small cases together: one officer checks and proposes, another approves, each in one go."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import (
    Town,
    admitted,
    applied,
    divided,
    officer,
    town,
    town_divided,
)
from tests.support.promised import from_the_start
from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.decisions.cases.stakes import declare_stake
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.small_cases import small_cases
from voorjebuurt.decisions.rules.terms import DAYS_BEFORE_END
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.rulings.small_cases import (
    Together,
    approve_together,
    check_and_propose,
    determine_together,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application
from voorjebuurt.places.models import Neighbourhood

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
SMALL: list[dict[str, Any]] = [
    {"from_cents": 0, "way": "direct"},
    {"from_cents": 20_000, "way": "ex_officio"},
    {"from_cents": 60_000, "way": "costs"},
]


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with clock.at(NOW):
        yield


def three(session: Session) -> tuple[Town, list[Application]]:
    """A divided fund with three applications, of € 100, € 300 and € 1,000."""
    case = town(session, draft_arrangements=SMALL)
    others = []
    for _ in range(2):
        campaign = CampaignFactory(
            status="succeeded",
            goal_cents=10_000_000,
            neighbourhood=session.get_one(Neighbourhood, case.campaign.neighbourhood_id),
        )
        others.append(applied(session, case.fund, campaign))
    rows = [case.application, *others]
    for row in rows:
        admitted(session, row, case.olga)
    claims = dict(zip((row.id for row in rows), (10_000, 30_000, 100_000), strict=True))
    divided(session, case.fund, claims)
    return case, rows


def proposed(session: Session) -> list[Decision]:
    statement = select(Decision).where(Decision.status == "proposed")
    return list(session.scalars(statement.order_by(Decision.amount_cents)))


def check(session: Session, case: Town, rows: list[Application], by: Actor) -> Together:
    return check_and_propose(
        session, fund_id=case.fund.id, application_ids=[row.id for row in rows], actor=by
    )


def approve(session: Session, case: Town, by: Actor) -> Together:
    return approve_together(
        session,
        fund_id=case.fund.id,
        decision_ids=[decision.id for decision in proposed(session)],
        recall_minutes=0,
        actor=by,
    )


def codes(outcome: Together) -> list[str]:
    return [error.code for _number, error in outcome.left]


def test_small_ones_are_proposed_and_approved_in_one_go_each(session: Session) -> None:
    case, rows = three(session)
    waiting = small_cases(session, case.fund.id, case.olga)
    assert [row.cents for row in waiting.to_check] == [10_000, 30_000]
    assert check(session, case, rows[:2], case.olga).done == 2
    assert [row.cents for row in small_cases(session, case.fund.id, case.piet).to_approve] == [
        10_000,
        30_000,
    ]
    decisions = proposed(session)
    assert approve(session, case, case.piet).done == 2
    for decision in decisions:
        assert send_decision(session, decision_id=decision.id)
    assert [row.status for row in rows] == ["determined", "awarded", "admitted"]


def test_a_case_that_is_not_small_is_left_and_said(session: Session) -> None:
    case, rows = three(session)
    outcome = check(session, case, rows, case.olga)
    assert (outcome.done, codes(outcome)) == (2, ["case_not_small"])
    assert outcome.left[0][0] == rows[2].number


def test_who_proposed_does_not_approve_and_the_others_go_on(session: Session) -> None:
    case, rows = three(session)
    check(session, case, rows[:1], case.olga)
    check(session, case, rows[1:2], case.piet)
    outcome = approve(session, case, case.piet)
    assert (outcome.done, codes(outcome)) == (1, ["own_decision"])
    assert {decision.status for decision in session.scalars(select(Decision))} == {
        "approved",
        "proposed",
    }


def test_mandate_and_stake_hold_in_a_batch_too(session: Session) -> None:
    case, rows = three(session)
    check(session, case, rows[:2], case.olga)
    little = officer(session, case.fund.municipality_id, "Lies", mandate=20_000)
    assert codes(approve(session, case, little)) == ["mandate_too_low"]
    other, more = three(session)
    declare_stake(session, application_id=more[0].id, reason="Mijn straat.", actor=other.olga)
    assert codes(check(session, other, more[:2], other.olga)) == ["has_stake"]


def test_what_was_found_not_to_be_met_stays_so(session: Session) -> None:
    case = town(session, draft_arrangements=SMALL)
    mark_item(
        session,
        application_id=case.application.id,
        item="De begroting klopt",
        is_met=False,
        note="Er mist een offerte.",
        actor=case.piet,
    )
    (row,) = small_cases(session, case.fund.id, case.olga).to_check
    assert row.open_items == ("De begroting klopt",)
    outcome = check(session, case, [case.application], case.olga)
    assert (outcome.done, codes(outcome)) == (0, ["checklist_open"])
    assert case.application.status == "received"


def test_before_the_division_a_tick_admits(session: Session) -> None:
    case = town(session, draft_arrangements=SMALL)
    assert check(session, case, [case.application], case.olga).done == 1
    assert case.application.status == "admitted"
    assert proposed(session) == []


def test_a_live_award_is_checked_and_proposed_in_one_go(session: Session) -> None:
    case = town(
        session,
        campaign="live",
        live=True,
        draft_arrangements=SMALL,
        rules={"ceiling_cents": 50_000},
    )
    assert check(session, case, [case.application], case.olga).done == 1
    (decision,) = proposed(session)
    assert (decision.kind, decision.amount_cents) == ("award", 50_000)


def test_a_running_campaign_s_day_is_the_one_of_the_work_list(session: Session) -> None:
    """In a live fund the decision goes before the campaign ends, when that is before the term."""
    ends = NOW.date() + timedelta(days=10)
    case = town(
        session,
        campaign="live",
        live=True,
        draft_arrangements=SMALL,
        rules={"ceiling_cents": 50_000},
    )
    with from_the_start(session):
        case.campaign.deadline_on = ends
    session.flush()
    (small_case,) = small_cases(session, case.fund.id, actor=case.olga).to_check
    assert small_case.due_on == ends - timedelta(days=DAYS_BEFORE_END)
    assert small_case.due_on < case.application.decide_by
    check(session, case, [case.application], case.olga)
    (small_case,) = small_cases(session, case.fund.id, actor=case.piet).to_approve
    assert small_case.due_on == ends - timedelta(days=DAYS_BEFORE_END)


def test_those_of_another_fund_are_not_decided_here(session: Session) -> None:
    case, rows = three(session)
    elsewhere, _ = three(session)
    assert codes(check(session, elsewhere, rows[:1], elsewhere.olga)) == ["application_not_found"]
    check(session, case, rows[:1], case.olga)
    assert approve(session, elsewhere, elsewhere.piet).done == 0


def test_what_is_made_final_ex_officio_is_proposed_together(session: Session) -> None:
    """Awb 4:47."""
    case = town_divided(session, claim=30_000, draft_arrangements=SMALL)
    case.send(session, "award", 30_000)
    ids = [case.application.id]
    too_early = determine_together(
        session, fund_id=case.fund.id, application_ids=ids, actor=case.olga
    )
    assert codes(too_early) == ["ex_officio_too_early"]
    with clock.at(NOW + timedelta(weeks=27)):
        (row,) = small_cases(session, case.fund.id, case.olga).to_determine
        assert (row.cents, row.obstacle) == (30_000, None)
        outcome = determine_together(
            session, fund_id=case.fund.id, application_ids=ids, actor=case.olga
        )
        assert outcome.done == 1
        assert approve(session, case, case.piet).done == 1
        assert send_decision(
            session,
            decision_id=session.scalars(
                select(Decision.id).where(Decision.kind == "determination")
            ).one(),
        )
    assert case.application.status == "determined"
