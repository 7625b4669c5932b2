"""Decisions on a live fund: the award comes first, and its rule makes the amount of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.donor_mails import mails_of, tell_all, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import (
    applied,
    awarded_first,
    officer,
    town_fund,
)
from tests.support.giving import alerts, close, jobs_of
from tests.support.live_cases import MOST, Live, awarded, charge_back, check_all, ended, refused
from tests.support.live_funds import cents, follow
from tests.support.promised import from_the_start
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.overviews.obstacles import obstacle_to_proposal
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.proof.snapshots import Proposal, read, replay, snapshot_now
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.terms import DAYS_BEFORE_END
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.preview import decision_bounds
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.decisions.rulings.sums import sums_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable


def test_nothing_is_matched_before_the_award_is_announced(session: Session, case: Live) -> None:
    check_all(session, case)
    decision_id = case.propose(session, "award", MOST)
    assert case.application.admitted_at is not None
    approve(session, decision_id=decision_id, recall_minutes=30, actor=case.piet)
    assert follow(session, case.fund) == 0
    assert (case.match(session).match_cents, case.match(session).granted_at) == (0, None)
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert send_decision(session, decision_id=decision_id)
    assert jobs_of(session, "matching.allocate")
    assert follow(session, case.fund) == 2
    assert cents(session, case.application) == [5_000, 2_500]
    assert (case.match(session).status, case.match(session).maximum_cents) == ("awarded", MOST)


def test_an_award_needs_the_whole_checklist(session: Session, case: Live) -> None:
    refused("checklist_open", case.propose, session, "award", MOST)


def test_the_maximum_is_computed_from_the_rules_and_replays(session: Session, case: Live) -> None:
    decision = awarded(session, case)
    snapshot = read(decision.snapshot)
    assert (snapshot.basis.kind, decision.claim_cents, decision.amount_cents) == (
        "maximum",
        MOST,
        MOST,
    )
    assert replay(decision.snapshot).same
    assert snapshot.computed.reasons["nl"][-1] == "Het hoogste bedrag is €\u00a0400."


def test_what_is_left_of_the_pot_bounds_the_maximum_with_a_ground(
    session: Session, case: Live
) -> None:
    other = CampaignFactory(status="live", municipality_id=case.fund.municipality_id)
    pot_of_3 = town_fund(
        case.fund.municipality_id, live=True, rules={"ceiling_cents": 30_000}, stacks=True
    )
    del other
    case.application.status = "withdrawn"
    session.flush()
    application = applied(session, pot_of_3, case.campaign)
    decision = awarded_first(session, application, case.olga, case.piet)
    assert decision.amount_cents == 30_000


def test_less_than_the_maximum_is_a_partial_award_with_a_ground(
    session: Session, case: Live
) -> None:
    decision = awarded(session, case, 6_000)
    assert decision.kind == "partial_award"
    assert cents(session, case.application) == [5_000, 1_000]
    assert replay(decision.snapshot).same


def test_the_mandate_reaches_the_maximum(session: Session, case: Live) -> None:
    check_all(session, case)
    decision_id = case.propose(session, "award", MOST)
    rosa = officer(session, case.fund.municipality_id, "Rosa", mandate=MOST - 1)
    with pytest.raises(ForbiddenError, match="mandate_too_low"):
        approve(session, decision_id=decision_id, recall_minutes=0, actor=rosa)


def test_at_the_end_the_rule_fixes_the_amount_and_nobody_decides_again(
    session: Session, case: Live
) -> None:
    awarded(session, case)
    before = balance(session, payable(case.campaign.id))
    ended(session, case)
    match = case.match(session)
    assert (match.status, match.match_cents, match.fixed_cents) == ("committed", 7_500, 7_500)
    assert balance(session, payable(case.campaign.id)) - before == 15_000  # The gifts as well.
    snapshot = snapshot_now(session, case.application, Proposal("x", "determination", 0))
    sums = sums_of(session, case.application, snapshot.computed)
    assert (sums.awarded, sums.entitled, sums.owed, sums.overpaid) == (7_500, 7_500, 7_500, 0)
    assert obstacle_to_proposal(session, case.application, DecisionKind.AWARD) is not None
    (message,) = mails_of(session, "match_amount_fixed")
    assert "Het berekende bedrag is € 75." in words_of(message)


def test_an_award_expires_with_a_campaign_that_does_not_succeed(
    session: Session, case: Live
) -> None:
    with from_the_start(session):
        case.campaign.minimum_cents = MOST
    awarded(session, case)
    ended(session, case, wins=False)
    assert (case.match(session).status, case.match(session).match_cents) == ("released", 0)
    session.refresh(case.application)
    assert case.application.status == "expired"


def test_after_the_end_nothing_can_be_awarded_and_a_refusal_says_so(
    session: Session, case: Live
) -> None:
    check_all(session, case)
    close(session, case.campaign)
    obstacle = obstacle_to_proposal(session, case.application, DecisionKind.AWARD)
    assert certain(obstacle).code == "campaign_over_unawarded"
    refused("campaign_over_unawarded", case.propose, session, "award", MOST)
    case.send(session, "refusal", 0, "campaign_over")
    assert case.match(session).status == "released"


def test_a_proposal_can_not_be_approved_after_the_end(session: Session, case: Live) -> None:
    check_all(session, case)
    decision_id = case.propose(session, "award", MOST)
    with clock.at(certain(case.campaign.closes_at)):
        refused(
            "campaign_over_unawarded",
            approve,
            session,
            decision_id=decision_id,
            recall_minutes=0,
            actor=case.piet,
        )


def test_the_time_to_recall_never_passes_the_end_of_the_campaign(
    session: Session, case: Live
) -> None:
    check_all(session, case)
    decision_id = case.propose(session, "award", MOST)
    closes_at = certain(case.campaign.closes_at)
    with clock.at(closes_at - timedelta(minutes=10)):
        approve(session, decision_id=decision_id, recall_minutes=30, actor=case.piet)
    send_at = certain(session.get_one(Decision, decision_id).send_at)
    assert closes_at - timedelta(minutes=10) < send_at < closes_at
    with clock.at(closes_at + timedelta(minutes=1)):  # The worker came late.
        assert send_decision(session, decision_id=decision_id)
    assert case.match(session).status == "awarded"


def test_the_work_list_asks_for_the_award_before_the_campaign_ends(
    session: Session, case: Live
) -> None:
    place = case.fund.municipality_id
    last_day = certain(case.campaign.deadline_on)
    case.application.decide_by = last_day + timedelta(weeks=8)
    session.flush()
    desk = desk_of(session, officer_id=certain(case.olga.person_id), municipality_id=place)
    (work,) = work_list(session, desk)
    assert (work.kind.value, work.due_on) == ("decide", last_day - timedelta(days=DAYS_BEFORE_END))
    check_all(session, case)
    case.propose(session, "award", MOST)
    desk = desk_of(session, officer_id=certain(case.piet.person_id), municipality_id=place)
    (work,) = work_list(session, desk)
    assert (work.kind.value, work.due_on) == (
        "approve",
        last_day - timedelta(days=DAYS_BEFORE_END),
    )


def test_a_gift_that_goes_back_lowers_the_match_by_the_rule_until_the_end(
    session: Session, case: Live
) -> None:
    awarded(session, case)
    charge_back(session, case, case.second, 2_500)
    assert case.match(session).match_cents == 5_000
    assert "match_after_decision" not in alerts(session)
    ended(session, case)
    charge_back(session, case, case.first, 5_000)
    assert case.match(session).match_cents == 5_000, "looked at in a moment"
    assert jobs_of(session, "payouts.fall_back") >= 1


def test_a_withdrawal_before_the_end_lets_go_and_donors_who_were_told_are_told(
    session: Session, case: Live
) -> None:
    awarded(session, case)
    tell_all(session)
    (message, _) = mails_of(session, "match_granted_donor")
    assert "kende hoogstens € 400 toe" in words_of(message)
    case.send(session, "withdrawal", 0, "not_done")
    assert (case.match(session).status, case.match(session).match_cents) == ("released", 0)
    tell_all(session)
    assert len(mails_of(session, "match_let_go_donor")) == 2
    ended(session, case)
    assert case.match(session).status == "released"


def test_a_refusal_before_any_award_tells_no_donor(session: Session, case: Live) -> None:
    case.send(session, "refusal", 0, "requirement")
    (message,) = mails_of(session, "decision_sent")
    assert "Toegekend" not in words_of(message)
    tell_all(session)
    assert mails_of(session, "match_let_go_donor") == []


def test_the_determination_holds_the_fixed_amount(session: Session, case: Live) -> None:
    awarded(session, case)
    ended(session, case)
    case.application.status = "accounted"
    session.flush()
    bounds = decision_bounds(
        session, application_id=case.application.id, kind=DecisionKind.DETERMINATION
    )
    assert (bounds.settled_cents, bounds.before_cents, bounds.is_maximum) == (7_500, 7_500, False)
    determination = case.send(session, "determination", 7_500)
    assert replay(determination.snapshot).same
    assert session.scalars(select(Decision.kind).order_by(Decision.number)).all() == [
        "award",
        "determination",
    ]
