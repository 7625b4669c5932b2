"""Initiators name their board, and officers the addresses of their municipality."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import UnmatchedGiver

NL = {"Accept-Language": "nl"}
BOARD = "voorzitter@voorbeeld.example"


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        return CampaignFactory(status="live")


@pytest.fixture
def initiator(committing: Committing, signed_in: SignIn, campaign: Campaign) -> FlaskClient:
    with committing() as session:
        person = session.get_one(Person, campaign.initiator_id)
    return signed_in(person)


@pytest.fixture
def officer(committing: Committing, signed_in: SignIn, campaign: Campaign) -> FlaskClient:
    with committing():
        person = PersonFactory()
        RoleGrantFactory(
            person_id=person.id, role="officer", municipality_id=campaign.municipality_id
        )
    return signed_in(person)


def givers(committing: Committing) -> dict[str, UnmatchedGiver]:
    with committing() as session:
        return {row.email: row for row in session.scalars(select(UnmatchedGiver))}


def test_an_initiator_names_the_board_and_takes_an_address_off(
    committing: Committing, initiator: FlaskClient, campaign: Campaign
) -> None:
    address = f"/mijn/acties/{campaign.id}/bestuur"
    assert initiator.post(address, data={"email": BOARD.upper()}, headers=NL).status_code == 302
    assert BOARD in words(initiator.get(address, headers=NL))
    assert "Noem uw bestuur" in words(
        initiator.get(f"/mijn/acties/{campaign.id}/matchgeld", headers=NL)
    )
    member = givers(committing)[BOARD]
    initiator.post(f"{address}/{member.id}/verwijder")
    assert givers(committing) == {}


@pytest.mark.parametrize("email", ["geen adres", "@voorbeeld.example", ""])
def test_a_wrong_address_is_told_at_the_field_and_kept(
    committing: Committing, initiator: FlaskClient, campaign: Campaign, email: str
) -> None:
    answer = initiator.post(
        f"/mijn/acties/{campaign.id}/bestuur", data={"email": email}, headers=NL
    )
    assert "Vul een e-mailadres in" in words(answer)
    assert f'value="{email}"' in answer.get_data(as_text=True)
    assert givers(committing) == {}


def test_an_officer_names_the_domain_of_the_municipality(
    committing: Committing, officer: FlaskClient, campaign: Campaign
) -> None:
    address = "/gemeente/eigen-adressen"
    form = {"email": "@gemeente.example"}
    assert officer.post(address, data=form, headers=NL).status_code == 302
    assert "@gemeente.example" in words(officer.get(address, headers=NL))
    again = officer.post(address, data=form, headers=NL)
    assert "Dit adres staat al op de lijst." in words(again)
    (row,) = givers(committing).values()
    assert (row.municipality_id, row.campaign_id) == (campaign.municipality_id, None)
    officer.post(f"{address}/{row.id}/verwijder")
    assert givers(committing) == {}


def test_nobody_takes_an_address_off_somebody_elses_list(
    committing: Committing, initiator: FlaskClient, officer: FlaskClient, campaign: Campaign
) -> None:
    initiator.post(f"/mijn/acties/{campaign.id}/bestuur", data={"email": BOARD})
    member = givers(committing)[BOARD]
    assert officer.post(f"/gemeente/eigen-adressen/{member.id}/verwijder").status_code == 404
    assert BOARD in givers(committing)
