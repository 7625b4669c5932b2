"""What a decision on an objection could say now: the bounds of what replaces the old one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.objections.rows import locked_objection
from voorjebuurt.decisions.objections.rulings.reopening import Replacement, end_objection, reopen
from voorjebuurt.decisions.rules.kinds import ANSWERS, FROM_STATES, GRANTS, DecisionKind
from voorjebuurt.decisions.rules.objections import ObjectionStatus
from voorjebuurt.decisions.rulings.preview import DecisionBounds, decision_bounds
from voorjebuurt.decisions.rulings.rows import awards_first, match_of
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, refusal_of
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.funds.ceilings import ceiling_for, left_below
from voorjebuurt.matching.models import FundPot


@dataclass(frozen=True)
class RulingBounds:
    """The kinds that can come in the place, each with its bounds, and what is left in the pot.

    ``obstacle`` says why the old decision can't be replaced at all; ``pot_short`` that a live fund
    has nothing left for the award of a maximum, so that its ceiling must be raised first.
    """

    kinds: Sequence[DecisionBounds]
    left_cents: int
    obstacle: DomainError | None = None
    pot_short: bool = False


def ruling_bounds(session: Session, *, objection_id: UUID, actor: Actor) -> RulingBounds:
    """What could come in the place of the decision that was objected to (eurocents).

    The case is reopened in a savepoint that is rolled back, so the session must be one that writes.
    """
    case, objection = locked_objection(session, objection_id)
    kinds = sorted(ANSWERS[case.kind], key=list(DecisionKind).index)
    pot = session.get_one(FundPot, case.application.fund_id)
    own_id = case.application.id
    left_cents = left_below(session, pot, ceiling_for(session, own_id), application_id=own_id)
    bounds: list[DecisionBounds] = []
    maximums: list[bool] = []

    def look() -> None:
        end_objection(objection, ObjectionStatus.UPHELD, actor)
        session.flush()
        # As if it is awarded: an application that was never admitted is admitted by it.
        reopen(session, case, objection, Replacement(DecisionKind.AWARD.value, 0), actor)
        maximums.append(awards_first(match_of(session, case.application.id)))
        status = ApplicationStatus(case.application.status)
        bounds.extend(
            decision_bounds(session, application_id=case.application.id, kind=kind)
            for kind in kinds
            if status in FROM_STATES[kind]
        )

    savepoint = session.begin_nested()
    try:
        obstacle = refusal_of(look)
    finally:
        savepoint.rollback()
        session.expire_all()
    possible = [each for each in bounds if each.possible]
    pot_short = any(maximums) and not GRANTS & {each.kind for each in possible}
    return RulingBounds(possible, left_cents, obstacle, pot_short)
