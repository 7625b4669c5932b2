"""The teams of officers: made by who may, before the funds that give them applications."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.local.demo.stage import DemoError, Stage
from voorjebuurt.local.demo.stories import data
from voorjebuurt.people.teams.queries import teams_in
from voorjebuurt.people.teams.service import make_team
from voorjebuurt.places.queries import municipality_by_slug


def make_teams(stage: Stage) -> None:
    """Those that are not there yet."""
    story = data("teams")
    with stage.scene(story["made"], 10, 0) as session:
        for team in story["team"]:
            place_id = _place_id(session, team["municipality"])
            if team_id_of(session, place_id, team["name"]) is None:
                members = [stage.cast.officers[name].person_id for name in team["members"]]
                make_team(
                    session,
                    municipality_id=place_id,
                    name=team["name"],
                    member_ids=[each for each in members if each is not None],
                    actor=stage.cast.officers[team["maker"]],
                )


def team_id_of(session: Session, municipality_id: UUID, name: str) -> UUID | None:
    """A team by name."""
    teams = teams_in(session, [municipality_id])
    return next((team.id for team in teams if team.name == name), None)


def _place_id(session: Session, slug: str) -> UUID:
    municipality = municipality_by_slug(session, slug)
    if municipality is None:
        raise DemoError(f"The demo's municipality {slug} is missing.")
    return municipality.id
