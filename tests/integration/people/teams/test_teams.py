"""Teams of officers: who makes them, who is in them, and what the database keeps."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import appointer
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.teams import team
from tests.support.factories.towns import officer
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.people import roles
from voorjebuurt.people.models import Team, TeamMember
from voorjebuurt.people.queries import grants_of
from voorjebuurt.people.teams.queries import shared_teams, team_by_id, team_names, teams_in
from voorjebuurt.people.teams.service import change_team, close_team, locked_team, make_team


@pytest.fixture
def place(session: Session) -> Any:
    return MunicipalityFactory().id


@pytest.fixture
def jo(session: Session, place: Any) -> Actor:
    return appointer(session, place)


def refused(
    code: str, field: str | None, deed: Callable[..., object], *rest: Any, **more: Any
) -> None:
    with pytest.raises(DomainError) as error:
        deed(*rest, **more)
    assert (error.value.code, error.value.field) == (code, field)


def test_who_may_appoint_makes_and_changes_a_team_and_the_trail_says_so(
    session: Session, place: Any, jo: Actor
) -> None:
    olga, piet = officer(session, place), officer(session, place, "Piet")
    team_id = team(session, place, olga, by=jo)
    row = certain(team_by_id(session, team_id))
    assert (row.name, [name for _id, name in row.members]) == ("Team Noord", ["Olga"])
    members = [certain(each.person_id) for each in (olga, piet)]
    fields: dict[str, Any] = {"team_id": team_id, "name": "Team Zuid", "member_ids": members}
    change_team(session, **fields, actor=jo)
    change_team(session, **fields, actor=jo)
    assert [name for _id, name in certain(team_by_id(session, team_id)).members] == ["Olga", "Piet"]
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.subject_id == team_id).order_by(AuditEvent.at)
    ).all()
    assert [event.action for event in events] == ["team.made", "team.changed"], "once"
    assert events[1].detail["name_before"] == "Team Noord"
    assert events[1].detail["members"] == sorted(map(str, members))
    refused("only_appointers", None, change_team, session, **fields, actor=olga)
    elsewhere = appointer(session, MunicipalityFactory().id)
    refused("only_appointers", None, change_team, session, **fields, actor=elsewhere)


def test_a_name_is_used_once_and_members_are_officers_here(
    session: Session, place: Any, jo: Actor
) -> None:
    olga, stranger = officer(session, place), officer(session, MunicipalityFactory().id, "Eva")
    team_id = team(session, place, olga, by=jo)
    fields: dict[str, Any] = {"municipality_id": place, "actor": jo}
    ids = [certain(olga.person_id)]
    assert make_team(session, name="Team Noord", member_ids=ids, **fields) == team_id, (
        "pressed twice"
    )
    other = [*ids, certain(jo.person_id)]
    refused(
        "team_name_taken", "name", make_team, session, name="team NOORD", member_ids=other, **fields
    )
    refused("team_name_missing", "name", make_team, session, name=" ", member_ids=ids, **fields)
    refused("text_too_long", "name", make_team, session, name="x" * 61, member_ids=ids, **fields)
    refused(
        "team_members_missing", "members", make_team, session, name="Zuid", member_ids=[], **fields
    )
    wrong = [certain(stranger.person_id)]
    refused(
        "not_an_officer_here",
        "members",
        make_team,
        session,
        name="Oost",
        member_ids=wrong,
        **fields,
    )
    second = team(session, place, olga, name="Team West", by=jo)
    change: dict[str, Any] = {
        "team_id": second,
        "name": "TEAM NOORD",
        "member_ids": ids,
        "actor": jo,
    }
    refused("team_name_taken", "name", change_team, session, **change)
    assert team_names(session, [second, None]) == {second: "Team West"}
    assert team_names(session, [None]) == {}


def test_who_is_no_officer_any_more_is_in_no_team(session: Session, place: Any, jo: Actor) -> None:
    olga, piet = officer(session, place), officer(session, place, "Piet")
    team_id = team(session, place, olga, piet, by=jo)
    own, his = certain(olga.person_id), certain(piet.person_id)
    assert shared_teams(session, [own], place) == {team_id}
    assert shared_teams(session, [certain(jo.person_id)], place) == frozenset()
    for person_id in (own, his):
        grant = grants_of(session, person_id)[0]
        roles.revoke_role(session, grant_id=grant.id, reason="Weg", actor=jo)
    session.flush()
    assert session.scalars(select(TeamMember)).all() == []
    assert certain(team_by_id(session, team_id)).members == []
    assert shared_teams(session, [certain(jo.person_id)], place) == {team_id}, (
        "nobody's: everybody's"
    )


def test_an_ended_team_stays_as_it_was(session: Session, place: Any, jo: Actor) -> None:
    olga = officer(session, place)
    team_id = team(session, place, olga, by=jo)
    with pytest.raises(ForbiddenError):
        close_team(session, locked_team(session, team_id), actor=olga, cases=0, funds=0)
    close_team(session, locked_team(session, team_id), actor=jo, cases=0, funds=0)
    session.flush()
    assert teams_in(session, [place]) == []
    assert team_by_id(session, team_id) is None
    assert team_names(session, [team_id]) == {team_id: "Team Noord"}
    with pytest.raises(NotFoundError):
        locked_team(session, team_id)
    for statement in (
        "UPDATE teams SET name = 'Anders'",
        "UPDATE teams SET ended_at = NULL",
        "DELETE FROM teams",
    ):
        with pytest.raises(IntegrityError, match="is kept as it was"), session.begin_nested():
            session.execute(text(statement))
    again = team(session, place, olga, by=jo)
    assert session.get_one(Team, again).name == "Team Noord", "the name is free again"
