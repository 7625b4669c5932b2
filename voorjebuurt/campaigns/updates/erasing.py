"""Erasing who wrote updates: drafts go, what went out is public and stays without their name."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.updates.models import CampaignUpdate


def forget_update_drafts(session: Session, person_id: UUID) -> None:
    """Throw away the drafts that somebody wrote."""
    session.execute(
        delete(CampaignUpdate).where(
            CampaignUpdate.written_by == person_id, CampaignUpdate.number.is_(None)
        )
    )
