"""The applicant does not want the match any more."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions import mails
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import OPEN, DecisionKind, DecisionStatus
from voorjebuurt.decisions.rulings.approvals import recall_locked
from voorjebuurt.decisions.rulings.proposals import dismiss_locked
from voorjebuurt.decisions.rulings.rows import locked_decision
from voorjebuurt.decisions.views.answers import close_intentions
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.matching.applications.rows import move_application, own_application
from voorjebuurt.matching.applications.states import APPLICATION_TRANSITIONS, ApplicationStatus
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.service import release_match

_WHY = "De aanvrager heeft de aanvraag ingetrokken."


def withdraw_application(
    session: Session, *, application_id: UUID, reason: str, actor: Actor
) -> None:
    """Withdraw an application before a decision was sent; everything set apart is let go.

    A decision that was proposed or approved goes no further. Raises ``ForbiddenError`` for
    everybody but the applicant, ``TransitionError`` after a decision.
    """
    withdraw_locked(
        session, own_application(session, application_id, actor), reason=reason, actor=actor
    )


def withdraw_locked(
    session: Session,
    application: Application,
    *,
    reason: str,
    on_paper: date | None = None,
    actor: Actor,
) -> None:
    """The same for one that is held, whoever writes it down. ``on_paper``: the day it came."""
    if not APPLICATION_TRANSITIONS.allowed(ApplicationStatus(application.status), "withdraw"):
        raise TransitionError("application_decided")
    stop_decision(session, application.id, _WHY)
    close_intentions(session, application.id)
    move_application(
        session,
        application=application,
        action="withdraw",
        actor=actor,
        reason=reason.strip() or None,
    )
    application.suspended_at = None
    release_match(session, application_id=application.id, actor=actor)
    mails.application_withdrawn(session, application=application, on_paper=on_paper)


def stop_decision(
    session: Session,
    application_id: UUID,
    why: str,
    kinds: Collection[DecisionKind] = frozenset(DecisionKind),
) -> None:
    """Send back what was proposed, or recall what was approved, by what the applicant did.

    Only one of these ``kinds``.
    """
    decision_id = session.scalar(
        select(Decision.id).where(
            Decision.application_id == application_id,
            Decision.status.in_([state.value for state in OPEN]),
            Decision.kind.in_([kind.value for kind in kinds]),
        )
    )
    if decision_id is None:
        return
    case = locked_decision(session, decision_id)
    if case.decision.status == DecisionStatus.PROPOSED:
        dismiss_locked(session, case, why, SYSTEM)
    else:
        recall_locked(session, case, why, SYSTEM)
