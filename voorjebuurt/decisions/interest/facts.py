"""The interest of an application as it stands: what it follows from, and what can be laid down."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.interest.clawbacks import clawbacks_of
from voorjebuurt.decisions.interest.repayments import repayments_of
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.interest import InterestFacts, interest_facts
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.matching.pots.interest import interest_laid_down
from voorjebuurt.settings.sections import DecisionSettings


def table_of(settings: DecisionSettings) -> RateTable:
    """The percentages of the settings."""
    return RateTable(
        settings.interest_rates,
        settings.interest_known_until,
        settings.interest_least_cents,
        settings.interest_owed_least_cents,
    )


def facts_now(session: Session, application_id: UUID, order: InterestOrder) -> InterestFacts:
    """What the interest follows from now, up to and including the day of the order."""
    return InterestFacts(
        clawbacks=clawbacks_of(session, application_id),
        repayments=repayments_of(session, application_id),
        rates=order.table.rates,
        until=order.until,
        before_cents=interest_laid_down(session, application_id),
        least_cents=order.table.least_cents,
    )


def facts_of(decision: Decision) -> InterestFacts:
    """What a decision that lays interest down rests on. Raises ``InvariantError`` without it."""
    facts = read(decision.snapshot).interest
    if facts is None:
        raise InvariantError(f"decision {decision.number} lays no interest down")
    return interest_facts(facts)


def facts_since(session: Session, application_id: UUID, then: InterestFacts) -> InterestFacts:
    """What the interest up to the same day, by the same percentages, follows from now."""
    return InterestFacts(
        clawbacks=clawbacks_of(session, application_id),
        repayments=repayments_of(session, application_id),
        rates=then.rates,
        until=then.until,
        before_cents=interest_laid_down(session, application_id),
        least_cents=then.least_cents,
    )


def refuse_other_interest(session: Session, decision: Decision) -> None:
    """Raises ``DomainError`` ``interest_changed_since`` when a decision would lay down another
    amount than follows now: a payment came in, or a clawback was undone.
    """
    now = facts_since(session, decision.application_id, facts_of(decision))
    if now.due_cents != decision.amount_cents:
        raise DomainError("interest_changed_since")
