"""Writing a pitch in a browser without JavaScript: guest, steps, errors, handing in."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.mailed_links import mailed_path
from voorjebuurt.campaigns.models import BudgetLine, Campaign, ReviewNote
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import email_of_open_link

IDEA = {
    "title": "Een bank onder de linde",
    "summary": "Er komt een bank.",
    "for_whom": "Voor wie moe is.",
    "theme": "green",
    "name": "Els de Wit",
    "email": "Els@Voorbeeld.example",
}


def png(width: int = 600, height: int = 400) -> BytesIO:
    target = BytesIO()
    Image.new("RGB", (width, height), "green").save(target, "PNG")
    target.seek(0)
    return target


def id_in(response: TestResponse) -> UUID:
    match = re.search(r"/mijn/acties/([0-9a-f-]{36})", response.location or "")
    assert match is not None, response.location
    return UUID(match[1])


def stored(database: Database, campaign_id: UUID) -> Campaign:
    with database.reading() as session:
        return session.scalars(select(Campaign).where(Campaign.id == campaign_id)).one()


@pytest.fixture
def draft(committing: Committing) -> Campaign:
    """A whole draft of somebody."""
    with committing():
        campaign: Campaign = CampaignFactory()
    return campaign


@pytest.fixture
def author(draft: Campaign, fresh_database: Database, signed_in: SignIn) -> FlaskClient:
    """A browser in which the draft's initiator is signed in."""
    with fresh_database.reading() as session:
        person = session.get_one(Person, draft.initiator_id)
    return signed_in(person)


def test_a_browser_that_began_a_draft_is_shown_the_way_back(
    client: FlaskClient, committing: Committing, app: Flask
) -> None:
    with committing():
        NeighbourhoodFactory()
    assert "U hebt een concept" not in client.get("/").text
    path = f"/mijn/acties/{id_in(client.post('/mijn/acties/nieuw', data=IDEA))}/controleren"
    for page in ("/", "/mijn/acties/nieuw"):
        text = client.get(page).text
        assert "U hebt een concept" in text
        assert f'href="{path}"' in text
    assert client.get(path).status_code == 200
    assert "U hebt een concept" not in app.test_client().get("/").text


def test_one_mail_and_one_press_lead_back_to_a_draft(
    client: FlaskClient, committing: Committing, app: Flask, fresh_database: Database
) -> None:
    with committing():
        NeighbourhoodFactory()
    campaign_id = id_in(client.post("/mijn/acties/nieuw", data=IDEA))
    with fresh_database.writing() as session:
        statement = select(MailMessage).where(MailMessage.template == "campaign_draft")
        message = session.scalars(statement).one()
        path = mailed_path(session, message)
    other_browser = app.test_client()
    other_browser.environ_base.update(client.environ_base)
    assert other_browser.get(path).status_code == 200
    answer = other_browser.post(path)
    assert answer.location == f"/mijn/acties/{campaign_id}"
    assert "Els de Wit" in other_browser.get(f"/mijn/acties/{campaign_id}").text
    assert message.context["page_path"] == answer.location, "and for later, without a secret"
    with fresh_database.reading() as session, clock.at(clock.now() + timedelta(days=8)):
        assert email_of_open_link(session, path.rpartition("/")[2]) is None
    assert app.test_client().post(path).location is None, "it works once"


def test_who_is_signed_in_sees_own_drafts_where_campaigns_begin(
    author: FlaskClient, draft: Campaign
) -> None:
    assert f"/mijn/acties/{draft.id}/controleren" in author.get("/mijn/acties/nieuw").text


def test_a_guest_writes_a_whole_pitch(
    client: FlaskClient, committing: Committing, fresh_database: Database, signed_in: SignIn
) -> None:
    with committing():
        neighbourhood = NeighbourhoodFactory(name="Bloemenbuurt")

    first_answer = client.post("/mijn/acties/nieuw", data=IDEA)
    campaign_id = id_in(first_answer)
    base = f"/mijn/acties/{campaign_id}"
    assert first_answer.location == f"{base}/waar"
    assert "Bloemenbuurt" in client.get(f"{base}/waar").text
    place_answer = client.post(
        f"{base}/waar", data={"neighbourhood": str(neighbourhood.id), "location": "Plein"}
    )
    assert place_answer.location == f"{base}/begroting"
    client.post(
        f"{base}/begroting",
        data={
            "lines-0-what": "Bank",
            "lines-0-amount": "350,50",
            "goal": "",
            "kind": "all_or_nothing",
            "deadline": (clock.today() + timedelta(days=20)).isoformat(),
        },
    )
    story_answer = client.post(
        f"{base}/verhaal",
        data={
            "story": "Het is er warm.",
            "picture": (png(), "linde.png"),
            "picture_alt": "Een boom",
            "worse_off": "Niemand.",
            "leftovers": "Verf.",
        },
    )
    assert story_answer.location == f"{base}/controleren"
    check = client.get(f"{base}/controleren").text
    assert "els@voorbeeld.example" in check
    assert f"{base}/indienen" not in check

    # Not signed in: the pitch can't be handed in, but a link comes by mail.
    assert "/inloggen" in client.post(f"{base}/indienen").location
    client.post(f"{base}/aanmelden")
    with fresh_database.reading() as session:
        mails = session.execute(select(MailMessage.template, MailMessage.recipient)).all()
        person = session.scalars(select(Person)).one()
    assert sorted(tuple(mail) for mail in mails) == [
        ("campaign_draft", "els@voorbeeld.example"),
        ("sign_in", "els@voorbeeld.example"),
    ]
    assert (person.name, person.verified_at) == ("Els de Wit", None)

    browser = signed_in(person)
    assert browser.get(f"{base}/controleren").status_code == 404, "the address is not confirmed"
    with fresh_database.reading() as session:
        signing_in = select(MailMessage.context).where(MailMessage.template == "sign_in")
        link = session.scalars(signing_in).one()["path"]
    assert browser.post(link).location == f"{base}/controleren"
    assert f"{base}/indienen" in browser.get(f"{base}/controleren").text
    assert browser.post(f"{base}/indienen").location == base
    campaign = stored(fresh_database, campaign_id)
    assert (campaign.status, campaign.goal_cents) == ("submitted", 35_050)
    assert client.get(f"{base}/idee").status_code == 302  # the guest's browser is out


