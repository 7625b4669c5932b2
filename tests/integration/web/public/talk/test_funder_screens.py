"""Funders look along at a plan by a private link, and remark something."""

import re
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.support.donor_mails import mails_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.campaigns.coaching.talk_mails import mail_waiting
from voorjebuurt.campaigns.funders.models import FunderLink, FunderRemark
from voorjebuurt.campaigns.funders.service import forget_links
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}
REMARK = {"name": "Ida Prins", "organisation": "Buurtfonds", "body": "Mooi plan.", "part": ""}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing():
        maker = PersonFactory(name="Noor Geheim")
        return CampaignFactory(status="draft", title="Moestuin", initiator=maker, group_name="")


@pytest.fixture
def desk(committing: Committing, signed_in: SignIn, campaign: Campaign) -> FlaskClient:
    with committing() as session:
        return signed_in(session.get_one(Person, campaign.initiator_id))


def made(desk: FlaskClient, campaign: Campaign, **changes: str) -> str:
    """The address of a new link."""
    day = (clock.today() + timedelta(days=14)).isoformat()
    path = f"/mijn/acties/{campaign.id}/meekijken"
    answer = desk.post(path, data={"reader": "Buurtfonds", "last_day": day, **changes})
    assert answer.location == path
    return str(re.findall(r"/meekijken/[\w-]{43}", desk.get(path).text)[0])


def links(database: Database) -> list[FunderLink]:
    with database.reading() as session:
        rows = session.scalars(select(FunderLink).order_by(FunderLink.made_at)).all()
        session.expunge_all()
    return [*rows]


def remarks(database: Database) -> list[FunderRemark]:
    with database.reading() as session:
        rows = session.scalars(select(FunderRemark).order_by(FunderRemark.remarked_at)).all()
        session.expunge_all()
    return [*rows]


def close(desk: FlaskClient, campaign: Campaign, link: FunderLink) -> None:
    desk.post(f"/mijn/acties/{campaign.id}/meekijken/{link.id}/intrekken")


