"""Changing what was decided: within five years, and only while it is what officers looked at."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.interest.facts import refuse_other_interest
from voorjebuurt.decisions.interest.owed import refuse_other_owed_interest
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plans.rulings import refuse_other_plan
from voorjebuurt.decisions.rules.changes import ChangeTerms, refuse_terms
from voorjebuurt.decisions.rules.grounds import WITH_BREACH
from voorjebuurt.decisions.rules.kinds import (
    DETERMINATIONS,
    GRANTS,
    PLANS,
    DecisionKind,
    DecisionStatus,
)
from voorjebuurt.decisions.rules.limits import refuse_after_limit, too_late_on
from voorjebuurt.decisions.rulings.rows import Case, determines_directly
from voorjebuurt.decisions.rulings.sums import award_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.pots.owed_interest import refuse_empty_fund
from voorjebuurt.matching.pots.rows import hold

_K = DecisionKind


def checked_terms(
    session: Session,
    application_id: UUID,
    kind: DecisionKind,
    grounds: tuple[str, ...],
    terms: ChangeTerms,
) -> ChangeTerms:
    """The terms of a proposal. Raises ``DomainError`` at their fields, or ``determination_final``
    when five years have passed (Awb 4:49, 4:57).
    """
    refuse_terms(kind, grounds, terms, today=clock.today())
    _refuse_after_limit(session, application_id, kind, grounds, terms.breach_on)
    return terms


def refuse_change(session: Session, case: Case) -> None:
    """Raises ``DomainError`` when what a decision changes is not what it was at its proposal.

    ``award_changed_since``: the amount became another, as when a live fund's rule came to it;
    ``determination_final`` and ``breach_too_long_ago`` when five years have passed since;
    ``interest_changed_since``; ``plan_changed_since``.
    """
    decision = case.decision
    if case.kind is _K.AWARD_CHANGE:
        if award_of(session, case.application.id) != decision.before_cents:
            raise DomainError("award_changed_since")
    elif case.kind in PLANS:
        refuse_other_plan(session, decision)
        if award_of(session, case.application.id) != decision.before_cents:
            raise DomainError("award_changed_since")
    elif case.kind is _K.INTEREST:
        refuse_other_interest(session, decision)
    elif case.kind is _K.INTEREST_OWED:
        refuse_other_owed_interest(session, decision)
        refuse_empty_fund(session, hold(session, case.application.id), decision.amount_cents)
    elif case.kind in (_K.DETERMINATION_CHANGE, _K.CLAWBACK):
        _refuse_after_limit(
            session, case.application.id, case.kind, tuple(decision.grounds), decision.breach_on
        )


def determined_on(session: Session, application_id: UUID) -> date | None:
    """The day on which the last determination was announced; None before there is one.

    Also of an award that determined the amount at once (Awb 4:29, 4:42).
    """
    statement = select(Decision).where(
        Decision.application_id == application_id,
        Decision.status == DecisionStatus.SENT,
        Decision.kind.in_([kind.value for kind in DETERMINATIONS | GRANTS]),
    )
    for decision in session.scalars(statement.order_by(Decision.sent_at.desc())):
        is_determination = decision.kind in DETERMINATIONS or determines_directly(decision)
        if is_determination and decision.sent_at is not None:
            return clock.local(decision.sent_at).date()
    return None


def _refuse_after_limit(
    session: Session,
    application_id: UUID,
    kind: DecisionKind,
    grounds: tuple[str, ...],
    breach_on: date | None,
) -> None:
    since = determined_on(session, application_id)
    if since is None:
        return
    today = clock.today()
    if kind is _K.DETERMINATION_CHANGE:
        refuse_after_limit(grounds, breach_on, determined_on=since, today=today)
    elif kind is _K.CLAWBACK and too_late_on(max(since, _breach(session, application_id)), today):
        raise DomainError("clawback_too_late")


def _breach(session: Session, application_id: UUID) -> date:
    """The last breach on which a change of the determination rests, else long ago."""
    statement = select(Decision.breach_on).where(
        Decision.application_id == application_id,
        Decision.status == DecisionStatus.SENT,
        Decision.grounds.contains([WITH_BREACH]),
        Decision.breach_on.is_not(None),
    )
    return max((on for on in session.scalars(statement) if on is not None), default=date.min)
