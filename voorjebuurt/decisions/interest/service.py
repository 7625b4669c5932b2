"""Keeping what was laid down of interest at what is due."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.interest.clawbacks import valid_decisions
from voorjebuurt.decisions.interest.facts import facts_of, facts_since
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.pots.interest import interest_laid_down, write_off_interest
from voorjebuurt.matching.pots.rows import hold


def settle_interest(session: Session, *, application_id: UUID, actor: Actor) -> int:
    """Write off what was laid down above what is due now; returns how much (eurocents).

    That happens when an objection undoes a clawback or a decision on interest, and when a payment
    is booked that came in before the last day of the interest. Doing it again changes nothing. More
    than was laid down is never charged here: that takes another decision.
    """
    hold(session, application_id)
    laid_cents = interest_laid_down(session, application_id)
    above = laid_cents - _due(session, application_id) if laid_cents else 0
    if above <= 0:
        return 0
    write_off_interest(session, application_id=application_id, cents=above, actor=actor)
    return above


def _due(session: Session, application_id: UUID) -> int:
    """What may stand: no more than decisions laid down, nor than follows up to their last day."""
    decisions = valid_decisions(session, DecisionKind.INTEREST, application_id=application_id)
    if not decisions:
        return 0
    laid_down = sum(decision.amount_cents for decision in decisions)
    last = max((facts_of(decision) for decision in decisions), key=lambda facts: facts.until)
    return min(laid_down, facts_since(session, application_id, last).total_cents)
