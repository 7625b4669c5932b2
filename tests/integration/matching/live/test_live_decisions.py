"""Decisions on a live fund: what was set apart gift by gift becomes the initiator's, or not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, objected, ruled
from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import Town, admitted, applied, officer, town_fund
from tests.support.giving import alerts, close, jobs_of, paid, taken, tell_chargeback
from tests.support.live_funds import follow
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.reopening import Replacement
from voorjebuurt.decisions.overviews.worklist import desk_of, work_list
from voorjebuurt.decisions.proof.snapshots import replay
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import dismiss
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching.live.campaign_end import settle_campaign
from voorjebuurt.payments.models import Payment
from voorjebuurt.pledges.refund_booking import book_facts


@dataclass
class Live(Town):
    """The same with the payments of two gifts of € 50 and € 25, both matched."""

    first: Payment
    second: Payment


@pytest.fixture
def case(session: Session) -> Live:
    campaign = CampaignFactory(status="live", minimum_cents=5_000)
    place = campaign.municipality_id
    olga, piet = officer(session, place), officer(session, place, "Piet")
    fund = town_fund(place, live=True)
    _, first = paid(session, campaign, amount_cents=5_000, tip_cents=0, email="a@x.example")
    application = applied(session, fund, campaign)
    _, second = paid(session, campaign, amount_cents=2_500, tip_cents=0, email="b@x.example")
    assert follow(session, fund) == 0
    admitted(session, application, olga)
    assert follow(session, fund) == 2
    return Live(fund, campaign, application, olga, piet, first, second)


def ended(session: Session, case: Live) -> None:
    close(session, case.campaign)
    follow(session, case.fund)
    assert settle_campaign(session, campaign_id=case.campaign.id)


def charge_back(session: Session, case: Live, payment: Payment, cents: int) -> None:
    tell_chargeback(session, payment, taken(cents))
    book_facts(session, payment_id=payment.id)
    follow(session, case.fund)


def refused(code: str, deed: Callable[..., object], *arguments: object, **keywords: Any) -> None:
    with pytest.raises(DomainError) as error:
        deed(*arguments, **keywords)
    assert error.value.code == code


def test_gifts_are_matched_from_the_admission_on(session: Session, case: Live) -> None:
    assert jobs_of(session, "matching.allocate")
    assert (case.match(session).match_cents, case.match(session).status) == (7_500, "open")


def test_nothing_is_awarded_while_gifts_still_come_in(session: Session, case: Live) -> None:
    refused("campaign_not_ended", case.propose, session, "award", 7_500)
    case.propose(session, "refusal", 0, "requirement")


def test_what_was_set_apart_is_awarded_once_the_campaign_succeeded(
    session: Session, case: Live
) -> None:
    ended(session, case)
    assert case.match(session).status == "fixed"
    before = balance(session, payable(case.campaign.id))
    award = case.send(session, "award", 7_500)
    assert balance(session, payable(case.campaign.id)) - before == 7_500
    assert case.match(session).status == "committed"
    assert certain(replay(award.snapshot).computed).award_cents == 7_500


def test_less_is_awarded_with_a_ground_and_the_rest_is_let_go(session: Session, case: Live) -> None:
    ended(session, case)
    case.send(session, "partial_award", 5_000, "de_minimis")
    assert case.match(session).match_cents == 5_000


def test_a_refusal_lets_everything_go(session: Session, case: Live) -> None:
    case.send(session, "refusal", 0, "requirement")
    assert (case.match(session).match_cents, case.match(session).status) == (0, "released")


def test_a_gift_that_goes_back_after_the_proposal_stops_the_approval(
    session: Session, case: Live
) -> None:
    ended(session, case)
    decision_id = case.propose(session, "award", 7_500)
    charge_back(session, case, case.second, 2_500)
    fields = {"decision_id": decision_id, "recall_minutes": 0, "actor": case.piet}
    refused("claim_changed_since", approve, session, **fields)
    assert "match_after_decision" in alerts(session)
    place = case.fund.municipality_id
    desk = desk_of(session, officer_id=certain(case.olga.person_id), municipality_id=place)
    assert "alert" in [work.kind.value for work in work_list(session, desk)]
    dismiss(session, decision_id=decision_id, reason="Storno", actor=case.piet)
    refused("award_not_whole", case.propose, session, "award", 7_500)
    case.send(session, "award", 5_000)
    assert case.match(session).match_cents == 5_000
    statuses = session.scalars(select(Decision.status).order_by(Decision.number)).all()
    assert statuses == ["dismissed", "sent"]


def upheld(session: Session, case: Live, decision: Decision, kind: str, cents: int) -> Decision:
    """Two officers who did not decide before find the objection right; what came in the place."""
    place = case.fund.municipality_id
    two = officer(session, place, "Rosa"), officer(session, place, "Bram")
    objection = objected(session, case, decision)
    heard(session, objection, two[0])
    ruling = ruled(session, objection, "upheld", Replacement(kind, cents), by=two)
    return session.get_one(Decision, ruling.replacement_id)


def test_what_a_refusal_let_go_can_be_granted_after_an_objection(
    session: Session, case: Live
) -> None:
    ended(session, case)
    award = upheld(session, case, case.send(session, "refusal", 0, "requirement"), "award", 7_500)
    assert (case.match(session).match_cents, case.match(session).status) == (7_500, "committed")
    assert certain(replay(award.snapshot).computed).award_cents == 7_500


def test_a_gift_that_went_back_since_the_refusal_is_not_granted(
    session: Session, case: Live
) -> None:
    """Only the allocator can say what the gifts earn then, so nothing is decided on old sums."""
    ended(session, case)
    refusal = case.send(session, "refusal", 0, "requirement")
    charge_back(session, case, case.second, 2_500)
    refused("gifts_went_back_since", upheld, session, case, refusal, "award", 7_500)
    assert case.application.status == "refused"


def test_more_than_a_partial_award_is_granted_after_an_objection(
    session: Session, case: Live
) -> None:
    ended(session, case)
    partial = case.send(session, "partial_award", 5_000, "de_minimis")
    upheld(session, case, partial, "award", 7_500)
    assert (case.match(session).match_cents, case.match(session).status) == (7_500, "committed")
