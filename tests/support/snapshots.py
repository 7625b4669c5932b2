"""Snapshots of decisions that nobody proposed."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.proof.snapshots import Proposal, snapshot_now
from voorjebuurt.matching.models import Application


def snapshot_of(session: Session, *, application_id: UUID, proposal: Proposal) -> str:
    """The text of the snapshot that a proposal would get now."""
    return snapshot_now(session, session.get_one(Application, application_id), proposal).text
