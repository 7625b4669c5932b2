"""Officers with long names: one to change, one that waits for a second colleague, one of before."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, RoleGrantFactory, appointer
from tests.support.factories.teams import team
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.appointments.mandates import change_mandate, propose_officer
from voorjebuurt.people.queries import grants_of

MILLIONS = 1_000_000_000


def _teams(
    session: Session, officer: Actor, municipality_id: UUID, members: list[Actor], name: str
) -> UUID:
    """A team with a long name and many in it, which has a case and a fund; and one without."""
    team(session, municipality_id, officer, name="Team Zuid", by=officer)
    long_name = f"Team {name} en omstreken"[:60]
    team_id = team(session, municipality_id, *members, name=long_name, by=officer)
    application = session.scalars(
        select(Application)
        .where(Application.municipality_id == municipality_id)
        .order_by(Application.number)
    ).first()
    if application is not None:
        application.team_id = team_id
        session.get_one(Fund, application.fund_id).team_id = team_id
    session.flush()
    return team_id


def appointing_values(
    session: Session, officer: Actor, municipality_id: UUID, name: str
) -> dict[str, list[dict[str, Any]]]:
    """What to fill into the addresses of the pages about officers."""
    others = [
        appointer(session, municipality_id, PersonFactory(name=name), mandate=MILLIONS)
        for _ in range(3)
    ]
    former = PersonFactory(name=name)
    RoleGrantFactory(
        person_id=former.id,
        role="officer",
        municipality_id=municipality_id,
        mandate_limit_cents=MILLIONS,
        revoked_at=clock.now(),
    )
    grant_ids = [grants_of(session, certain(each.person_id))[0].id for each in others]
    wait = timedelta(hours=24)
    change_mandate(
        session,
        grant_id=grant_ids[0],
        mandate_limit_cents=2 * MILLIONS,
        may_appoint=True,
        wait=wait,
        actor=officer,
    )
    propose_officer(
        session,
        municipality_id=municipality_id,
        email=f"{'een-lange-naam-' * 3}x@gemeente-waterdal.example",
        mandate_limit_cents=MILLIONS,
        may_appoint=True,
        wait=wait,
        actor=officer,
    )
    team_id = _teams(session, officer, municipality_id, others, name)
    return {
        "officer.make_team": [{"municipality_id": municipality_id}],
        "officer.change_team": [{"team_id": team_id}],
        "officer.end_team": [{"team_id": team_id}],
        "officer.propose_officer": [{"municipality_id": municipality_id}],
        "officer.change_mandate": [{"grant_id": grant_ids[0]}],
        "officer.end_mandate": [{"grant_id": grant_ids[1]}],
    }
