"""Interest that a municipality owes, payouts and objections at once, with real commits."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.case_steps import draft, heard, objected
from tests.support.deposits import colleague, fund_paid
from tests.support.factories import payouts as make
from tests.support.factories.base import building_in
from tests.support.factories.towns import Town, officer
from tests.support.late_awards import (
    FREE,
    late_award,
    owed_due,
    owed_proposed,
    owed_sent,
    owed_terms,
    staff_of,
)
from voorjebuurt.decisions.objections.rulings.approvals import approve_ruling
from voorjebuurt.decisions.objections.rulings.outcomes import propose_ruling
from voorjebuurt.decisions.objections.rulings.sending import send_ruling
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import (
    PAYOUTS_IN_FLIGHT,
    fund_free,
    owed_interest,
    owed_interest_pending,
)
from voorjebuurt.matching.pots.deposits import dispute_deposit, reverse_deposit
from voorjebuurt.matching.pots.owed_interest import open_owed_interest, owed_interest_laid_down
from voorjebuurt.payouts.bank_files import export_payouts
from voorjebuurt.payouts.checks import check_books
from voorjebuurt.payouts.proposals import propose_payout, release_payout

Result = TypeVar("Result")


def committed(database: Database, what: Callable[[Session], Result]) -> Result:
    with database.writing() as session, building_in(session):
        return what(session)


def alone(database: Database, what: Callable[[Session], Result]) -> Callable[[], Result]:
    def run() -> Result:
        with database.writing() as session:
            return what(session)

    return run


def agreed(database: Database) -> None:
    with database.reading() as session:
        wrong = [
            (check.name, check.differences)
            for check in check_books(session, in_flight_max_days=10_000)
            if not check.passed and check.name != "money_covers_what_is_owed"
        ]
    assert wrong == []


def test_a_decision_that_is_sent_twice_at_once_is_booked_once(fresh_database: Database) -> None:
    def approved(session: Session) -> tuple[Town, UUID]:
        case = late_award(session)
        decision_id = owed_proposed(session, case)
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
        return case, decision_id

    case, decision_id = committed(fresh_database, approved)
    send = alone(fresh_database, lambda s: send_decision(s, decision_id=decision_id))
    assert sorted(map(bool, at_once(send, send))) == [False, True]
    with fresh_database.reading() as session:
        cents = owed_interest_laid_down(session, case.application.id)
        assert cents > 0
        assert balance(session, fund_free(case.fund.id)) == FREE - cents
    agreed(fresh_database)


def test_two_approvals_at_once_book_it_once(fresh_database: Database) -> None:
    def proposed(session: Session) -> tuple[Town, UUID]:
        case = late_award(session)
        return case, owed_proposed(session, case)

    case, decision_id = committed(fresh_database, proposed)

    def agree(session: Session) -> None:
        approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)

    results = at_once(alone(fresh_database, agree), alone(fresh_database, agree))
    assert sum(isinstance(result, Exception) for result in results) == 1
    committed(fresh_database, lambda s: send_decision(s, decision_id=decision_id))
    with fresh_database.reading() as session:
        cents = owed_interest_laid_down(session, case.application.id)
        assert balance(session, owed_interest(case.application.id)) == cents > 0
    agreed(fresh_database)


def test_it_leaves_or_is_taken_back_and_never_both(fresh_database: Database) -> None:
    """The bank file is made while an objection undoes the decision."""

    def ready(session: Session) -> tuple[UUID, UUID, Actor, UUID, int]:
        case = late_award(session)
        decision = owed_sent(session, case)
        place = case.fund.municipality_id
        ria, sam = officer(session, place, "Ria"), officer(session, place, "Sam")
        objection = objected(session, case, decision)
        heard(session, objection, ria)
        ruling_id = propose_ruling(
            session, objection_id=objection.id, draft=draft("upheld"), actor=ria
        )
        approve_ruling(session, ruling_id=ruling_id, recall_minutes=0, actor=sam)
        staff = staff_of(session, case)
        payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=staff.anna)
        release_payout(session, payout_id=payout_id, actor=staff.bram)
        return case.application.id, case.fund.id, staff.anna, ruling_id, decision.amount_cents

    application_id, fund_id, anna, ruling_id, cents = committed(fresh_database, ready)

    def export(session: Session) -> None:
        export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=anna)

    results = at_once(
        alone(fresh_database, lambda s: send_ruling(s, ruling_id=ruling_id)),
        alone(fresh_database, export),
    )
    assert results[0] is True
    is_gone = results[1] is None
    assert is_gone or getattr(results[1], "code", "") == "payable_changed_since"
    with fresh_database.reading() as session:
        assert open_owed_interest(session, application_id) == 0
        stands = owed_interest_laid_down(session, application_id)
        in_flight = balance(session, PAYOUTS_IN_FLIGHT)
        free = balance(session, fund_free(fund_id))
    assert (stands, in_flight) == ((cents, cents) if is_gone else (0, 0))
    assert free == FREE - stands
    agreed(fresh_database)


def test_two_officers_propose_it_at_once_and_one_of_them_does(fresh_database: Database) -> None:
    case = committed(fresh_database, late_award)
    with fresh_database.reading() as session:
        due_cents = owed_due(session, case)
        terms = owed_terms(session, case)

    def by(actor: Actor) -> Callable[[], UUID]:
        return alone(
            fresh_database,
            lambda session: propose(
                session,
                application_id=case.application.id,
                kind="interest_owed",
                amount_cents=due_cents,
                grounds=(),
                reason="",
                terms=terms,
                actor=actor,
            ),
        )

    results = at_once(by(case.olga), by(case.piet))
    (error,) = [result for result in results if isinstance(result, Exception)]
    assert getattr(error, "code", "") == "decision_open_already"


def test_its_money_is_taken_out_of_the_books_while_it_leaves(fresh_database: Database) -> None:
    """The deposit is reversed while the bank file is made: it leaves whole, or waits whole."""

    def ready(session: Session) -> tuple[UUID, UUID, Actor, UUID, int]:
        case = late_award(session, prepaid=False)
        cents = owed_sent(session, case).amount_cents
        deposit_id = fund_paid(session, fund_id=case.fund.id, cents=cents, reference="Rente")
        staff = staff_of(session, case)
        payout_id = propose_payout(session, campaign_id=case.campaign.id, actor=staff.anna)
        release_payout(session, payout_id=payout_id, actor=staff.bram)
        dispute_deposit(session, deposit_id=deposit_id, reason="Fout", actor=colleague())
        return case.application.id, deposit_id, staff.anna, payout_id, cents

    application_id, deposit_id, anna, _, cents = committed(fresh_database, ready)
    second = committed(fresh_database, lambda _: colleague())

    def export(session: Session) -> None:
        export_payouts(session, debtor=make.DEBTOR, sealer=make.SEALER, actor=anna)

    def reverse(session: Session) -> None:
        reverse_deposit(session, deposit_id=deposit_id, actor=second)

    results = at_once(alone(fresh_database, reverse), alone(fresh_database, export))
    assert results[0] is None
    is_gone = results[1] is None
    assert is_gone or getattr(results[1], "code", "") == "payable_changed_since"
    with fresh_database.reading() as session:
        assert balance(session, owed_interest(application_id)) == 0
        assert balance(session, PAYOUTS_IN_FLIGHT) == (cents if is_gone else 0)
        assert balance(session, owed_interest_pending(application_id)) == (0 if is_gone else cents)
    agreed(fresh_database)
