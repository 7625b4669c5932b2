"""Officers say that they have an interest of their own in a campaign (Awb 2:4)."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.models import Stake
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.matching.applications.service import written


def declare_stake(session: Session, *, application_id: UUID, reason: str, actor: Actor) -> None:
    """From now on this officer decides nothing about the campaign. Declaring twice is a no-op.

    It is not taken back: a colleague decides. Raises ``DomainError`` at ``reason`` without one.
    """
    campaign, application = locked_application(session, application_id)
    person_id = officer_of(session, municipality_id=application.municipality_id, actor=actor)
    reason = written(reason, "reason", "reason_needed")
    new = session.execute(
        insert(Stake)
        .values(
            id=new_id(),
            person_id=person_id,
            campaign_id=campaign.id,
            municipality_id=application.municipality_id,
            reason=reason,
            at=clock.now(),
            by=person_id,
        )
        .on_conflict_do_nothing(index_elements=["person_id", "campaign_id"])
        .returning(Stake.id)
    ).scalar()
    if new is not None:
        audit.record(
            session,
            actor=actor,
            action=Action.STAKE_DECLARED,
            subject=Subject(SubjectKind.APPLICATION, application.id, application.municipality_id),
            reason=reason,
        )