def test_a_guest_needs_a_name_and_an_address_and_loses_nothing(
    client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        MunicipalityFactory()

    page = client.post("/mijn/acties/nieuw", data={**IDEA, "email": "geen adres", "name": ""})

    assert page.status_code == 200
    assert "Een bank onder de linde" in page.text
    assert "geen adres" in page.text
    assert 'id="email-error"' in page.text
    assert 'id="name-error"' in page.text
    with fresh_database.reading() as session:
        assert session.scalars(select(Campaign)).all() == []


def test_another_browser_can_not_reach_a_draft(
    draft: Campaign, client: FlaskClient, committing: Committing, signed_in: SignIn
) -> None:
    with committing():
        stranger = PersonFactory()
    base = f"/mijn/acties/{draft.id}"

    for path in ("idee", "waar", "begroting", "verhaal", "controleren", "voorbeeld"):
        assert "/inloggen" in client.get(f"{base}/{path}").location
        assert signed_in(stranger).get(f"{base}/{path}").status_code == 404


def test_with_more_municipalities_one_is_chosen(
    client: FlaskClient, committing: Committing, fresh_database: Database
) -> None:
    with committing():
        MunicipalityFactory(name="Aalsmeer")
        town = MunicipalityFactory(name="Zeist")

    assert "Zeist" in client.get("/mijn/acties/nieuw").text
    answer = client.post("/mijn/acties/nieuw", data={**IDEA, "municipality": str(town.id)})

    assert stored(fresh_database, id_in(answer)).municipality_id == town.id
    wrong_answer = client.post("/mijn/acties/nieuw", data={**IDEA, "municipality": "x"})
    assert wrong_answer.status_code == 200


def test_rows_of_the_budget_come_and_go_without_saving(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    address = f"/mijn/acties/{draft.id}/begroting"
    rows = {
        "lines-0-what": "Bank",
        "lines-0-amount": "100",
        "lines-1-what": "Verf",
        "lines-1-amount": "12,50",
        "goal": "55",
        "kind": "all_or_nothing",
    }

    longer = author.post(address, data={**rows, "add": "1"}).text
    assert 'name="lines-2-what"' in longer
    assert "112,50" in longer
    shorter = author.post(address, data={**rows, "remove": "lines-0"}).text
    assert 'value="Bank"' not in shorter
    assert 'value="Verf"' in shorter
    total = author.post(address, data={**rows, "lines-1-amount": "20", "total": "1"}).text
    assert "€ 120" in total.replace("\xa0", " ")
    assert 'value="55"' in total

    with fresh_database.reading() as session:
        labels = session.scalars(
            select(BudgetLine.label)
            .where(BudgetLine.campaign_id == draft.id)
            .order_by(BudgetLine.position)
        ).all()
    assert labels == ["Zes bomen", "Aarde"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lines-0-amount": "veel"}, "lines-0-amount"),
        ({"lines-0-amount": ""}, "lines-0-amount"),
        ({"lines-0-what": ""}, "lines-0-what"),
        ({"goal": "999999"}, "goal"),
        ({"minimum": "999999"}, "minimum"),
        ({"minimum": "0"}, "minimum"),
        ({"goal": "0"}, "goal"),
        ({"deadline": "2020-01-01"}, "deadline"),
        ({"deadline": "31-2-2027"}, "deadline"),
    ],
)
def test_a_fault_in_the_budget_stands_at_its_field(
    draft: Campaign,
    author: FlaskClient,
    fresh_database: Database,
    changes: dict[str, str],
    field: str,
) -> None:
    data = {
        "lines-0-what": "Bank",
        "lines-0-amount": "200",
        "kind": "all_or_nothing",
        "deadline": (clock.today() + timedelta(days=20)).isoformat(),
        **changes,
    }

    page = author.post(f"/mijn/acties/{draft.id}/begroting", data=data)

    assert page.status_code == 200
    assert f'id="{field}-error"' in page.text
    assert f'href="#{field}"' in page.text
    assert 'href="#lines-0"' not in page.text
    for name, value in changes.items():
        assert f'name="{name}"' in page.text
        assert value in page.text
    assert stored(fresh_database, draft.id).goal_cents == 120_000


def test_what_is_missing_is_listed_with_a_way_to_mend_it(
    author: FlaskClient, draft: Campaign, fresh_database: Database
) -> None:
    base = f"/mijn/acties/{draft.id}"
    author.post(f"{base}/waar", data={"neighbourhood": "", "location": ""})

    check = author.get(f"{base}/controleren").text
    assert f"{base}/waar?controle=1#neighbourhood" in check
    assert f"{base}/indienen" not in check
    answer = author.post(f"{base}/indienen", follow_redirects=True)
    assert "nog niet compleet" in answer.text

    story_answer = author.post(
        f"{base}/waar?controle=1", data={"neighbourhood": str(draft.neighbourhood_id)}
    )
    assert story_answer.location == f"{base}/controleren"
    assert author.post(f"{base}/indienen").location == base
    assert stored(fresh_database, draft.id).status == "submitted"


def test_saving_and_stopping_leads_to_the_desk(draft: Campaign, author: FlaskClient) -> None:
    base = f"/mijn/acties/{draft.id}"

    answer = author.post(f"{base}/idee", data={**IDEA, "stop": "1"})

    assert answer.location == base
    assert "Een bank onder de linde" in author.get("/mijn/acties").text
    assert author.get(base).status_code == 200


def test_a_pitch_is_withdrawn_after_a_question(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    address = f"/mijn/acties/{draft.id}/intrekken"
    assert author.get(address).status_code == 200
    assert stored(fresh_database, draft.id).status == "draft"

    author.post(address)

    assert stored(fresh_database, draft.id).status == "withdrawn"
    assert author.get(address).status_code == 302
    assert author.get(f"/mijn/acties/{draft.id}/idee").location == f"/mijn/acties/{draft.id}"


def test_the_initiator_answers_the_coach(
    committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing() as session:
        person, coach = PersonFactory(), PersonFactory(name="Karim")
        campaign = CampaignFactory(status="submitted", initiator=person)
        note = ReviewNote(
            campaign_id=campaign.id,
            author_id=coach.id,
            kind="question",
            body="Van wie is de grond?",
            at=clock.now(),
        )
        session.add(note)
    browser = signed_in(person)
    base = f"/mijn/acties/{campaign.id}"
    assert "Van wie is de grond?" in browser.get(base).text

    empty = browser.post(f"{base}/antwoord", data={"body": " "})
    assert 'id="body-error"' in empty.text
    browser.post(f"{base}/antwoord", data={"body": "Van de kerk."})

    assert "Van de kerk." in browser.get(base).text


def test_the_desk_has_a_page_for_every_state(committing: Committing, signed_in: SignIn) -> None:
    with committing():
        person, area = PersonFactory(), NeighbourhoodFactory()
        campaigns = [
            CampaignFactory(
                status=status.value,
                initiator=person,
                neighbourhood=area,
                title=f"Actie {status.value}",
            )
            for status in CampaignStatus
        ]
    browser = signed_in(person)

    for campaign in campaigns:
        page = browser.get(f"/mijn/acties/{campaign.id}")
        assert page.status_code == 200, campaign.status
        assert campaign.title in page.text
        assert campaign.title in browser.get("/mijn/acties").text


def test_a_goal_that_was_left_empty_follows_the_budget(
    draft: Campaign, author: FlaskClient, fresh_database: Database
) -> None:
    address = f"/mijn/acties/{draft.id}/begroting"
    data = {
        "lines-0-what": "Bank",
        "lines-0-amount": "200",
        "goal": "",
        "minimum": "",
        "kind": "all_or_nothing",
        "deadline": (clock.today() + timedelta(days=20)).isoformat(),
    }
    assert author.post(address, data=data).status_code == 302
    for amount, cents in (("150", 15_000), ("250", 25_000)):
        form = author.get(address)
        assert "Laat dit leeg, dan volgt het bedrag het totaal van uw begroting." in form.text
        values = {name: value_of(form, name) for name in ("goal", "minimum")}
        answer = author.post(address, data={**data, **values, "lines-0-amount": amount})
        assert answer.status_code == 302
        campaign = stored(fresh_database, draft.id)
        assert (campaign.goal_cents, campaign.minimum_cents) == (cents, cents)


def value_of(page: TestResponse, name: str) -> str:
    """What a field of a page shows."""
    match = re.search(rf'<input[^>]* name="{name}"[^>]*>', page.text)
    assert match
    value = re.search(r'value="([^"]*)"', match[0])
    return value[1] if value else ""
