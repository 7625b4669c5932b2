"""Another signs for a campaign: from then on they are the applicant of what is not closed yet.

What was signed stays as it was signed: decisions, their snapshots and what the applicant said of
themselves name who did.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.applications.rows import application_subject
from voorjebuurt.matching.applications.states import UNDECIDED, ApplicationStatus
from voorjebuurt.matching.models import Application

_OPEN = UNDECIDED | {ApplicationStatus.AWARDED, ApplicationStatus.ACCOUNTED}


def follow_signer(session: Session, *, campaign_id: UUID) -> None:
    """Make who signs for a campaign the applicant of its open applications. Twice changes nothing.

    Who took over agreed to that, or to run a campaign that nobody ran any more.
    """
    campaign = locked_campaign(session, campaign_id)
    if campaign.orphaned_at is not None:
        return
    statement = select(Application).where(
        Application.campaign_id == campaign_id, Application.status.in_(sorted(_OPEN))
    )
    for application in session.scalars(statement.order_by(Application.id).with_for_update()).all():
        if application.applicant_id != campaign.initiator_id:
            application.applicant_id = campaign.initiator_id
            audit.record(
                session,
                actor=SYSTEM,
                action=Action.APPLICATION_HANDED_OVER,
                subject=application_subject(application),
            )
    session.flush()
