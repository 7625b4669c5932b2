"""Teams over the screens: made by who may, on the work list, and taken by one of two."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.people import appointer
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Person, Team

TEAMS = "/gemeente/teams"


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in)


@pytest.fixture
def jo(at_desk: Desk, committing: Committing, signed_in: SignIn) -> FlaskClient:
    """Somebody of the municipality who may appoint."""
    with committing() as session:
        actor = appointer(session, at_desk.case.fund.municipality_id)
        person = session.get_one(Person, actor.person_id)
        person.name = "Jo Bos"
    return signed_in(person)


def make(at_desk: Desk, jo: FlaskClient, name: str = "Team Noord", member: str = "piet") -> None:
    place = at_desk.case.fund.municipality_id
    person_id = getattr(at_desk.case, member).person_id
    text = page(jo, f"{TEAMS}/{place}/nieuw", name=name, members=[str(person_id)])
    assert "Het team is gemaakt." in text


def team_id(committing: Committing) -> UUID:
    with committing() as session:
        return certain(session.scalars(select(Team.id)).first())


def version(client: FlaskClient, path: str) -> str:
    return certain(re.search(r'name="version" value="([^"]+)"', page(client, path)))[1]


def test_who_may_appoint_makes_changes_and_ends_a_team(
    at_desk: Desk, jo: FlaskClient, committing: Committing
) -> None:
    place = at_desk.case.fund.municipality_id
    assert "Er zijn nog geen teams" in page(at_desk.olga, TEAMS)
    assert "Maak een team" not in page(at_desk.olga, TEAMS)
    assert at_desk.olga.get(f"{TEAMS}/{place}/nieuw").status_code == 403
    assert at_desk.eva.get(f"{TEAMS}/{place}/nieuw").status_code == 404
    empty = page(jo, f"{TEAMS}/{place}/nieuw", name=" ")
    assert 'id="name-error"' in empty
    assert 'id="members-error"' in empty
    make(at_desk, jo)
    overview = page(at_desk.olga, TEAMS)
    assert "Team Noord" in overview
    assert "Piet" in overview
    assert "Geen lopende zaken" in overview
    path = f"{TEAMS}/{team_id(committing)}"
    assert at_desk.olga.get(f"{path}/wijzigen").status_code == 403
    assert at_desk.eva.get(f"{path}/wijzigen").status_code == 404
    both = [str(at_desk.case.piet.person_id), str(at_desk.case.olga.person_id)]
    page_version = version(jo, f"{path}/wijzigen")
    text = page(jo, f"{path}/wijzigen", name="Team Zuid", members=both, version=page_version)
    assert "Team Zuid" in text
    text = page(jo, f"{path}/wijzigen", name="Team West", members=both, version=page_version)
    assert "Naam van het team" in text, "in another window, meanwhile: look again"
    assert 'value="Team West"' in text, "what was typed stays"
    text = page(jo, f"{path}/opheffen", version=version(jo, f"{path}/opheffen"))
    assert "Het team is opgeheven." in text
    assert jo.get(f"{path}/opheffen").status_code == 404
    trail = page(at_desk.olga, "/gemeente/logboek?soort=team")
    for deed in ("Maakte een team", "Wijzigde een team", "Hief een team op", "team Team Zuid"):
        assert deed in trail


def test_a_team_with_open_cases_says_so_before_it_ends(
    at_desk: Desk, jo: FlaskClient, committing: Committing
) -> None:
    make(at_desk, jo)
    team = team_id(committing)
    path = f"{TEAMS}/{team}/opheffen"
    early = version(jo, path)
    page(at_desk.olga, f"{at_desk.path}/behandelaar", officer="", team=str(team), reason="")
    assert "1 lopende zaak" in page(at_desk.olga, TEAMS)
    stale = page(jo, path, version=early, lets_cases_go="y")
    assert "Lopende zaken van het team" in stale, "it came in between: look again"
    with committing() as session:
        assert session.get_one(Team, team).ended_at is None
    text = page(jo, path)
    assert "1 lopende zaak is bij dit team. Die gaat naar geen team." in text
    assert 'id="lets_cases_go-error"' in page(jo, path, version=version(jo, path))
    page(jo, path, version=version(jo, path), lets_cases_go="y")
    with committing() as session:
        assert session.get_one(Application, at_desk.application_id).team_id is None
        assert session.get_one(Team, team).ended_at is not None
    assert "niet meer bij team Team Noord" in page(at_desk.olga, "/gemeente/logboek")


def test_the_work_list_shows_narrows_and_orders_by_team(
    at_desk: Desk, jo: FlaskClient, committing: Committing
) -> None:
    assert 'name="team"' not in page(at_desk.olga, "/gemeente"), "no teams, no field"
    make(at_desk, jo)
    team, title = team_id(committing), at_desk.case.campaign.title
    page(at_desk.olga, f"{at_desk.path}/behandelaar", officer="", team=str(team), reason="")
    assert "Team Noord" in page(at_desk.olga, at_desk.path)
    assert "Team Noord" in page(at_desk.olga, "/gemeente/aanvragen")
    assert title in page(at_desk.olga, f"/gemeente/aanvragen?team={team}")
    assert title in page(at_desk.piet, "/gemeente")
    assert title not in page(at_desk.olga, "/gemeente"), "it waits for the team"
    everything = page(at_desk.olga, "/gemeente?van=alle&volgorde=team&richting=af")
    assert title in everything
    assert "Team Noord" in everything
    assert title in page(at_desk.olga, f"/gemeente?van=alle&team={team}")
    assert title not in page(at_desk.olga, "/gemeente?van=alle&team=geen")
    notice = page(at_desk.olga, "/gemeente?van=alle&team=00000000-0000-0000-0000-000000000000")
    assert "Deze keuze is er niet meer." in notice
    query = f"van=alle&team={team}"
    page(at_desk.olga, f"/gemeente/selecties?{query}", title="Noord")
    desk_page = page(at_desk.olga, "/gemeente")
    assert f"team={team}" in desk_page, "a selection that was kept has it"


def test_several_cases_go_to_a_team_from_the_list(
    at_desk: Desk, jo: FlaskClient, committing: Committing
) -> None:
    make(at_desk, jo)
    team, case = team_id(committing), str(at_desk.application_id)
    match = certain(re.search(r'action="(/gemeente/[a-z-]+)"', page(at_desk.olga, "/gemeente")))
    path = f"{match[1]}?zaak={case}"
    text = page(at_desk.olga, path)
    assert "Laat het team zoals het is" in text
    page(at_desk.olga, path, cases=[case], officer="", team=str(team), reason="")
    with committing() as session:
        row = session.get_one(Application, at_desk.application_id)
        assert (row.team_id, row.assigned_to) == (team, None)
    piet = str(at_desk.case.piet.person_id)
    page(at_desk.olga, path, cases=[case], officer=piet, team="blijft", reason="")
    with committing() as session:
        row = session.get_one(Application, at_desk.application_id)
        assert (row.team_id, str(row.assigned_to)) == (team, piet)


def test_one_of_two_takes_a_case_of_the_team_and_the_other_reads_who(
    at_desk: Desk, jo: FlaskClient, committing: Committing
) -> None:
    make(at_desk, jo)
    assign = f"{at_desk.path}/behandelaar"
    early = version(at_desk.olga, assign)
    page(at_desk.piet, f"{at_desk.path}/oppakken", x="x")
    stale = page(at_desk.olga, assign, officer="", team="", reason="", version=early)
    assert "Piet (" in stale, "who has it now"
    text = page(at_desk.olga, f"{at_desk.path}/oppakken", x="x")
    assert "Piet heeft deze zaak intussen opgepakt." in text
    with committing() as session:
        row = session.get_one(Application, at_desk.application_id)
        assert row.assigned_to == at_desk.case.piet.person_id


def test_a_fund_gives_its_new_applications_to_a_team(
    at_desk: Desk, jo: FlaskClient, committing: Committing
) -> None:
    fund = f"/gemeente/fondsen/{at_desk.case.fund.id}"
    assert "Nieuwe aanvragen gaan naar geen team." in page(at_desk.olga, fund)
    make(at_desk, jo)
    team = team_id(committing)
    page_version = version(at_desk.olga, f"{fund}/team")
    text = page(at_desk.olga, f"{fund}/team", team=str(team), version=page_version)
    assert "Nieuwe aanvragen gaan naar Team Noord." in text
    text = page(at_desk.piet, f"{fund}/team", team="", version=page_version)
    assert "Team voor nieuwe aanvragen" in text, "somebody chose meanwhile"
    with committing() as session:
        assert session.get_one(Fund, at_desk.case.fund.id).team_id == team


def test_the_auditor_reads_the_teams_and_changes_none(
    at_desk: Desk, jo: FlaskClient, committing: Committing, signed_in: SignIn
) -> None:
    make(at_desk, jo)
    with committing() as session:
        place = at_desk.case.fund.municipality_id
        carla = with_role(session, "inspector", "Carla Groen", municipality_id=place)
    auditor = signed_in(carla)
    text = page(auditor, TEAMS)
    assert "Team Noord" in text
    assert "Maak een team" not in text
    assert auditor.get(f"{TEAMS}/{team_id(committing)}/opheffen").status_code in (403, 404)
    assert 'name="team"' in page(auditor, "/gemeente")
    fund_page = page(auditor, f"/gemeente/fondsen/{at_desk.case.fund.id}")
    assert "Nieuwe aanvragen gaan naar geen team." in fund_page
    assert "Kies een team" not in fund_page
