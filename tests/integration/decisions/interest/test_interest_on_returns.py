"""Interest on what was paid too much on a claim that was undone (Awb 4:102, first paragraph)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.case_steps import heard, objected, ruled
from tests.support.factories.towns import Town, officer
from tests.support.late_awards import TABLE, late_award, owed_due, owed_proposed, owed_sent, paid
from tests.support.late_claims import came_in
from tests.support.live_cases import refused
from voorjebuurt.decisions.interest.owed import pending_owed
from voorjebuurt.decisions.letters.dutch import day
from voorjebuurt.decisions.letters.rendering import write
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.overviews.owed_interest import owed_so_far
from voorjebuurt.decisions.proof.replay import replay
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import owed_interest
from voorjebuurt.matching.models import Application, ClawbackReturn
from voorjebuurt.matching.pots.owed_interest import open_owed_interest
from voorjebuurt.payouts.bank_files import return_payout
from voorjebuurt.payouts.checks import check_books

ASKED = 200_000
"""What is claimed back, in eurocents."""


def claimed_and_paid(session: Session, *, cents: int = ASKED) -> Town:
    """An award that was paid in time; € 2,000 claimed back 120 days ago, and paid 100 days ago."""
    due = pay_until(clock.today() - timedelta(days=200))
    case = late_award(session, days_ago=200, paid_ago=(clock.today() - due).days)
    with clock.at(clock.now() - timedelta(days=120)):
        case.application = session.get_one(Application, case.application.id)
        case.send(session, "award_change", 300_000, "not_done")
        case.send(session, "clawback", ASKED, "overpaid")
    with clock.at(clock.now() - timedelta(days=100)):
        if cents:
            came_in(session, case, cents)
    return case


def undone(session: Session, case: Town, *, ago: int = 80, new: Replacement | None = None) -> None:
    """An objection to the claim is founded so many days ago; ``new`` comes in its place."""
    place = case.fund.municipality_id
    two = officer(session, place, "Ria"), officer(session, place, "Sam")
    statement = select(Decision).where(
        Decision.application_id == case.application.id, Decision.kind == "clawback"
    )
    with clock.at(clock.now() - timedelta(days=ago)):
        objection = objected(session, case, session.scalars(statement).one())
        heard(session, objection, two[0])
        ruled(session, objection, "partly_upheld" if new else "upheld", new, by=two)


def repaid(session: Session, case: Town, *, ago: int = 30) -> None:
    with clock.at(clock.now() - timedelta(days=ago)):
        paid(session, case)


def books_agree(session: Session) -> None:
    session.flush()
    wrong = {
        result.name: result.differences
        for result in check_books(session, in_flight_max_days=10_000)
        if not result.passed and result.name != "money_covers_what_is_owed"
    }
    assert wrong == {}


def test_it_runs_from_the_payment_until_it_was_paid_back(session: Session) -> None:
    """€ 2,000 for 70 days at 6%: 200,000 x 6% x 70 / 365 = 2,301 cents, rounded down."""
    case = claimed_and_paid(session)
    undone(session, case)
    assert owed_due(session, case) == 0, "nothing went back yet"
    repaid(session, case)
    assert owed_due(session, case) == ASKED * 6 * 70 // 36_500 == 2_301
    view = owed_so_far(session, case.application.id, TABLE)
    assert view is not None
    assert (view.is_of_award, view.due_cents, [each.cents for each in view.returns]) == (
        False,
        2_301,
        [ASKED],
    )
    pending = pending_owed(session, case.fund.municipality_id, TABLE)
    assert [facts.due_cents for facts in pending.values()] == [2_301]
    books_agree(session)


def test_two_officers_lay_it_down_and_it_leaves_with_a_payout(session: Session) -> None:
    case = claimed_and_paid(session)
    undone(session, case)
    repaid(session, case)
    refused("interest_changed", owed_proposed, session, case, 2_300)
    decision_id = owed_proposed(session, case)
    decision: dict[str, Any] = {"decision_id": decision_id, "recall_minutes": 0}
    with pytest.raises(ForbiddenError):
        approve(session, actor=case.olga, **decision)
    approve(session, actor=case.piet, **decision)
    assert send_decision(session, decision_id=decision_id)
    assert replay(session.get_one(Decision, decision_id).snapshot).differences == ()
    key = case.application.id
    assert balance(session, owed_interest(key)) == 2_301
    assert owed_due(session, case) == 0, "it is laid down once"
    assert pending_owed(session, case.fund.municipality_id, TABLE) == {}
    books_agree(session)
    assert paid(session, case).amount_cents == 2_301
    assert open_owed_interest(session, key) == 0
    books_agree(session)


def test_its_letter_shows_the_days_and_the_arithmetic(session: Session) -> None:
    case = claimed_and_paid(session)
    undone(session, case)
    repaid(session, case)
    letter = write(owed_sent(session, case).snapshot).text.replace("\N{NO-BREAK SPACE}", " ")
    today = clock.today()
    for words in (
        "U betaalde te veel van uw subsidie aan ons terug.",
        f"€ 2.000,00: door u betaald op {day(today - timedelta(days=100))}, door ons terugbetaald "
        f"op {day(today - timedelta(days=30))}.",
        "€ 2.000,00 × 6% × 70 dagen ÷ 365",
        "artikel 4:102, eerste lid (rente over wat u te veel betaalde)",
    ):
        assert words in letter, words
    assert "Wij betaalden uw subsidie te laat" not in letter


def test_a_lower_claim_in_its_place_leaves_only_the_rest_as_too_much(session: Session) -> None:
    """€ 2,000 was paid, and € 1,500 is owed after all: interest is on € 500 for 70 days."""
    case = claimed_and_paid(session)
    new = Replacement("clawback", 150_000, ("overpaid",), "Een deel was wel terecht.")
    undone(session, case, new=new)
    repaid(session, case)
    row = session.scalars(select(ClawbackReturn)).one()
    assert (row.cents, row.excess_cents) == (ASKED, 50_000)
    view = owed_so_far(session, case.application.id, TABLE)
    assert view is not None
    assert [each.cents for each in view.returns] == [50_000]
    assert sum(line.cents for line in view.lines) == 50_000 * 6 * 70 // 36_500
    assert owed_due(session, case) == 0, "€ 5.75 is too little to be due"


def test_a_payout_that_comes_back_ends_no_days(session: Session) -> None:
    case = claimed_and_paid(session)
    undone(session, case)
    with clock.at(clock.now() - timedelta(days=30)):
        payout = paid(session, case)
        return_payout(session, payout_id=payout.id, reason="Rekening is opgeheven", actor=case.olga)
    assert session.scalars(select(ClawbackReturn.repaid_on)).one() is None
    assert owed_due(session, case) == 0


def test_a_claim_that_was_not_paid_bears_none(session: Session) -> None:
    case = claimed_and_paid(session, cents=0)
    undone(session, case)
    assert session.scalars(select(ClawbackReturn)).all() == []


def test_the_database_keeps_what_was_paid(session: Session) -> None:
    case = claimed_and_paid(session)
    undone(session, case)
    for change in ("UPDATE clawback_returns SET excess_cents = 1", "DELETE FROM clawback_returns"):
        with (
            pytest.raises(IntegrityError, match="stays as it is"),
            session.begin_nested(),
        ):
            session.execute(text(change))
