"""Officers on leave: a colleague has their cases; and who handles which case."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.cases.stake_queries import stake_reason
from voorjebuurt.decisions.cases.teams import OVER, put_with_team
from voorjebuurt.decisions.models import Delegation
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.applications.rows import (
    application_subject,
    locked_application,
)
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.models import Application
from voorjebuurt.people.queries import mandate_limit, names_of

MOST_AT_ONCE = 100
"""So many cases are given at a time: each holds its campaign until all are."""


class Keep(Enum):
    """Instead of a team: the one that has the case keeps it."""

    TEAM = "team"


TeamChoice = UUID | Keep | None
"""The team that gets a case; None: no team."""


def delegate(
    session: Session,
    *,
    municipality_id: UUID,
    absent_id: UUID,
    stand_in_id: UUID,
    from_on: date,
    until_on: date,
    reason: str,
    actor: Actor,
) -> UUID:
    """Let a colleague stand in for an officer on these days; returns the arrangement's id.

    The colleague sees the absent officer's cases and tasks. Their mandate stays their own.
    Raises ``DomainError`` at ``absent``, ``stand_in``, ``until_on`` or ``reason``.
    """
    officer_of(session, municipality_id=municipality_id, actor=actor)
    if absent_id == stand_in_id:
        raise DomainError("stand_in_same", field="stand_in")
    for person_id, field in ((absent_id, "absent"), (stand_in_id, "stand_in")):
        if mandate_limit(session, person_id, municipality_id) is None:
            raise DomainError("not_an_officer_here", field=field)
    if until_on < max(from_on, clock.today()):
        raise DomainError("delegation_days_wrong", field="until_on")
    delegation = Delegation(
        id=new_id(),
        municipality_id=municipality_id,
        absent_id=absent_id,
        stand_in_id=stand_in_id,
        from_on=from_on,
        until_on=until_on,
        reason=written(reason, "reason", "reason_needed"),
        made_at=clock.now(),
        made_by=actor.person_id,
    )
    session.add(delegation)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.DELEGATION_MADE,
        subject=Subject(SubjectKind.DELEGATION, delegation.id, municipality_id),
        reason=delegation.reason,
        detail={
            "absent": str(absent_id),
            "stand_in": str(stand_in_id),
            "from": from_on.isoformat(),
            "until": until_on.isoformat(),
        },
    )
    return delegation.id


def end_delegation(session: Session, *, delegation_id: UUID, actor: Actor) -> None:
    """End a delegation before its last day. Ending twice is a no-op."""
    delegation = session.get(
        Delegation, delegation_id, with_for_update=True, populate_existing=True
    )
    if delegation is None:
        raise NotFoundError("delegation_not_found")
    officer_of(session, municipality_id=delegation.municipality_id, actor=actor)
    if delegation.ended_at is not None:
        return
    delegation.ended_at = clock.now()
    audit.record(
        session,
        actor=actor,
        action=Action.DELEGATION_ENDED,
        subject=Subject(SubjectKind.DELEGATION, delegation.id, delegation.municipality_id),
    )


def assign(
    session: Session,
    *,
    application_id: UUID,
    officer_id: UUID | None,
    team_id: TeamChoice = Keep.TEAM,
    reason: str,
    actor: Actor,
) -> None:
    """Give a case to an officer without a stake in it, or to nobody in particular (None).

    And to a team, beside that or instead. What is so already is a quiet success. Raises
    ``DomainError`` at ``officer`` or ``team``.
    """
    _, application = locked_application(session, application_id)
    officer_of(session, municipality_id=application.municipality_id, actor=actor)
    _hand_over(session, application, officer_id, reason, actor)
    if team_id is not Keep.TEAM:
        put_with_team(session, application, team_id, reason=reason, actor=actor)


def take(session: Session, *, application_id: UUID, actor: Actor) -> None:
    """Take a case that nobody handles oneself, from one's team or not; its team keeps it too.

    One's own already is a quiet success. Raises ``DomainError`` ``case_taken`` with the ``name`` of
    who was first, and ``officer_has_stake``.
    """
    _, application = locked_application(session, application_id)
    person_id = officer_of(session, municipality_id=application.municipality_id, actor=actor)
    handler_id = application.assigned_to
    if handler_id is not None and handler_id != person_id:
        name = names_of(session, [handler_id]).get(handler_id, "")
        raise DomainError("case_taken", name=name)
    _hand_over(session, application, person_id, "", actor)


def reassign_all(
    session: Session,
    *,
    municipality_id: UUID,
    from_id: UUID,
    to_id: UUID,
    reason: str,
    actor: Actor,
) -> int:
    """Give all of an officer's open cases to another; returns how many. Each is written down.

    Cases in which the other has a stake stay where they are.
    """
    officer_of(session, municipality_id=municipality_id, actor=actor)
    reason = written(reason, "reason", "reason_needed")
    cases = session.scalars(
        select(Application.id)
        .where(
            Application.municipality_id == municipality_id,
            Application.assigned_to == from_id,
            Application.status.not_in([state.value for state in OVER]),
        )
        .order_by(Application.campaign_id, Application.id)
    ).all()
    count = 0
    for application_id in cases:
        campaign, application = locked_application(session, application_id)
        if stake_reason(session, person_id=to_id, campaign_id=campaign.id) is None:
            _hand_over(session, application, to_id, reason, actor)
            count += 1
    return count


@dataclass(frozen=True)
class Handout:
    """What came of giving many cases: how many went, and the numbers of those that stayed."""

    count: int
    with_stake: Sequence[str]


def assign_many(
    session: Session,
    *,
    application_ids: Collection[UUID],
    officer_id: UUID | None,
    team_id: TeamChoice = Keep.TEAM,
    reason: str,
    actor: Actor,
) -> Handout:
    """Give several cases to an officer or to nobody in particular, and to a team; written down.

    Cases in which the officer has a stake stay where they are, and are named. Raises
    ``DomainError`` ``no_case_chosen``, ``too_many_cases`` and at ``officer`` or ``team``;
    ``ForbiddenError`` for a case of another municipality: then none of them goes.
    """
    if not application_ids:
        raise DomainError("no_case_chosen", field="cases")
    if len(application_ids) > MOST_AT_ONCE:
        raise DomainError("too_many_cases", field="cases", maximum=MOST_AT_ONCE)
    cases = session.scalars(
        select(Application.id)
        .where(Application.id.in_(application_ids))
        # Campaigns are locked one after another, for everybody in this order.
        .order_by(Application.campaign_id, Application.id)
    ).all()
    count, stays = 0, []
    for application_id in cases:
        campaign, application = locked_application(session, application_id)
        officer_of(session, municipality_id=application.municipality_id, actor=actor)
        if officer_id is not None and stake_reason(
            session, person_id=officer_id, campaign_id=campaign.id
        ):
            stays.append(application.number)
            continue
        _hand_over(session, application, officer_id, reason, actor)
        if team_id is not Keep.TEAM:
            put_with_team(session, application, team_id, reason=reason, actor=actor)
        count += 1
    return Handout(count, sorted(stays))


def _hand_over(
    session: Session, application: Application, officer_id: UUID | None, reason: str, actor: Actor
) -> None:
    if application.assigned_to == officer_id:
        return
    if officer_id is not None:
        if mandate_limit(session, officer_id, application.municipality_id) is None:
            raise DomainError("not_an_officer_here", field="officer")
        campaign_id = application.campaign_id
        if stake_reason(session, person_id=officer_id, campaign_id=campaign_id) is not None:
            raise DomainError("officer_has_stake", field="officer")
    before = str(application.assigned_to) if application.assigned_to else None
    application.assigned_to = officer_id
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_ASSIGNED,
        subject=application_subject(application),
        reason=reason.strip() or None,
        detail={"before": before, "after": str(officer_id) if officer_id else None},
    )
