"""An application's row: held, moved from state to state, and written down."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.jobs import defer
from voorjebuurt.matching.applications.ownership import require_applicant
from voorjebuurt.matching.applications.states import APPLICATION_TRANSITIONS, ApplicationStatus
from voorjebuurt.matching.models import Application

AWARD_ENDED = "decisions.end_plan_request"
"""The job that an award ended by itself, for what was asked to change of it."""
TRANSITION_ACTIONS: Mapping[str, Action] = {
    "ask_completion": Action.APPLICATION_COMPLETION_ASKED,
    "complete": Action.APPLICATION_COMPLETED,
    "lapse": Action.APPLICATION_LAPSED,
    "admit": Action.APPLICATION_ADMITTED,
    "propose": Action.APPLICATION_PROPOSED,
    "propose_refusal": Action.APPLICATION_REFUSAL_PROPOSED,
    "return": Action.APPLICATION_RETURNED,
    "return_unadmitted": Action.APPLICATION_RETURNED_UNADMITTED,
    "award": Action.APPLICATION_AWARDED,
    "refuse": Action.APPLICATION_REFUSED,
    "expire": Action.APPLICATION_EXPIRED,
    "withdraw": Action.APPLICATION_WITHDRAWN,
    "account": Action.APPLICATION_ACCOUNTED,
    "determine": Action.APPLICATION_DETERMINED,
    "revoke": Action.APPLICATION_REVOKED,
    "reopen": Action.APPLICATION_REOPENED,
    "reopen_unadmitted": Action.APPLICATION_REOPENED_UNADMITTED,
    "reopen_account": Action.APPLICATION_ACCOUNT_REOPENED,
}
"""What the trail calls each transition of ``APPLICATION_TRANSITIONS``."""


def locked_application(session: Session, application_id: UUID) -> tuple[Campaign, Application]:
    """The application and its campaign, held until the commit, the campaign first.

    Raises ``NotFoundError``.
    """
    campaign_id = session.scalar(
        select(Application.campaign_id).where(Application.id == application_id)
    )
    if campaign_id is None:
        raise NotFoundError("application_not_found")
    campaign = locked_campaign(session, campaign_id)
    application = session.get_one(
        Application, application_id, with_for_update=True, populate_existing=True
    )
    return campaign, application


def own_application(session: Session, application_id: UUID, actor: Actor) -> Application:
    """The same for who may act for its applicant. Raises ``ForbiddenError`` for everybody else."""
    _, application = locked_application(session, application_id)
    require_applicant(session, application, actor)
    return application


def move_application(
    session: Session,
    *,
    application: Application,
    action: str,
    actor: Actor,
    reason: str | None = None,
    **detail: Any,
) -> None:
    """Take a locked application through one transition of the table, and write it down.

    That an award ended by itself is told by a job. Raises ``TransitionError`` when the table
    refuses it.
    """
    before = ApplicationStatus(application.status)
    after = APPLICATION_TRANSITIONS.after(before, action)
    application.status = after.value
    audit.record(
        session,
        actor=actor,
        action=TRANSITION_ACTIONS[action],
        subject=application_subject(application),
        reason=reason,
        detail={"from": before.value, "to": after.value, **detail},
    )
    if after is ApplicationStatus.EXPIRED:
        defer(session, AWARD_ENDED, application_id=str(application.id))


def application_subject(application: Application) -> Subject:
    """The application, for its audit trail."""
    return Subject(
        SubjectKind.APPLICATION,
        application.id,
        application.municipality_id,
        {"number": application.number},
    )
