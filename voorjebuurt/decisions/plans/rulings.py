"""What a decision on a request says: made for its proposal, kept with it, and carried out."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plan_models import PlanRequest, PlanRuling
from voorjebuurt.decisions.plans.queries import is_running, last_day_now, open_request
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.kinds import DETERMINATIONS, PLANS, DecisionKind
from voorjebuurt.decisions.rules.plans import (
    PlanOutcome,
    PlanRequestStatus,
    PlanTerms,
    Wish,
    granted,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.arrangements import Way, way_of
from voorjebuurt.matching.models import Application

_K = DecisionKind


def plan_terms(
    session: Session, *, application_id: UUID, outcome: str, part: Wish, reason: str
) -> PlanTerms:
    """What a decision on the open request of a case says; locks and changes nothing.

    ``part``: what is given when that is not all. Raises ``DomainError`` ``plan_nothing_open``, or
    at ``outcome``, ``until``, ``activities`` or ``reason``.
    """
    application = session.get_one(Application, application_id)
    request = open_request(session, application_id)
    before = last_day_now(session, application)
    if request is None or before is None:
        raise DomainError("plan_nothing_open")
    if outcome not in set(PlanOutcome):
        raise DomainError("plan_outcome_missing", field="outcome")
    choice = PlanOutcome(outcome)
    wish = granted(choice, Wish(request.wish_on, request.activities), part, before=before)
    field = "until" if choice is PlanOutcome.PART else "outcome"
    if wish.until is not None and wish.until < clock.today():
        raise DomainError("plan_day_past", field=field)
    if wish.until is not None and wish.until <= before:
        # The campaign got more days since, and its award with them.
        raise DomainError("plan_day_no_later", field=field, day=before)
    if choice is not PlanOutcome.WHOLE and not reason.strip():
        raise DomainError("reason_needed", field="reason")
    return PlanTerms(
        request.id,
        choice,
        before,
        wish.until,
        wish.activities,
        {
            **_told(request, application, choice, before, wish),
            **({"running": "yes"} if is_running(session, application) else {}),
        },
    )


def kind_of(outcome: str) -> DecisionKind:
    """The kind of decision that has this outcome."""
    return _K.PLAN_REFUSAL if outcome == PlanOutcome.REFUSAL else _K.PLAN_CHANGE


def keep_plan_ruling(session: Session, decision: Decision, terms: PlanTerms) -> None:
    """Write down what a proposal says of a request."""
    session.add(
        PlanRuling(
            decision_id=decision.id,
            request_id=terms.request_id,
            application_id=decision.application_id,
            municipality_id=decision.municipality_id,
            outcome=terms.outcome.value,
            before=terms.before,
            until=terms.until,
            activities=terms.activities,
        )
    )
    session.flush()


def refuse_other_plan(session: Session, decision: Decision) -> None:
    """Raises ``DomainError`` ``plan_changed_since`` when a proposal is not about what stands now:
    the request was taken back, the campaign ended, the last day became another, or the new one has
    passed.
    """
    ruling = session.get_one(PlanRuling, decision.id)
    application = session.get_one(Application, decision.application_id)
    request = open_request(session, decision.application_id)
    is_same = request is not None and request.id == ruling.request_id
    plan = read(decision.snapshot).plan or {}
    if is_running(session, application) != ("running" in plan):
        raise DomainError("plan_changed_since")
    if not is_same or last_day_now(session, application) != ruling.before:
        raise DomainError("plan_changed_since")
    if ruling.until is not None and ruling.until < clock.today():
        raise DomainError("plan_changed_since")


def refuse_plan_order(session: Session, application_id: UUID, kind: DecisionKind) -> None:
    """What was asked is decided on before the amount is determined; the database holds the same.

    Raises ``DomainError`` ``plan_before``, or ``plan_nothing_open`` for a decision on nothing.
    """
    if kind not in DETERMINATIONS | PLANS:
        return
    is_open = open_request(session, application_id) is not None
    if kind in PLANS and not is_open:
        raise DomainError("plan_nothing_open")
    if kind in DETERMINATIONS and is_open:
        raise DomainError("plan_before")


def carry_out_plan(session: Session, decision: Decision) -> None:
    """A decision was sent: the request it is on is over; one whose award is gone too."""
    if decision.kind not in PLANS and decision.kind != _K.WITHDRAWAL:
        return
    request = open_request(session, decision.application_id)
    if request is not None:
        is_end = decision.kind == _K.WITHDRAWAL
        status = PlanRequestStatus.END if is_end else PlanRequestStatus.DECISION
        close_request(session, request, status)


def reopen_request(session: Session, decision: Decision) -> None:
    """A decision on it lost its effect: the request waits to be decided on anew."""
    ruling = session.get_one(PlanRuling, decision.id)
    request = session.get_one(PlanRequest, ruling.request_id, with_for_update=True)
    request.status, request.closed_at = PlanRequestStatus.OPEN.value, None
    session.flush()


def close_request(session: Session, request: PlanRequest, status: PlanRequestStatus) -> None:
    """It waits no longer."""
    request.status, request.closed_at = status.value, clock.now()
    session.flush()


def _told(
    request: PlanRequest, application: Application, outcome: PlanOutcome, before: date, wish: Wish
) -> dict[str, str]:
    return {
        "received_on": request.received_on.isoformat(),
        "wish_on": request.wish_on.isoformat() if request.wish_on else "",
        "wish_activities": request.activities,
        "why": request.reason,
        "outcome": outcome.value,
        "before": before.isoformat(),
        "until": wish.until.isoformat() if wish.until else "",
        "activities": wish.activities,
        "term": "plan" if way_of(application.arrangement) is Way.EX_OFFICIO else "account",
    }
