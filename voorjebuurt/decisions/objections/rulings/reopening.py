"""The old decision loses its effect, so that another can take its place (Awb 7:11)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.terms import add_event
from voorjebuurt.decisions.interest.owed import undo_owed
from voorjebuurt.decisions.interest.service import settle_interest
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.plans.rulings import reopen_request
from voorjebuurt.decisions.rules.kinds import (
    DETERMINATIONS,
    GRANTS,
    MONEY_BACK,
    PLANS,
    DecisionKind,
)
from voorjebuurt.decisions.rules.objections import (
    ACTIONS,
    OBJECTION_TRANSITIONS,
    ObjectionStatus,
)
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rulings.rows import Case
from voorjebuurt.decisions.rulings.timeliness import refuse_open_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applications.eligibility import refuse_second
from voorjebuurt.matching.applications.rows import move_application
from voorjebuurt.matching.pots.corrections import undo_claw_back
from voorjebuurt.matching.pots.service import reopen_match

_K = DecisionKind
_ON_ACCOUNT = DETERMINATIONS | {_K.DETERMINATION_CHANGE}


@dataclass(frozen=True)
class Replacement:
    """What comes in the place of the old decision (eurocents), proposed by an officer."""

    kind: str
    amount_cents: int
    grounds: Sequence[str] = ()
    reason: str = ""
    number: str = ""
    ruling: str = ""


def end_objection(objection: Objection, outcome: ObjectionStatus, actor: Actor) -> None:
    """The objection is over with this outcome."""
    before = ObjectionStatus(objection.status)
    objection.status = OBJECTION_TRANSITIONS.after(before, ACTIONS[outcome]).value
    objection.decided_at, objection.decided_by = clock.now(), actor.person_id
    objection.outcome = objection.outcome or "–"


def reopen(
    session: Session,
    case: Case,
    objection: Objection,
    replacement: Replacement | None,
    actor: Actor,
) -> None:
    """Take the old decision's effect away, so that another can take its place."""
    application, kind = case.application, case.kind
    refuse_open_decision(session, application.id)
    if kind is _K.CLAWBACK:
        undo_claw_back(
            session,
            application_id=application.id,
            cents=case.decision.amount_cents,
            key=f"objection:{objection.id}",
            claimed_again_cents=replacement.amount_cents
            if replacement is not None and replacement.kind == _K.CLAWBACK
            else 0,
            actor=actor,
        )
    if kind in PLANS:
        reopen_request(session, case.decision)
        return
    if kind is _K.INTEREST_OWED:
        undo_owed(session, decision=case.decision, actor=actor)
        return
    if kind in MONEY_BACK:
        # Interest follows the claim that it was on, and the decision that laid it down.
        session.flush()
        settle_interest(session, application_id=application.id, actor=actor)
        return
    is_admitted = application.admitted_at is not None
    if kind in _ON_ACCOUNT:
        action = "reopen_account"
    else:
        action = "reopen" if is_admitted else "reopen_unadmitted"
        refuse_second(session, application)
    move_application(session, application=application, action=action, actor=actor)
    if kind in _ON_ACCOUNT:
        return
    # A round's outcome does not change: after an objection a case is computed on its own.
    application.round_id = None
    reopen_match(session, application_id=application.id, actor=actor)
    add_event(
        session,
        application,
        TermEventKind.REOPENED,
        actor,
        until=max(objection.decide_by, clock.today()),
    )
    if replacement is not None and not is_admitted and DecisionKind(replacement.kind) in GRANTS:
        move_application(session, application=application, action="admit", actor=actor)
        application.admitted_at = clock.now()
