"""What officers find about an application: the checklist, its groups, score and areas."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.models import ChecklistMark
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.matching.applications.rows import (
    application_subject,
    locked_application,
)
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.applications.states import ASSESSABLE, ApplicationStatus
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.places.models import Neighbourhood

SCORE_MAX = Decimal(100)


def mark_item(
    session: Session, *, application_id: UUID, item: str, is_met: bool, note: str, actor: Actor
) -> None:
    """Say of one item of the fund's checklist whether it is met; why not, if it isn't."""
    application = _application_to_assess(session, application_id, actor)
    fund = session.get_one(Fund, application.fund_id)
    if item not in fund.checklist:
        raise DomainError("checklist_item_unknown", field="item")
    if not is_met:
        note = written(note, "reason", "reason_needed")
    session.add(
        ChecklistMark(
            application_id=application.id,
            municipality_id=application.municipality_id,
            item=item,
            met=is_met,
            note=note.strip(),
            at=clock.now(),
            by=actor.person_id,
        )
    )
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_CHECKED,
        subject=application_subject(application),
        detail={"item": item, "met": is_met},
    )


def verify_groups(
    session: Session, *, application_id: UUID, groups: Sequence[str], evidence: str, actor: Actor
) -> None:
    """Say which of the groups that the applicant named are really reached, and how that is known.

    Only these count for the factor. Raises ``DomainError`` at ``groups`` or ``evidence``.
    """
    application = _application_to_assess(session, application_id, actor)
    if set(groups) - set(application.groups):
        raise DomainError("group_not_claimed", field="groups")
    if groups:
        evidence = written(evidence, "evidence", "evidence_of_groups_missing")
    application.verified_groups = [group for group in application.groups if group in groups]
    application.groups_evidence = evidence.strip()
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_GROUPS_VERIFIED,
        subject=application_subject(application),
        reason=evidence.strip(),
        detail={"groups": [*groups]},
    )


def set_score(
    session: Session, *, application_id: UUID, score: Decimal, reason: str, actor: Actor
) -> None:
    """Score an application of a fund that gives to the best first: 0 to 100, with the reason."""
    application = _application_to_assess(session, application_id, actor)
    if not score.is_finite() or not 0 <= score <= SCORE_MAX:
        raise DomainError("score_out_of_range", field="score", maximum=str(SCORE_MAX))
    application.score = score
    application.score_reason = written(reason, "reason", "reason_needed")
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_SCORED,
        subject=application_subject(application),
        reason=reason,
        detail={"score": str(score)},
    )


def set_areas(
    session: Session,
    *,
    application_id: UUID,
    shares: Mapping[str, Decimal],
    reason: str,
    actor: Actor,
) -> None:
    """Say in which areas a campaign has its effect, by share; together exactly 1.

    Raises ``DomainError`` at ``shares`` for an area of elsewhere or another sum.
    """
    application = _application_to_assess(session, application_id, actor)
    reason = written(reason, "reason", "reason_needed")
    if sum(shares.values()) != 1 or any(share <= 0 for share in shares.values()):
        raise DomainError("shares_not_whole", field="shares")
    local_codes = session.scalars(
        select(Neighbourhood.code).where(
            Neighbourhood.municipality_id == application.municipality_id,
            Neighbourhood.code.in_(list(shares)),
        )
    )
    if set(shares) - set(local_codes):
        raise DomainError("area_elsewhere", field="shares")
    before = dict(application.areas)
    # As exact text: 0.50 is 0.5, and 1 is 1.
    application.areas = {code: f"{share.normalize():f}" for code, share in sorted(shares.items())}
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_AREAS_CHANGED,
        subject=application_subject(application),
        reason=reason,
        detail={"before": before, "after": dict(application.areas)},
    )


def _application_to_assess(session: Session, application_id: UUID, actor: Actor) -> Application:
    """Lock an application that may still be assessed, for an officer without a stake in it."""
    _, application = locked_application(session, application_id)
    impartial_officer(session, application=application, actor=actor)
    if ApplicationStatus(application.status) not in ASSESSABLE:
        raise TransitionError("application_not_assessable")
    return application
