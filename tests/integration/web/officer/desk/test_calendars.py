"""Terms in an officer's own calendar, by a secret link that ends with the role."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.teams import team
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.calendars.models import CalendarFeed
from voorjebuurt.decisions.calendars.service import READS_AN_HOUR
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.matching.models import Application
from voorjebuurt.people.models import Person, RoleGrant


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in)


def place_of(at_desk: Desk) -> UUID:
    return at_desk.case.fund.municipality_id


def link(at_desk: Desk, client: FlaskClient, scope: str = "all") -> str:
    text = page(client, f"/gemeente/agenda/{place_of(at_desk)}/{scope}/maken", x="x")
    return certain(re.search(r"/gemeente/agenda/[\w-]{40,}\.ics", text)).group()


def test_a_link_shows_the_terms_without_names_and_is_kept_as_a_hash(
    at_desk: Desk, client: FlaskClient, committing: Committing
) -> None:
    path = link(at_desk, at_desk.olga)
    answer = client.get(path)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.get_data(as_text=True).replace("\r\n ", "")
    with committing() as session:
        case = session.get_one(Application, at_desk.application_id)
        assert f"SUMMARY:{case.number}: Beslissen" in text
        assert f"DTSTART;VALUE=DATE:{case.decide_by:%Y%m%d}" in text
        assert f"UID:decide-{case.id}@voorjebuurt" in text
        feed = session.scalars(select(CalendarFeed)).one()
        secret = path.rpartition("/")[2].removesuffix(".ics")
        assert feed.token_hash == token_hash(secret)
        case.decide_by = clock.today()
    assert at_desk.case.campaign.title not in text
    assert secret not in page(at_desk.olga, "/gemeente/agenda"), "shown once"
    later = client.get(path).get_data(as_text=True).replace("\r\n ", "")
    assert f"UID:decide-{at_desk.application_id}@voorjebuurt" in later, "moved, not another"
    assert f"DTSTART;VALUE=DATE:{clock.today():%Y%m%d}" in later


def test_own_terms_have_the_cases_of_ones_team_that_nobody_handles(
    at_desk: Desk, client: FlaskClient, committing: Committing
) -> None:
    paths = [link(at_desk, each, "own") for each in (at_desk.olga, at_desk.piet)]
    with committing() as session:
        team_id = team(session, place_of(at_desk), at_desk.case.piet)
        session.get_one(Application, at_desk.application_id).team_id = team_id
    event = f"UID:decide-{at_desk.application_id}@voorjebuurt"
    olga, piet = (client.get(path).get_data(as_text=True).replace("\r\n ", "") for path in paths)
    assert event not in olga
    assert event in piet


def test_own_cases_are_those_that_the_officer_handles(at_desk: Desk, client: FlaskClient) -> None:
    path = link(at_desk, at_desk.olga, "own")
    assert "BEGIN:VEVENT" not in client.get(path).text
    page(at_desk.olga, f"{at_desk.path}/oppakken", x="x")
    assert "BEGIN:VEVENT" in client.get(path).text


def test_a_new_link_ends_the_one_before_and_a_link_can_be_ended(
    at_desk: Desk, client: FlaskClient
) -> None:
    first = link(at_desk, at_desk.olga)
    second = link(at_desk, at_desk.olga)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    own = link(at_desk, at_desk.olga, "own")
    page(at_desk.olga, f"/gemeente/agenda/{place_of(at_desk)}/all/stoppen", x="x")
    assert client.get(second).status_code == 404
    assert client.get(own).status_code == 200, "the other calendar goes on"


def test_it_ends_with_the_role_and_while_the_person_is_blocked(
    at_desk: Desk, client: FlaskClient, committing: Committing
) -> None:
    path = link(at_desk, at_desk.olga)
    olga = certain(at_desk.case.olga.person_id)
    with committing() as session:
        session.get_one(Person, olga).blocked_at = clock.now()
    assert client.get(path).status_code == 404
    with committing() as session:
        session.get_one(Person, olga).blocked_at = None
    assert client.get(path).status_code == 200
    with committing() as session:
        grant = session.scalars(
            select(RoleGrant).where(RoleGrant.person_id == olga, RoleGrant.revoked_at.is_(None))
        ).one()
        grant.revoked_at = clock.now()
        place = grant.municipality_id
    assert client.get(path).status_code == 404
    with committing() as session:
        session.add(
            RoleGrant(person_id=olga, role="officer", municipality_id=place, granted_at=clock.now())
        )
    assert client.get(path).status_code == 404, "also after the role was given again"


def test_a_link_is_of_ones_own_municipality_and_odd_ones_open_nothing(
    at_desk: Desk, client: FlaskClient
) -> None:
    path = f"/gemeente/agenda/{place_of(at_desk)}"
    assert at_desk.eva.post(f"{path}/all/maken").status_code == 404
    assert at_desk.olga.post(f"{path}/everything/maken").status_code == 404
    for secret in ("x", "x" * 43, "%00", "..%2F"):
        assert client.get(f"/gemeente/agenda/{secret}.ics").status_code == 404


def test_who_reads_too_often_waits(
    at_desk: Desk, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert READS_AN_HOUR >= 4
    monkeypatch.setattr("voorjebuurt.decisions.calendars.service.READS_AN_HOUR", 2)
    path = link(at_desk, at_desk.olga)
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
