"""The rows of roles: added, replaced and ended here and nowhere else."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people import security_mails
from voorjebuurt.people.appointments.remits import Remit
from voorjebuurt.people.models import (
    Person,
    RoleGrant,
    RoleProposal,
    SignIn,
    SignInLink,
    Team,
    TeamMember,
)
from voorjebuurt.people.rules import DESK_IDLE, DESK_LONGEST, MandateKind, Role
from voorjebuurt.people.service import locked_person, person_subject


def add_grant(session: Session, person: Person, remit: Remit, actor: Actor) -> RoleGrant:
    """Give a role; the person is mailed. Raises ``DomainError`` (``role_already_granted``)."""
    if active_grant(session, person.id, remit) is not None:
        raise DomainError("role_already_granted", field="role")
    grant = _added(session, person.id, remit, actor, replaces_id=None)
    # A link that was mailed to a resident works for days: too long for who works here.
    session.execute(delete(SignInLink).where(SignInLink.email == person.email))
    _record(session, grant, Action.ROLE_GRANTED, actor, before=None)
    security_mails.role_granted(session, person, grant)
    return grant


def replace_grant(
    session: Session, person: Person, current: RoleGrant, remit: Remit, actor: Actor
) -> RoleGrant:
    """Let another mandate take the place of a role's, which stays to be read; the person is mailed.

    Both are locked by the caller.
    """
    before = remit_of(current)
    _end(current, actor)
    session.flush()
    grant = _added(session, person.id, remit, actor, replaces_id=current.id)
    _record(session, grant, Action.ROLE_CHANGED, actor, before=before)
    security_mails.role_changed(session, person, grant, before=current)
    return grant


def end_grant(
    session: Session, person: Person, grant: RoleGrant, reason: str, actor: Actor
) -> None:
    """Take a role away; the person is mailed. Both are locked by the caller."""
    _end(grant, actor)
    drop_proposals(session, grant)
    _leave_teams(session, grant)
    audit.record(
        session,
        actor=actor,
        action=Action.ROLE_REVOKED,
        subject=person_subject(grant.person_id, grant.municipality_id),
        reason=reason or None,
        detail={"role": grant.role},
    )
    _end_idle_sign_ins(session, grant.person_id)
    security_mails.role_revoked(session, person, grant, reason=reason)


def _leave_teams(session: Session, grant: RoleGrant) -> None:
    """Who is no officer there any more is in no team, also not when appointed again."""
    teams = select(Team.id).where(Team.municipality_id == grant.municipality_id)
    if grant.role == Role.OFFICER:
        session.execute(
            delete(TeamMember).where(
                TeamMember.person_id == grant.person_id, TeamMember.team_id.in_(teams)
            )
        )


def drop_proposals(session: Session, grant: RoleGrant) -> None:
    """Nothing comes any more of what was proposed about a role as it was."""
    session.execute(
        update(RoleProposal)
        .where(
            RoleProposal.replaces_id == grant.id,
            RoleProposal.confirmed_at.is_(None),
            RoleProposal.dismissed_at.is_(None),
        )
        .values(dismissed_at=clock.now())
    )


def active_grant(session: Session, person_id: UUID, remit: Remit) -> RoleGrant | None:
    """The role somebody has now, in this municipality."""
    return session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.role == remit.role.value,
            RoleGrant.municipality_id.is_not_distinct_from(remit.municipality_id),
            RoleGrant.revoked_at.is_(None),
        )
    )


def person_of_grant(session: Session, grant_id: UUID) -> tuple[Person, RoleGrant]:
    """The person of a role that holds, locked until the commit; the role is not.

    Raises ``NotFoundError`` when it was taken away already.
    """
    grant = session.get(RoleGrant, grant_id, populate_existing=True)
    if grant is None:
        raise NotFoundError("role_not_granted")
    person = locked_person(session, grant.person_id)
    session.refresh(grant)
    if grant.revoked_at is not None:
        raise NotFoundError("role_not_granted")
    return person, grant


def remit_of(row: RoleGrant | RoleProposal) -> Remit:
    """What a role gives, or would."""
    kinds = row.mandate_kinds
    return Remit(
        Role(row.role),
        row.municipality_id,
        row.mandate_limit_cents,
        row.may_appoint,
        None if kinds is None else frozenset(map(MandateKind, kinds)),
        row.mandate_until,
    )


def kind_codes(remit: Remit) -> list[str] | None:
    """The kinds of a mandate as a row has them, in one order; None for a general one."""
    if remit.kinds is None:
        return None
    return [kind.value for kind in MandateKind if kind in remit.kinds]


def remit_detail(remit: Remit) -> dict[str, object]:
    """The same for the audit trail."""
    detail: dict[str, object] = {
        "role": remit.role.value,
        "mandate_limit_cents": remit.mandate_limit_cents,
    }
    if remit.kinds is not None:
        detail["mandate_kinds"] = kind_codes(remit)
    if remit.until is not None:
        detail["mandate_until"] = remit.until.isoformat()
    return {**detail, "may_appoint": True} if remit.may_appoint else detail


def _added(
    session: Session, person_id: UUID, remit: Remit, actor: Actor, *, replaces_id: UUID | None
) -> RoleGrant:
    grant = RoleGrant(
        id=new_id(),
        person_id=person_id,
        role=remit.role.value,
        municipality_id=remit.municipality_id,
        mandate_limit_cents=remit.mandate_limit_cents,
        mandate_kinds=kind_codes(remit),
        mandate_until=remit.until,
        may_appoint=remit.may_appoint,
        replaces_id=replaces_id,
        granted_at=clock.now(),
        granted_by=actor.person_id,
    )
    session.add(grant)
    session.flush()
    return grant


def _end(grant: RoleGrant, actor: Actor) -> None:
    grant.revoked_at, grant.revoked_by = clock.now(), actor.person_id


def _end_idle_sign_ins(session: Session, person_id: UUID) -> None:
    """What was over because a role was held stays over when it is not."""
    now = clock.now()
    is_over = (SignIn.last_used_at < now - DESK_IDLE) | (SignIn.opened_at < now - DESK_LONGEST)
    session.execute(
        update(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), is_over)
        .values(ended_at=now)
    )


def _record(
    session: Session, grant: RoleGrant, action: Action, actor: Actor, before: Remit | None
) -> None:
    detail = remit_detail(remit_of(grant))
    if before is not None:
        detail["before"] = remit_detail(before)
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=person_subject(grant.person_id, grant.municipality_id),
        detail=detail,
    )