def test_a_funder_reads_the_draft_without_an_account_and_no_cache_or_search_engine_keeps_it(
    client: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    address = made(desk, campaign)
    assert "Nog niet bekeken" in words(desk.get(f"/mijn/acties/{campaign.id}/meekijken"))
    desk.get(address)
    assert links(fresh_database)[0].seen_at is None  # who makes the plan tried it
    page = client.get(address, headers=NL)
    assert page.status_code == 200
    assert "Moestuin" in words(page)
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Noor Geheim" not in page.text
    assert "Bekeken op" in words(desk.get(f"/mijn/acties/{campaign.id}/meekijken", headers=NL))
    second = made(desk, campaign, reader="Gemeente", shows_members="y")
    assert "Noor Geheim" in words(client.get(second, headers=NL))
    token = address.rpartition("/")[2]
    with fresh_database.reading() as session:
        rows = session.scalars(text("SELECT funder_links::text FROM funder_links")).all()
    assert token not in "".join(rows)


def test_a_remark_stands_in_the_conversation_and_is_answered(
    committing: Committing,
    client: FlaskClient,
    desk: FlaskClient,
    campaign: Campaign,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    address = made(desk, campaign)
    missing = client.post(address, data={**REMARK, "name": " "}, headers=NL)
    assert 'id="name-error"' in missing.text
    assert "Mooi plan." in missing.text
    for _press in range(2):
        assert client.post(address, data={**REMARK, "part": "budget"}).status_code == 302
    [remark] = remarks(fresh_database)
    talk = f"/mijn/acties/{campaign.id}/gesprek"
    page = words(desk.get(talk, headers=NL))
    assert "Opmerking van buiten" in page
    assert "Ida Prins, Buurtfonds" in page
    path = f"/mijn/acties/{campaign.id}/opmerkingen/{remark.id}"
    desk.post(path, data={"answer": "Dank u wel."})
    late = desk.post(path, data={"answer": "Toch anders."}, headers=NL)
    assert "al beantwoord" in words(late)
    assert "Toch anders." in late.text
    assert "Dank u wel." in words(client.get(address, headers=NL))
    other = made(desk, campaign, reader="Ander fonds")
    assert "Mooi plan." not in words(client.get(other, headers=NL))
    with committing() as session:
        session.get_one(Campaign, campaign.id).status = "returned"
        coach = with_role(session, "coach", "Hanneke")
    assert "Mooi plan." in words(signed_in(coach).get(f"/coach/acties/{campaign.id}/gesprek"))


def test_who_makes_the_plan_is_mailed_at_most_once_in_a_while(
    client: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    address = made(desk, campaign)
    for body in ("Een", "Twee", "Drie"):
        client.post(address, data={**REMARK, "body": body})
    for _turn in range(3):
        with fresh_database.writing() as session:
            mail_waiting(session, campaign.id)
    with fresh_database.reading() as session:
        assert len(mails_of(session, "talk_waits")) == 1


def test_a_remark_that_is_removed_leaves_no_words_or_name(
    client: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    address = made(desk, campaign)
    client.post(address, data=REMARK)
    [remark] = remarks(fresh_database)
    path = f"/mijn/acties/{campaign.id}/opmerkingen/{remark.id}"
    for _press in range(2):
        desk.post(f"{path}/weghalen")
    [remark] = remarks(fresh_database)
    assert (remark.name, remark.organisation, remark.body, remark.answer) == ("", "", "", "")
    for page in (client.get(address, headers=NL), desk.get(path, headers=NL)):
        assert "is weggehaald" in words(page)
        assert "Ida" not in page.text


def test_a_link_that_is_closed_or_over_says_so_and_keeps_what_was_typed(
    committing: Committing,
    client: FlaskClient,
    desk: FlaskClient,
    campaign: Campaign,
    fresh_database: Database,
) -> None:
    address = made(desk, campaign)
    close(desk, campaign, links(fresh_database)[0])
    close(desk, campaign, links(fresh_database)[0])
    page = client.get(address, headers=NL)
    assert page.status_code == 410
    assert "heeft de link gesloten" in page.text
    late = client.post(address, data=REMARK, headers=NL)
    assert late.status_code == 410
    assert "Mooi plan." in late.text
    assert "Moestuin" not in late.text
    assert remarks(fresh_database) == []
    second = made(desk, campaign)
    with clock.at(clock.now() + timedelta(days=15)):
        assert client.get(second, headers=NL).status_code == 410
    with committing() as session:
        session.get_one(Campaign, campaign.id).status = "withdrawn"
    assert client.get(second, headers=NL).status_code == 410
    assert client.get(f"/meekijken/{'x' * 43}").status_code == 404


def test_ten_links_are_open_at_a_time_and_a_closed_one_makes_room(
    desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    for number in range(10):
        made(desk, campaign, reader=f"Fonds {number}")
    path, day = f"/mijn/acties/{campaign.id}/meekijken", clock.today() + timedelta(days=3)
    data = {"reader": "Elfde fonds", "last_day": day.isoformat()}
    full = desk.post(path, data=data, headers=NL)
    assert "hoogstens 10 links" in words(full)
    assert "Elfde fonds" in full.text
    close(desk, campaign, links(fresh_database)[0])
    made(desk, campaign, reader="Elfde fonds")


def test_a_link_needs_a_name_and_a_day_within_half_a_year(
    desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    path = f"/mijn/acties/{campaign.id}/meekijken"
    for day in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=200)):
        answer = desk.post(path, data={"reader": "Fonds", "last_day": day.isoformat()})
        assert 'id="last_day-error"' in answer.text
    answer = desk.post(path, data={"reader": " ", "last_day": clock.today().isoformat()})
    assert 'id="reader-error"' in answer.text
    answer = desk.post(path, data={"reader": "Fonds", "last_day": "morgen"})
    assert 'id="last_day-error"' in answer.text
    assert "morgen" in answer.text
    assert links(fresh_database) == []


def test_the_database_holds_the_number_of_links_and_what_was_remarked(
    client: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    address = made(desk, campaign)
    client.post(address, data=REMARK)
    close(desk, campaign, links(fresh_database)[0])
    remark = (
        "INSERT INTO funder_remarks (id, link_id, campaign_id, name, body, remarked_at) SELECT"
        " gen_random_uuid(), id, campaign_id, 'x', 'x', now() FROM funder_links"
    )
    link = (
        "INSERT INTO funder_links (id, campaign_id, reader, shows_members, token_hash, made_at,"
        " made_by, ends_at) SELECT gen_random_uuid(), campaign_id, 'x', false,"
        " encode(sha256(n::text::bytea), 'hex'), now(), made_by, now() + interval '1 day'"
        " FROM funder_links, generate_series(1, 11) n"
    )
    changes = [
        remark,
        link,
        "UPDATE funder_remarks SET body = 'anders'",
        "UPDATE funder_links SET revoked_at = NULL, revoked_by = NULL",
        "UPDATE funder_links SET ends_at = ends_at + interval '1 year'",
    ]
    for change in changes:
        with pytest.raises(IntegrityError), fresh_database.writing() as session:
            session.execute(text(change))


def test_links_and_what_came_by_them_go_a_year_after_they_closed(
    client: FlaskClient, desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    client.post(made(desk, campaign), data=REMARK)
    close(desk, campaign, links(fresh_database)[0])
    made(desk, campaign)
    later: date = clock.today() + timedelta(days=366)
    with clock.at(clock.noon(later)), fresh_database.writing() as session:
        forget_links(session)
    assert [link.revoked_at for link in links(fresh_database)] == [None]
    assert remarks(fresh_database) == []


def test_only_who_makes_the_plan_makes_and_closes_links(
    desk: FlaskClient,
    campaign: Campaign,
    committing: Committing,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    made(desk, campaign)
    [link] = links(fresh_database)
    with committing():
        somebody = PersonFactory()
    other = signed_in(somebody)
    path = f"/mijn/acties/{campaign.id}/meekijken"
    assert other.get(path).status_code == 404
    assert other.post(f"{path}/{link.id}/intrekken").status_code == 404
    assert links(fresh_database)[0].revoked_at is None


def test_a_remark_is_reported_by_who_makes_the_plan_only_and_staff_erase_it(
    committing: Committing,
    client: FlaskClient,
    desk: FlaskClient,
    campaign: Campaign,
    signed_in: SignIn,
    fresh_database: Database,
) -> None:
    client.post(made(desk, campaign), data=REMARK)
    [remark] = remarks(fresh_database)
    path = f"/misbruik/opmerking/{remark.id}"
    assert client.get(path).status_code == 404
    assert "Mooi plan." in words(desk.get(path, headers=NL))
    desk.post(path, data={"reason": "hate", "text": "Dit is kwetsend.", "email": ""})
    with committing() as session:
        person = with_role(session, "staff", "Chantal")
    staff = signed_in(person)
    with fresh_database.reading() as session:
        report_id = session.scalars(select(AbuseReport.id)).one()
    page = f"/beheer/misbruik/{report_id}"
    text_of_page = words(staff.get(page, headers=NL))
    assert "Opmerking van iemand die meekijkt" in text_of_page
    version = re.findall(r'name="version" value="([^"]+)"', staff.get(page).text)
    decision = {"measure": "hide", "answer": "Weg.", "statement": "Kwetsend."}
    staff.post(f"{page}/besluit", data={**decision, "version": version[-1] if version else ""})
    assert remarks(fresh_database)[0].body == ""
