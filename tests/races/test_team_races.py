"""A team and its cases at the same moment: one takes a case, and a team that ends has none."""

from typing import Any

import pytest

from tests.support.at_once import at_once, without_errors
from tests.support.certain import certain
from tests.support.deeds_at_once import Alone, Build
from tests.support.factories.people import appointer
from tests.support.factories.teams import team
from tests.support.factories.towns import town
from voorjebuurt.decisions.cases.delegations import assign, take
from voorjebuurt.decisions.cases.teams import end_team
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Team
from voorjebuurt.people.teams.service import make_team

TEAM_FREE = {"team_not_here", "team_has_cases", "team_got_cases"}


def test_one_of_two_takes_the_case_and_the_other_is_told_who(
    build: Build, alone: Alone, fresh_database: Database
) -> None:
    case = build(town)
    number = case.application.id

    def taken(actor: Any) -> Any:
        return alone(lambda session: take(session, application_id=number, actor=actor))

    results = at_once(taken(case.olga), taken(case.piet))
    refusals = [each for each in results if isinstance(each, DomainError)]
    assert [each.code for each in refusals] == ["case_taken"]
    with fresh_database.reading() as session:
        handler_id = session.get_one(Application, number).assigned_to
    winner = {case.olga.person_id: "Olga", case.piet.person_id: "Piet"}[certain(handler_id)]
    assert refusals[0].values == {"name": winner}


@pytest.mark.parametrize("turn", range(4))
def test_a_team_that_ends_has_no_open_case_whoever_gives_one(
    build: Build, alone: Alone, fresh_database: Database, turn: int
) -> None:
    case = build(town)
    place = case.fund.municipality_id
    jo = build(lambda session: appointer(session, place))
    team_id = build(lambda session: team(session, place, case.piet, by=jo, name=f"Team {turn}"))
    give = alone(
        lambda session: assign(
            session,
            application_id=case.application.id,
            officer_id=None,
            team_id=team_id,
            reason="",
            actor=case.olga,
        )
    )
    end = alone(lambda session: end_team(session, team_id=team_id, lets_cases_go=False, actor=jo))
    for each in at_once(give, end):
        if isinstance(each, Exception):
            assert isinstance(each, DomainError), each
            assert each.code in TEAM_FREE
    with fresh_database.reading() as session:
        has_ended = session.get_one(Team, team_id).ended_at is not None
        has_case = session.get_one(Application, case.application.id).team_id == team_id
        assert has_ended != has_case


def test_pressed_twice_a_team_is_made_once(build: Build, alone: Alone) -> None:
    case = build(town)
    place = case.fund.municipality_id
    jo = build(lambda session: appointer(session, place))
    make = alone(
        lambda session: make_team(
            session,
            municipality_id=place,
            name="Team Noord",
            member_ids=[certain(case.piet.person_id)],
            actor=jo,
        )
    )
    assert len(set(without_errors(at_once(make, make)))) == 1
