"""What becomes of interest when an objection undoes its claim, or its own decision."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, objected, ruled
from tests.support.factories.towns import Town, officer
from tests.support.late_claims import (
    CLAIM,
    came_in,
    due,
    interest_sent,
    late_claim,
    ordered,
)
from tests.support.live_cases import refused
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import (
    clawback_receivable,
    fund_free,
    interest_pending,
    interest_receivable,
    payable,
)
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.interest import interest_laid_down
from voorjebuurt.payouts.checks import check_books


@pytest.fixture
def case(session: Session) -> Town:
    return late_claim(session, prepaid=True)


@pytest.fixture
def two(session: Session, case: Town) -> tuple[Actor, Actor]:
    place = case.fund.municipality_id
    return officer(session, place, "Ria"), officer(session, place, "Sam")


def the_claim(session: Session, case: Town) -> Decision:
    statement = select(Decision).where(
        Decision.application_id == case.application.id, Decision.kind == "clawback"
    )
    return session.scalars(statement).one()


def heard_objection(session: Session, case: Town, actor: Actor, decision: Decision) -> Objection:
    """The objection came in within the term, ten days after the decision was sent."""
    case.application = session.get_one(Application, case.application.id)
    assert decision.sent_at is not None
    with clock.at(min(clock.now(), decision.sent_at + timedelta(days=10))):
        objection = objected(session, case, decision)
    heard(session, objection, actor)
    return objection


def assert_books(session: Session) -> None:
    wrong = [
        (check.name, check.differences)
        for check in check_books(session, in_flight_max_days=10_000)
        if not check.passed and check.name != "money_covers_what_is_owed"
    ]
    assert wrong == []


def open_cents(session: Session, case: Town) -> tuple[int, int, int]:
    """Interest to pay, the same for the fund, and the sum to pay back (eurocents)."""
    key = case.application.id
    return (
        balance(session, interest_receivable(key)),
        balance(session, interest_pending(key)),
        balance(session, clawback_receivable(key)),
    )


def test_without_the_claim_nothing_is_left_of_its_interest(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    interest_sent(session, case)
    objection = heard_objection(session, case, two[0], the_claim(session, case))
    ruled(session, objection, "upheld", by=two)
    assert open_cents(session, case) == (0, 0, 0)
    assert interest_laid_down(session, case.application.id) == 0
    assert due(session, case, ordered()) == 0
    assert_books(session)


def test_interest_that_was_paid_is_the_initiators_again(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    interest = interest_sent(session, case).amount_cents
    came_in(session, case, interest + 30_000)
    objection = heard_objection(session, case, two[0], the_claim(session, case))
    ruled(session, objection, "upheld", by=two)
    assert open_cents(session, case) == (0, 0, 0)
    assert balance(session, payable(case.campaign.id)) == interest + 30_000
    assert balance(session, fund_free(case.fund.id)) == 0
    assert_books(session)


def test_a_lower_claim_has_a_term_of_its_own_and_no_interest_before_it(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    """Its letter gives six weeks anew, so nobody is in default with it before they are over."""
    interest_sent(session, case)
    objection = heard_objection(session, case, two[0], the_claim(session, case))
    lower = Replacement("clawback", 10_000, ("overpaid",), "Een deel was wel terecht.")
    ruled(session, objection, "partly_upheld", lower, by=two)
    assert open_cents(session, case) == (0, 0, 10_000)
    assert due(session, case, ordered()) == 0
    assert_books(session)


def test_interest_is_undone_by_an_objection_to_it_and_can_be_laid_down_anew(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    interest = interest_sent(session, case)
    came_in(session, case, interest.amount_cents)
    objection = heard_objection(session, case, two[0], interest)
    other = Replacement("interest", 100, (), "")
    refused("replacement_kind_wrong", ruled, session, objection, "upheld", other, by=two)
    ruling = ruled(session, objection, "upheld", by=two)
    assert ruling.replacement_id is None
    # What was paid of it pays the sum.
    assert open_cents(session, case) == (0, 0, CLAIM - interest.amount_cents)
    assert_books(session)
    again = interest_sent(session, case)
    assert again.amount_cents == interest.amount_cents
    assert open_cents(session, case)[0] == again.amount_cents
    assert_books(session)


def test_of_two_decisions_only_the_one_that_was_objected_to_is_undone(
    session: Session, case: Town, two: tuple[Actor, Actor]
) -> None:
    first = interest_sent(session, case, ordered(clock.today() - timedelta(days=60)))
    later = interest_sent(session, case)
    objection = heard_objection(session, case, two[0], later)
    ruled(session, objection, "upheld", by=two)
    assert interest_laid_down(session, case.application.id) == first.amount_cents
    assert open_cents(session, case)[0] == first.amount_cents
    assert_books(session)
