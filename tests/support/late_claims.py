"""Claims that were not paid in time, and interest on them that two officers lay down."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.case_steps import pay_out
from tests.support.deposits import colleague
from tests.support.factories.towns import Town, town_divided
from voorjebuurt.decisions.interest.facts import facts_now
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.payment import pay_until
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.sending import send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots import deposits
from voorjebuurt.matching.pots.deposit_entries import enter_clawback_deposit

CLAIM = 500_000
"""What was paid out and claimed back, in eurocents."""
TABLE = RateTable(((date(2015, 1, 1), Decimal(6)),), date(2099, 12, 31), 2_000)
"""One percentage for all days, so that figures can be counted by hand."""


def late_claim(
    session: Session, *, days_ago: int = 200, claim: int = CLAIM, prepaid: bool = False
) -> Town:
    """A town whose match was paid out, withdrawn, and claimed back so many days ago."""
    with clock.at(clock.now() - timedelta(days=days_ago)):
        paid_in = claim if prepaid else 0
        case = town_divided(session, claim=claim, prepaid=prepaid, paid_in=paid_in)
        case.send(session, "award", claim)
        pay_out(session, case, claim)
        case.send(session, "withdrawal", 0, "not_done")
        case.send(session, "clawback", claim, "overpaid")
    return case


def first_late_day(decision: Decision) -> date:
    """The first day of the default on a claim."""
    assert decision.sent_at is not None
    return pay_until(clock.local(decision.sent_at).date()) + timedelta(days=1)


def ordered(until: date | None = None, table: RateTable = TABLE) -> ChangeTerms:
    """Interest up to and including a day; yesterday where none is said."""
    return ChangeTerms(interest=InterestOrder(until or clock.today() - timedelta(days=1), table))


def due(session: Session, case: Town, terms: ChangeTerms) -> int:
    """What can be laid down now (eurocents)."""
    assert terms.interest is not None
    return facts_now(session, case.application.id, terms.interest).due_cents


def interest_proposed(
    session: Session, case: Town, terms: ChangeTerms | None = None, cents: int | None = None
) -> UUID:
    """Olga proposes to lay interest down."""
    terms = terms or ordered()
    case.application = session.get_one(Application, case.application.id)
    return propose(
        session,
        application_id=case.application.id,
        kind="interest",
        amount_cents=due(session, case, terms) if cents is None else cents,
        grounds=(),
        reason="",
        terms=terms,
        actor=case.olga,
    )


def interest_sent(session: Session, case: Town, terms: ChangeTerms | None = None) -> Decision:
    """Olga proposes, Piet approves, and it is sent at once."""
    decision_id = interest_proposed(session, case, terms)
    approve(session, decision_id=decision_id, recall_minutes=0, actor=case.piet)
    assert send_decision(session, decision_id=decision_id)
    return session.get_one(Decision, decision_id)


def came_in(session: Session, case: Town, cents: int, *, on: date | None = None) -> UUID:
    """What the initiator paid, entered by one and booked by another; returns the deposit."""
    deposit_id = enter_clawback_deposit(
        session,
        application_id=case.application.id,
        cents=cents,
        reference=f"TB {cents} {on}",
        received_on=on or clock.today(),
        actor=colleague(),
    )
    deposits.book_deposit(session, deposit_id=deposit_id, actor=colleague())
    return deposit_id
