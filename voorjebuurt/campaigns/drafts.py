"""Drafts that nobody touches: which they are.

Only a plan that was never sent to a coach. Whoever changes it, however little, begins the term
anew.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock


def untouched_drafts(session: Session, *, days: int) -> Sequence[UUID]:
    """Plans that were never sent to a coach, and that nobody changed for so many days."""
    before = clock.end_of_day(clock.today() - timedelta(days=days))
    is_touched = select(AuditEvent.id).where(
        AuditEvent.subject_kind == SubjectKind.CAMPAIGN.value,
        AuditEvent.subject_id == Campaign.id,
        AuditEvent.at >= before,
    )
    statement = select(Campaign.id).where(
        Campaign.status == CampaignStatus.DRAFT,
        Campaign.submitted_at.is_(None),
        Campaign.created_at < before,
        ~is_touched.exists(),
    )
    return session.scalars(statement.order_by(Campaign.created_at)).all()
