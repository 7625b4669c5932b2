"""Interest, payments and objections at once, with real commits: nothing is laid down or paid twice,
or for more than is due.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.case_steps import draft, heard, objected
from tests.support.deposits import colleague
from tests.support.factories.base import building_in
from tests.support.factories.towns import Town, officer
from tests.support.late_claims import CLAIM, interest_proposed, interest_sent, late_claim
from voorjebuurt.decisions.interest.service import settle_interest
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.rulings.sending import send_ruling
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerTransaction
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import clawback_receivable, interest_pending, interest_receivable
from voorjebuurt.matching.pots.deposit_entries import enter_clawback_deposit
from voorjebuurt.matching.pots.deposits import book_deposit
from voorjebuurt.matching.pots.interest import interest_laid_down
from voorjebuurt.payouts.checks import check_books

ROUNDS = 3
Result = TypeVar("Result")


def committed(database: Database, what: Callable[[Session], Result]) -> Result:
    with database.writing() as session, building_in(session):
        return what(session)


def alone(database: Database, what: Callable[[Session], Result]) -> Callable[[], Result]:
    def run() -> Result:
        with database.writing() as session:
            return what(session)

    return run


def approved(session: Session) -> tuple[Town, UUID]:
    """€ 5,000 that is paid late, and interest on it that can be sent."""
    case = late_claim(session, prepaid=True)
    decision_id = interest_proposed(session, case)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    return case, decision_id


class Entry(NamedTuple):
    """A payment that was entered, and who can book it."""

    deposit_id: UUID
    second: Actor


def entered(session: Session, case: Town, cents: int, reference: str, days_ago: int = 0) -> Entry:
    deposit_id = enter_clawback_deposit(
        session,
        application_id=case.application.id,
        cents=cents,
        reference=reference,
        received_on=clock.today() - timedelta(days=days_ago),
        actor=colleague(),
    )
    return Entry(deposit_id, colleague())


def booking(entry: Entry) -> Callable[[Session], None]:
    def book(session: Session) -> None:
        book_deposit(session, deposit_id=entry.deposit_id, actor=entry.second)

    return book


def agreed(database: Database) -> None:
    with database.reading() as session:
        wrong = [
            (check.name, check.differences)
            for check in check_books(session, in_flight_max_days=10_000)
            if not check.passed and check.name != "money_covers_what_is_owed"
        ]
    assert wrong == []


def still_open(database: Database, case: Town) -> tuple[int, int]:
    """What is open of the interest and of the sum (eurocents)."""
    key = case.application.id
    with database.reading() as session:
        interest = balance(session, interest_receivable(key))
        assert balance(session, interest_pending(key)) == interest
        return interest, balance(session, clawback_receivable(key))


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_a_payment_is_booked_while_the_decision_is_sent(
    fresh_database: Database, turn: int
) -> None:
    """It came in 30 days ago. Either the decision stops, or it is lowered by what it missed."""
    case, decision_id = committed(fresh_database, approved)
    entry = committed(fresh_database, lambda s: entered(s, case, 200_000, "TB 1", 30))
    results = at_once(
        alone(fresh_database, lambda s: send_decision(s, decision_id=decision_id)),
        alone(fresh_database, booking(entry)),
    )
    refusals = [result for result in results if isinstance(result, Exception)]
    assert [str(error.code) for error in refusals if isinstance(error, DomainError)] == [
        "interest_changed_since" for _ in refusals
    ], (turn, results)
    key = case.application.id
    with fresh_database.writing() as session:
        settle_interest(session, application_id=key, actor=SYSTEM)
    with fresh_database.writing() as session:
        assert settle_interest(session, application_id=key, actor=SYSTEM) == 0
        stands = interest_laid_down(session, key)
        decision_cents = session.get_one(Decision, decision_id).amount_cents
    assert stands == 0 if refusals else 0 < stands < decision_cents
    interest, of_sum = still_open(fresh_database, case)
    assert interest + of_sum == CLAIM + stands - 200_000
    agreed(fresh_database)


def test_a_decision_that_is_sent_twice_at_once_is_booked_once(fresh_database: Database) -> None:
    case, decision_id = committed(fresh_database, approved)
    send = alone(fresh_database, lambda s: send_decision(s, decision_id=decision_id))
    assert sorted(map(bool, at_once(send, send))) == [False, True]
    with fresh_database.reading() as session:
        kinds = select(func.count()).where(LedgerTransaction.kind == BookingKind.INTEREST_LAID_DOWN)
        assert session.scalar(kinds) == 1
    assert still_open(fresh_database, case)[1] == CLAIM
    agreed(fresh_database)


def test_two_payments_at_once_pay_the_interest_once(fresh_database: Database) -> None:
    case, decision_id = committed(fresh_database, approved)
    committed(fresh_database, lambda s: send_decision(s, decision_id=decision_id))
    interest, _ = still_open(fresh_database, case)
    deposits = committed(
        fresh_database,
        lambda s: [entered(s, case, interest, reference) for reference in ("TB 1", "TB 2")],
    )
    at_once(*(alone(fresh_database, booking(each)) for each in deposits))
    assert still_open(fresh_database, case) == (0, CLAIM - interest)
    agreed(fresh_database)


def test_a_payment_is_booked_while_an_objection_undoes_the_claim(fresh_database: Database) -> None:
    """One of two: it is the initiator’s again, or nothing is claimed that it could pay."""

    def ready(session: Session) -> tuple[Town, UUID, Entry]:
        case = late_claim(session, prepaid=True)
        claim = session.scalars(select(Decision).where(Decision.kind == "clawback")).one()
        assert claim.sent_at is not None
        place = case.fund.municipality_id
        ria, sam = officer(session, place, "Ria"), officer(session, place, "Sam")
        with clock.at(claim.sent_at + timedelta(days=10)):
            objection = objected(session, case, claim)
        heard(session, objection, ria)
        interest_sent(session, case)
        ruling_id = propose_ruling(
            session, objection_id=objection.id, draft=draft("upheld"), actor=ria
        )
        approve_ruling(session, ruling_id=ruling_id, recall_minutes=0, actor=sam)
        return case, ruling_id, entered(session, case, 300_000, "TB 1")

    case, ruling_id, entry = committed(fresh_database, ready)
    results = at_once(
        alone(fresh_database, lambda s: send_ruling(s, ruling_id=ruling_id)),
        alone(fresh_database, booking(entry)),
    )
    assert results[0] is True
    assert results[1] is None or getattr(results[1], "code", "") == "receipt_too_high"
    assert still_open(fresh_database, case) == (0, 0)
    with fresh_database.reading() as session:
        assert interest_laid_down(session, case.application.id) == 0
    agreed(fresh_database)
