"""Applicants ask for a change of their award, on the site or on paper, and can take that back."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.decisions.plans import mails
from voorjebuurt.decisions.plans.queries import is_running, last_day_now, open_request, paper_form
from voorjebuurt.decisions.plans.rulings import close_request
from voorjebuurt.decisions.rules.kinds import OPEN, PLANS
from voorjebuurt.decisions.rules.plans import PlanRequestStatus, Wish, checked_wish
from voorjebuurt.decisions.rules.views import ViewsChannel
from voorjebuurt.decisions.rulings.withdrawals import stop_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError, TransitionError
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.matching.applications.ownership import require_applicant
from voorjebuurt.matching.applications.rows import (
    application_subject,
    locked_application,
    own_application,
)
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund

_STANDING = frozenset({ApplicationStatus.AWARDED, ApplicationStatus.ACCOUNTED})
_GONE = "De toekenning is vervallen, want de actie is niet gelukt."
_WHY = "De aanvrager heeft het verzoek om een wijziging ingetrokken."


def ask_plan_change(
    session: Session, *, application_id: UUID, wish: Wish, reason: str, actor: Actor
) -> UUID:
    """The applicant asks for a later last day, other activities, or both; returns the request's id.

    Raises as ``refuse_plan_request``, ``ForbiddenError`` for who is not the applicant, and
    ``DomainError`` at ``wish_on``, ``activities`` or ``reason``.
    """
    application = own_application(session, application_id, actor)
    return _keep(session, application, wish, reason, ViewsChannel.ONLINE, clock.today(), actor)


def register_plan_request(
    session: Session,
    *,
    application_id: UUID,
    wish: Wish,
    reason: str,
    channel: str,
    received_on: date,
    actor: Actor,
) -> UUID:
    """An officer writes down what came on paper, by telephone or at the desk; it counts from then.

    The scans that this officer added go with it. Raises as ``ask_plan_change`` does, and
    ``DomainError`` at ``channel`` or ``received_on``.
    """
    _, application = locked_application(session, application_id)
    impartial_officer(session, application=application, actor=actor)
    if channel not in set(ViewsChannel) - {ViewsChannel.ONLINE}:
        raise DomainError("channel_unknown", field="channel")
    if received_on > clock.today():
        raise DomainError("paper_in_future", field="received_on")
    request_id = _keep(
        session, application, wish, reason, ViewsChannel(channel), received_on, actor
    )
    submit_drafts(
        session,
        form=paper_form(application_id),
        owner=Owner(application_id=application_id),
        subject=application_subject(application),
        actor=actor,
    )
    return request_id


def withdraw_plan_request(session: Session, *, request_id: UUID, actor: Actor) -> None:
    """The applicant does not want it any more; a decision on it that was not sent goes no further.

    Raises ``ForbiddenError`` for somebody else, ``TransitionError`` once it was decided on.
    """
    application, request = _locked(session, request_id)
    require_applicant(session, application, actor)
    if request.status != PlanRequestStatus.OPEN:
        raise TransitionError("plan_request_over")
    stop_decision(session, application.id, _WHY, PLANS)
    close_request(session, request, PlanRequestStatus.WITHDRAWAL)
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_PLAN_REQUEST_WITHDRAWN,
        subject=application_subject(application),
        detail=_told(request),
    )


def end_plan_request(session: Session, *, application_id: UUID) -> bool:
    """An award ended by itself, so nothing is left to decide; returns whether something waited."""
    _, application = locked_application(session, application_id)
    request = open_request(session, application_id)
    if application.status != ApplicationStatus.EXPIRED or request is None:
        return False
    stop_decision(session, application_id, _GONE, PLANS)
    close_request(session, request, PlanRequestStatus.END)
    return True


def refuse_plan_request(session: Session, application: Application, on: date) -> date:
    """The last day that holds now, if a change can be asked that came in ``on`` a day.

    Raises ``DomainError`` ``plan_not_now``: there is no award to change, or it determined the
    amount at once; ``plan_too_early``: the campaign is over, and the money not the applicant's yet;
    ``plan_request_open``;
    ``decision_open_already``; ``plan_term_over`` with its last day. Locks and changes nothing.
    """
    if application.status not in _STANDING:
        raise DomainError("plan_not_now")
    before = last_day_now(session, application)
    if before is None:
        raise DomainError("plan_too_early")
    if open_request(session, application.id) is not None:
        raise DomainError("plan_request_open")
    waiting = exists().where(
        Decision.application_id == application.id,
        Decision.status.in_([state.value for state in OPEN]),
    )
    if session.scalar(select(waiting)):
        raise DomainError("decision_open_already")
    if on > before:
        raise DomainError("plan_term_over", day=before)
    return before


def _keep(
    session: Session,
    application: Application,
    wish: Wish,
    reason: str,
    channel: ViewsChannel,
    received_on: date,
    actor: Actor,
) -> UUID:
    before = refuse_plan_request(session, application, received_on)
    wish = checked_wish(wish, before=before)
    fund = session.get_one(Fund, application.fund_id)
    request = PlanRequest(
        application_id=application.id,
        municipality_id=application.municipality_id,
        asked_at=clock.now(),
        asked_by=actor.person_id,
        channel=channel.value,
        received_on=received_on,
        before=before,
        wish_on=wish.until,
        activities=wish.activities,
        reason=written(reason, "reason", "reason_needed"),
        decide_by=last_day(received_on, weeks=fund.decision_weeks),
        status=PlanRequestStatus.OPEN.value,
    )
    session.add(request)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_PLAN_CHANGE_ASKED,
        subject=application_subject(application),
        reason=request.reason,
        detail=_told(request),
    )
    mails.plan_request_received(
        session,
        application=application,
        request=request,
        is_running=is_running(session, application),
    )
    return request.id


def _told(request: PlanRequest) -> Mapping[str, object]:
    return {
        "request": str(request.id),
        "channel": request.channel,
        "received_on": request.received_on.isoformat(),
        "before": request.before.isoformat(),
        "wish_on": request.wish_on.isoformat() if request.wish_on else None,
        "activities": request.activities,
    }


def _locked(session: Session, request_id: UUID) -> tuple[Application, PlanRequest]:
    application_id = session.scalar(
        select(PlanRequest.application_id).where(PlanRequest.id == request_id)
    )
    if application_id is None:
        raise NotFoundError("plan_request_not_found")
    _, application = locked_application(session, application_id)
    request = session.get_one(PlanRequest, request_id, with_for_update=True, populate_existing=True)
    return application, request
