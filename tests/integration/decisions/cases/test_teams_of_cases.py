"""A case of a team: given to it, taken from it, and let go when the team ends."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import appointer
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.teams import team
from tests.support.factories.towns import Town, applied, officer, town
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.decisions.cases.delegations import assign, assign_many, take
from voorjebuurt.decisions.cases.teams import end_team, ending_parts, open_cases_by_team
from voorjebuurt.decisions.overviews.waiting import all_work
from voorjebuurt.decisions.overviews.worklist import desk_of, own_work, work_list
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.matching.funds.teams import choose_team, team_of_fund_parts
from voorjebuurt.people.models import Team


@pytest.fixture
def case(session: Session) -> Town:
    return town(session)


def give(
    session: Session, case: Town, team_id: UUID | None, officer_id: UUID | None = None
) -> None:
    assign(
        session,
        application_id=case.application.id,
        officer_id=officer_id,
        team_id=team_id,
        reason="Kent de wijk.",
        actor=case.olga,
    )


def mine(session: Session, case: Town, actor: Actor) -> list[str]:
    place, person_id = case.fund.municipality_id, certain(actor.person_id)
    desk = desk_of(session, officer_id=person_id, municipality_id=place)
    own = [work.number for work in own_work(all_work(session, place), desk)]
    assert own == [work.number for work in work_list(session, desk, mine=True)], "mail and list"
    return own


def actions(session: Session, case: Town, action: str) -> list[Any]:
    statement = select(AuditEvent).where(
        AuditEvent.subject_id == case.application.id, AuditEvent.action == action
    )
    return list(session.scalars(statement.order_by(AuditEvent.at, AuditEvent.id)))


def test_a_case_of_a_team_waits_for_who_is_in_it(session: Session, case: Town) -> None:
    place, number = case.fund.municipality_id, case.application.number
    anna = officer(session, place, "Anna")
    assert mine(session, case, case.piet) == mine(session, case, anna) == [number], "of everybody"
    team_id = team(session, place, anna)
    give(session, case, team_id)
    give(session, case, team_id)
    assert mine(session, case, case.piet) == []
    assert mine(session, case, anna) == [number]
    assert [
        event.detail["team"] for event in actions(session, case, "application.team_changed")
    ] == ["Team Noord"], "what it has already is not written again"
    take(session, application_id=case.application.id, actor=anna)
    take(session, application_id=case.application.id, actor=anna)
    assert (case.application.assigned_to, case.application.team_id) == (anna.person_id, team_id)
    assert len(actions(session, case, "application.assigned")) == 1
    assert mine(session, case, anna) == [number]
    give(session, case, None)
    assert mine(session, case, case.piet) == [number]


def test_who_takes_what_somebody_has_is_told_who(session: Session, case: Town) -> None:
    take(session, application_id=case.application.id, actor=case.piet)
    with pytest.raises(DomainError) as error:
        take(session, application_id=case.application.id, actor=case.olga)
    assert (error.value.code, error.value.values) == ("case_taken", {"name": "Piet"})
    assert case.application.assigned_to == case.piet.person_id
    anna = officer(session, case.fund.municipality_id, "Anna")
    PledgeFactory(campaign=case.campaign, donor_id=anna.person_id)
    assign(session, application_id=case.application.id, officer_id=None, reason="", actor=case.piet)
    with pytest.raises(DomainError) as error:
        take(session, application_id=case.application.id, actor=anna)
    assert error.value.code == "officer_has_stake"


def test_several_cases_go_to_a_team_at_once(session: Session, case: Town) -> None:
    place = case.fund.municipality_id
    other = applied(
        session,
        case.fund,
        CampaignFactory(
            status="succeeded",
            municipality_id=place,
            neighbourhood_id=case.campaign.neighbourhood_id,
        ),
    )
    team_id = team(session, place, case.piet)
    ids = [case.application.id, other.id]
    fields: dict[str, Any] = {"application_ids": ids, "officer_id": None, "reason": ""}
    assert assign_many(session, **fields, team_id=team_id, actor=case.olga).count == 2
    assert open_cases_by_team(session, place) == {team_id: 2}
    with_piet = {**fields, "officer_id": case.piet.person_id}
    assign_many(session, **with_piet, actor=case.olga)
    assert {case.application.team_id, other.team_id} == {team_id}, "left as it is"
    assign_many(session, **with_piet, team_id=None, actor=case.olga)
    assert {case.application.team_id, other.team_id} == {None}


def test_a_team_of_elsewhere_or_one_that_ended_gets_no_case(session: Session, case: Town) -> None:
    place = case.fund.municipality_id
    elsewhere = MunicipalityFactory().id
    stranger = team(session, elsewhere, officer(session, elsewhere, "Eva"))
    jo = appointer(session, place)
    old_team = team(session, place, case.piet, by=jo)
    assert end_team(session, team_id=old_team, lets_cases_go=False, actor=jo) == 0
    for team_id in (stranger, old_team):
        with pytest.raises(DomainError) as error:
            give(session, case, team_id)
        assert (error.value.code, error.value.field) == ("team_not_here", "team")
        for table in ("applications", "funds"):
            with pytest.raises(IntegrityError), session.begin_nested():
                session.execute(text(f"UPDATE {table} SET team_id = :id"), {"id": team_id})


def test_a_team_with_open_cases_ends_only_after_saying_so(session: Session, case: Town) -> None:
    place = case.fund.municipality_id
    jo = appointer(session, place)
    team_id = team(session, place, case.piet, by=jo)
    give(session, case, team_id, case.piet.person_id)
    choose_team(session, fund_id=case.fund.id, team_id=team_id, actor=case.olga)
    assert ending_parts(session, team_id)["open_cases"] == 1
    with pytest.raises(DomainError) as error:
        end_team(session, team_id=team_id, lets_cases_go=False, actor=jo)
    assert (error.value.code, error.value.values) == ("team_has_cases", {"count": 1})
    with pytest.raises(IntegrityError, match="still has open cases"), session.begin_nested():
        session.execute(text("UPDATE teams SET ended_at = now(), ended_by = NULL"))
    with pytest.raises(ForbiddenError), session.begin_nested():
        end_team(session, team_id=team_id, lets_cases_go=True, actor=case.olga)
    session.refresh(case.application)
    assert end_team(session, team_id=team_id, lets_cases_go=True, actor=jo) == 1
    assert (case.application.team_id, case.application.assigned_to) == (None, case.piet.person_id)
    assert case.fund.team_id is None
    assert (
        actions(session, case, "application.team_changed")[-1].detail["team_before"] == "Team Noord"
    )
    assert session.get_one(Team, team_id).ended_by == jo.person_id


def test_a_case_that_is_over_keeps_its_team_and_counts_for_nobody(
    session: Session, case: Town
) -> None:
    place = case.fund.municipality_id
    jo = appointer(session, place)
    team_id = team(session, place, case.piet, by=jo)
    give(session, case, team_id)
    case.send(session, "refusal", 0, "outside_area")
    assert end_team(session, team_id=team_id, lets_cases_go=False, actor=jo) == 0
    assert case.application.team_id == team_id
    works = all_work(session, place)
    assert [work.team_id for work in works] == [None for _ in works]


def test_new_applications_go_to_the_team_of_the_fund(session: Session, case: Town) -> None:
    place = case.fund.municipality_id
    team_id = team(session, place, case.piet)
    choose_team(session, fund_id=case.fund.id, team_id=team_id, actor=case.olga)
    choose_team(session, fund_id=case.fund.id, team_id=team_id, actor=case.olga)
    assert team_of_fund_parts(session, case.fund.id) == {"fund_team": "Team Noord"}
    events = select(AuditEvent).where(AuditEvent.action == "fund.team_changed")
    assert len(session.scalars(events).all()) == 1
    campaign = CampaignFactory(
        status="succeeded",
        municipality_id=place,
        neighbourhood_id=case.campaign.neighbourhood_id,
    )
    assert applied(session, case.fund, campaign).team_id == team_id
    assert case.application.team_id is None, "what was in keeps its own"
    stranger = officer(session, MunicipalityFactory().id, "Eva")
    with pytest.raises(ForbiddenError):
        choose_team(session, fund_id=case.fund.id, team_id=None, actor=stranger)
