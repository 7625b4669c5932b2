"""Names that would mislead are refused where they are typed, and nothing that was typed is lost."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.web.words.written import as_written

RESERVED = "Deze naam hoort bij een gemeente"
GIFT = {"amount": "1000", "email": "els@voorbeeld.example", "name_public": "yes", "consent": "y"}
IDEA = {"title": "Een bankje", "name": "Els", "email": "els@voorbeeld.example"}


@pytest.mark.parametrize("name", ["Gemeente Zwaanstad", "Zwaanstad", "Voor je Buurt", "Moderator"])
def test_a_donor_can_not_go_by_another_name(
    client: FlaskClient, committing: Committing, name: str
) -> None:
    with committing():
        MunicipalityFactory(name="Zwaanstad")
        CampaignFactory(status="live", slug="bankje")
    answer = client.post("/acties/bankje/geef", data={**GIFT, "name": name, "message": "Mooi plan"})
    assert answer.status_code == 200
    assert RESERVED in answer.text
    assert f'value="{name}"' in answer.text
    assert "Mooi plan" in answer.text
    assert client.post("/acties/bankje/geef", data={**GIFT, "name": "Els"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "words", "message"),
    [
        ("name", "Redactie Voor je Buurt", RESERVED),
        ("group_name", "Gemeente Zwaanstad", RESERVED),
        ("title", "Gemeente Zwaanstad: een bankje", "Dit lijkt op een bericht van een gemeente"),
        ("title", "Een bаnkje", "Gebruik in een woord letters van één alfabet"),
    ],
)
def test_nor_an_initiator_a_group_or_a_plan(
    client: FlaskClient, committing: Committing, field: str, words: str, message: str
) -> None:
    with committing():
        MunicipalityFactory(name="Zwaanstad")
    answer = client.post("/mijn/acties/nieuw", data={**IDEA, field: words})
    assert answer.status_code == 200
    assert message in answer.text
    assert f'value="{words}"' in answer.text


def test_nor_a_person_but_who_works_here_may(committing: Committing, signed_in: SignIn) -> None:
    with committing():
        els, officer = PersonFactory(name="Els"), PersonFactory(name="Olga")
        place = MunicipalityFactory(name="Zwaanstad")
        RoleGrantFactory(person_id=officer.id, role="officer", municipality_id=place.id)
    form = {"name": "Gemeente Zwaanstad", "locale": "nl"}
    assert RESERVED in signed_in(els).post("/mijn/profiel", data=form).text
    assert signed_in(officer).post("/mijn/profiel", data=form).status_code == 302


def test_what_turns_text_around_is_taken_out(client: FlaskClient, committing: Committing) -> None:
    with committing():
        campaign = CampaignFactory(status="live", slug="bankje")
        PledgeFactory(campaign=campaign, name="محمد", name_public=True)
    name = "Els\u202e\u2066\u200bxe"
    client.post("/acties/bankje/geef", data={**GIFT, "name": name})
    page = client.get("/acties/bankje").text
    assert "<bdi>محمد</bdi>" in page


def test_on_every_page_a_name_from_the_right_stands_by_itself(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "nl"}):
        assert as_written("محمد") == "<bdi>محمد</bdi>"
        assert as_written("<b>דוד") == "<bdi>&lt;b&gt;דוד</bdi>"
        assert as_written("Els") == "Els"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert as_written("محمد") == '<span lang="nl" dir="auto">محمد</span>'
