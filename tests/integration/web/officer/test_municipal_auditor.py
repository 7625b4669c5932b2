"""The auditor of a municipality: proposed and confirmed by staff, reads there, does nothing."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.decisions.cases.notes import add_note


@pytest.fixture
def at_desk(committing: Committing, signed_in: SignIn) -> Desk:
    return desk(committing, signed_in)


@pytest.fixture
def auditor(at_desk: Desk, committing: Committing, signed_in: SignIn) -> FlaskClient:
    with committing() as session:
        place = at_desk.case.fund.municipality_id
        somebody = with_role(session, "inspector", "Carla Groen", municipality_id=place)
    return signed_in(somebody)


def test_an_auditor_reads_cases_notes_funds_reports_and_the_trail(
    at_desk: Desk, auditor: FlaskClient, committing: Committing
) -> None:
    with committing() as session:
        add_note(
            session,
            application_id=at_desk.application_id,
            body="Gebeld met de groep.",
            actor=at_desk.case.olga,
        )
    title = at_desk.case.campaign.title
    desk_page = page(auditor, "/gemeente")
    assert "U kijkt mee als controleur." in desk_page
    assert title in desk_page
    case_page = page(auditor, at_desk.path)
    assert title in case_page
    assert "Gebeld met de groep." in case_page, "part of the file that the archive law keeps"
    for path in (
        "aanvragen",
        "fondsen",
        "bezwaren",
        "acties",
        "rapporten",
        "logboek",
        "medewerkers",
    ):
        assert auditor.get(f"/gemeente/{path}").status_code == 200, path
    assert auditor.get(f"{at_desk.path}/dossier.zip").status_code == 200
    assert "Gebeld met de groep." not in page(auditor, "/gemeente/logboek"), "that, not what"


def test_nothing_of_the_work_list_is_an_auditors_own(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk = desk(committing, signed_in, at="divided", claim=50_000)
    page(at_desk.olga, f"{at_desk.path}/besluit/toekenning", x="x")
    with committing() as session:
        place = at_desk.case.fund.municipality_id
        somebody = with_role(session, "inspector", "Carla Groen", municipality_id=place)
    text = page(signed_in(somebody), "/gemeente")
    assert "voor een tweede ambtenaar" in text
    assert "binnen uw mandaat" not in text
    assert "Van mij, en wat niemand doet" not in text, "it is everybody's that they see"
    assert "binnen uw mandaat" in page(at_desk.piet, "/gemeente")


def test_an_auditor_does_nothing_and_is_offered_nothing(
    at_desk: Desk, auditor: FlaskClient
) -> None:
    case_page = page(auditor, at_desk.path)
    main = case_page.partition("<main")[2].partition("</main>")[0]
    assert 'method="post"' not in main
    for path in ("oppakken", "toelaten"):
        assert f"{at_desk.path}/{path}" not in main
        assert auditor.post(f"{at_desk.path}/{path}").status_code == 403
    for path in ("notitie", "behandelaar", "aanvullen"):
        assert f"{at_desk.path}/{path}" not in main
        assert auditor.get(f"{at_desk.path}/{path}").status_code in (403, 404)
    assert auditor.get("/gemeente/fondsen/nieuw").status_code == 403
    assert "/gemeente/mails" not in case_page, "the menu as well"


def test_an_auditor_reads_no_other_municipality_and_no_page_of_staff(
    at_desk: Desk, committing: Committing, signed_in: SignIn, auditor: FlaskClient
) -> None:
    with committing() as session:
        place = MunicipalityFactory().id
        other = with_role(session, "inspector", "Dirk Elders", municipality_id=place)
    elsewhere = signed_in(other)
    assert elsewhere.get(at_desk.path).status_code == 404
    assert at_desk.case.campaign.title not in page(elsewhere, "/gemeente/aanvragen")
    for path in ("/beheer", "/beheer/grootboek", "/beheer/logboek"):
        assert auditor.get(path).status_code == 403


def test_the_auditor_of_a_municipality_has_one(committing: Committing) -> None:
    with pytest.raises(IntegrityError, match="officer_place"), committing() as session:
        with_role(session, "inspector", "Carla Groen")
