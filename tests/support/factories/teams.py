"""Teams of officers, through the real service."""

from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import appointer
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.people.teams.service import make_team


def team(
    session: Session,
    municipality_id: UUID,
    *members: Actor,
    name: str = "Team Noord",
    by: Actor | None = None,
) -> UUID:
    """A team of these officers, made by somebody who may."""
    return make_team(
        session,
        municipality_id=municipality_id,
        name=name,
        member_ids=[certain(member.person_id) for member in members],
        actor=by or appointer(session, municipality_id),
    )
