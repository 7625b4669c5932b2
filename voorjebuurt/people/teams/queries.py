"""Reading teams: which there are, who is in them, and which of them are somebody's."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.people.models import Person, RoleGrant, Team, TeamMember
from voorjebuurt.people.queries import called
from voorjebuurt.people.rules import Role


@dataclass(frozen=True)
class TeamRow:
    """A team that has not ended, and who of it is an officer and not blocked, by name."""

    id: UUID
    municipality_id: UUID
    name: str
    members: Sequence[tuple[UUID, str]]


def teams_in(session: Session, municipality_ids: Collection[UUID]) -> list[TeamRow]:
    """The teams of these municipalities that have not ended, by name."""
    statement = select(Team).where(
        Team.municipality_id.in_(municipality_ids), Team.ended_at.is_(None)
    )
    teams = session.scalars(statement.order_by(func.lower(Team.name), Team.id)).all()
    members = _members(session, [team.id for team in teams])
    return [
        TeamRow(team.id, team.municipality_id, team.name, members.get(team.id, []))
        for team in teams
    ]


def team_by_id(session: Session, team_id: UUID) -> TeamRow | None:
    """A team; None for one that has ended or was never there."""
    team = session.get(Team, team_id)
    if team is None or team.ended_at is not None:
        return None
    members = _members(session, [team_id]).get(team_id, [])
    return TeamRow(team.id, team.municipality_id, team.name, members)


def team_names(session: Session, team_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """What these teams are called, also those that have ended."""
    ids = {team_id for team_id in team_ids if team_id is not None}
    if not ids:
        return {}
    rows = session.execute(select(Team.id, Team.name).where(Team.id.in_(ids)))
    return {row.id: row.name for row in rows}


def shared_teams(
    session: Session, person_ids: Collection[UUID], municipality_id: UUID
) -> frozenset[UUID]:
    """The teams whose cases without a handler are for any of these officers.

    Those that one of them is in, and those that nobody is in who is there: what would be nobody's
    is everybody's.
    """
    return frozenset(
        team.id
        for team in teams_in(session, [municipality_id])
        if not team.members or any(member_id in person_ids for member_id, _name in team.members)
    )


def team_municipality_id(session: Session, team_id: UUID) -> UUID | None:
    """The municipality of a team that has not ended."""
    return session.scalar(
        select(Team.municipality_id).where(Team.id == team_id, Team.ended_at.is_(None))
    )


def team_parts(session: Session, team_id: UUID) -> Parts:
    """What pages show of a team, to be held against later. Raises ``NotFoundError``."""
    team = team_by_id(session, team_id)
    if team is None:
        raise NotFoundError("team_not_found")
    return {"team_name": team.name, "members": [name for _id, name in team.members]}


def _members(session: Session, team_ids: Collection[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    statement = (
        select(TeamMember.team_id, Person.id, called(Person).label("name"))
        .join(Person, Person.id == TeamMember.person_id)
        .join(Team, Team.id == TeamMember.team_id)
        .join(
            RoleGrant,
            (RoleGrant.person_id == Person.id)
            & (RoleGrant.municipality_id == Team.municipality_id)
            & (RoleGrant.role == Role.OFFICER)
            & RoleGrant.revoked_at.is_(None),
        )
        .where(TeamMember.team_id.in_(team_ids), Person.blocked_at.is_(None))
        .order_by(func.lower(called(Person)), Person.id)
    )
    members: dict[UUID, list[tuple[UUID, str]]] = {}
    for row in session.execute(statement) if team_ids else ():
        members.setdefault(row.team_id, []).append((row.id, row.name))
    return members
