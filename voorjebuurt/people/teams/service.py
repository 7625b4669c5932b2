"""Making and changing teams, by who may appoint officers. Ending one is about its cases as well."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.appointments.authority import appointers
from voorjebuurt.people.models import Team, TeamMember
from voorjebuurt.people.queries import officers
from voorjebuurt.people.teams.queries import teams_in

NAME_MAX_LENGTH = 60


def make_team(
    session: Session,
    *,
    municipality_id: UUID,
    name: str,
    member_ids: Collection[UUID],
    actor: Actor,
) -> UUID:
    """Make a team of these officers; returns its id. Made already (a second press): that one's.

    Raises ``ForbiddenError`` ``only_appointers``, and ``DomainError`` at ``name`` or ``members``.
    """
    _require_right(session, municipality_id, actor)
    name = _checked_name(name)
    team_id: UUID | None = session.scalar(
        insert(Team)
        .values(
            id=new_id(),
            municipality_id=municipality_id,
            name=name,
            made_at=clock.now(),
            made_by=actor.person_id,
        )
        # Of two with one name at once, the second waits for the first and is told.
        .on_conflict_do_nothing(
            index_elements=[Team.municipality_id, func.lower(Team.name)],
            index_where=Team.ended_at.is_(None),
        )
        .returning(Team.id)
    )
    if team_id is None:
        return _same_team(session, municipality_id, name, member_ids)
    team = session.get_one(Team, team_id)
    _set_members(session, team, member_ids)
    _note(session, team, Action.TEAM_MADE, actor, members=_sorted(member_ids))
    return team_id


def change_team(
    session: Session, *, team_id: UUID, name: str, member_ids: Collection[UUID], actor: Actor
) -> None:
    """Give a team another name or other members; what it has already is a quiet success.

    Raises as ``make_team``, and ``NotFoundError`` for one that has ended.
    """
    team = locked_team(session, team_id)
    _require_right(session, team.municipality_id, actor)
    name = _checked_name(name)
    before = set(
        session.scalars(select(TeamMember.person_id).where(TeamMember.team_id == team_id)).all()
    )
    if team.name == name and before == set(member_ids):
        return
    detail = {"name_before": team.name} if team.name != name else {}
    _rename(session, team, name)
    _set_members(session, team, member_ids)
    _note(
        session,
        team,
        Action.TEAM_CHANGED,
        actor,
        **detail,
        members_before=_sorted(before),
        members=_sorted(member_ids),
    )


def locked_team(session: Session, team_id: UUID) -> Team:
    """A team that has not ended, held until the commit; cases that come to it wait.

    Raises ``NotFoundError``.
    """
    team = session.get(Team, team_id, with_for_update={"key_share": True}, populate_existing=True)
    if team is None or team.ended_at is not None:
        raise NotFoundError("team_not_found")
    return team


def require_team(session: Session, team_id: UUID, municipality_id: UUID) -> Team:
    """A team of this municipality that gets a case, so that it does not end before the commit.

    Raises ``DomainError`` at ``team`` for one of elsewhere, or that has ended.
    """
    team = session.get(Team, team_id, with_for_update={"read": True}, populate_existing=True)
    if team is None or team.ended_at is not None or team.municipality_id != municipality_id:
        raise DomainError("team_not_here", field="team")
    return team


def close_team(session: Session, team: Team, *, actor: Actor, cases: int, funds: int) -> None:
    """End a team that is held and has nothing any more. ``cases`` and ``funds`` lost it now.

    Raises ``ForbiddenError`` ``only_appointers``.
    """
    _require_right(session, team.municipality_id, actor)
    session.execute(delete(TeamMember).where(TeamMember.team_id == team.id))
    team.ended_at, team.ended_by = clock.now(), actor.person_id
    _note(session, team, Action.TEAM_ENDED, actor, cases=cases, funds=funds)


def _note(session: Session, team: Team, action: Action, actor: Actor, **detail: object) -> None:
    """Write into the trail what was done to a team."""
    subject = Subject(SubjectKind.TEAM, team.id, team.municipality_id, {"team": team.name})
    audit.record(session, actor=actor, action=action, subject=subject, detail=detail)


def _require_right(session: Session, municipality_id: UUID, actor: Actor) -> None:
    if actor.person_id is None or actor.person_id not in appointers(session, municipality_id):
        raise ForbiddenError("only_appointers")


def _checked_name(name: str) -> str:
    name = name.strip()
    if not name:
        raise DomainError("team_name_missing", field="name")
    if len(name) > NAME_MAX_LENGTH:
        raise DomainError("text_too_long", field="name", maximum=NAME_MAX_LENGTH)
    return name


def _same_team(
    session: Session, municipality_id: UUID, name: str, member_ids: Collection[UUID]
) -> UUID:
    """The team that is there by this name, if it is the one that is asked for."""
    for team in teams_in(session, [municipality_id]):
        is_same = team.name == name and {each for each, _name in team.members} == set(member_ids)
        if is_same:
            return team.id
    raise DomainError("team_name_taken", field="name")


def _rename(session: Session, team: Team, name: str) -> None:
    try:
        with session.begin_nested():
            team.name = name
            session.flush()
    except IntegrityError as error:
        raise DomainError("team_name_taken", field="name") from error


def _set_members(session: Session, team: Team, member_ids: Collection[UUID]) -> None:
    here = {officer.id for officer in officers(session, team.municipality_id)}
    if not member_ids:
        raise DomainError("team_members_missing", field="members")
    if not set(member_ids) <= here:
        raise DomainError("not_an_officer_here", field="members")
    session.execute(delete(TeamMember).where(TeamMember.team_id == team.id))
    session.execute(
        insert(TeamMember),
        [{"team_id": team.id, "person_id": person_id} for person_id in set(member_ids)],
    )


def _sorted(ids: Collection[UUID]) -> list[str]:
    return sorted(map(str, ids))
