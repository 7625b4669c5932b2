"""An application's row: held, moved from state to state, and written down."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError, NotFoundError
from voorjebuurt.matching.applications.states import APPLICATION_TRANSITIONS, ApplicationStatus
from voorjebuurt.matching.models import Application


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
    """The same for its applicant. Raises ``ForbiddenError`` for everybody else."""
    _, application = locked_application(session, application_id)
    if actor.person_id != application.applicant_id:
        raise ForbiddenError("not_your_campaign")
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

    Raises ``TransitionError`` when the table refuses it.
    """
    before = ApplicationStatus(application.status)
    after = APPLICATION_TRANSITIONS.after(before, action)
    application.status = after.value
    states = {"from": before.value, "to": after.value}
    record_application(session, application, action, actor, reason=reason, **states, **detail)


def record_application(
    session: Session,
    application: Application,
    deed: str,
    actor: Actor,
    *,
    reason: str | None = None,
    **detail: Any,
) -> None:
    """Write a deed into the application's audit trail. ``detail`` must be JSON."""
    audit.record(
        session,
        actor=actor,
        action=f"application.{deed}",
        subject_kind="application",
        subject_id=application.id,
        municipality_id=application.municipality_id,
        reason=reason,
        detail={"number": application.number, **detail},
    )
