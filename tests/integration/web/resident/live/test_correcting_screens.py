"""An initiator changes the words of a live page; everybody sees what was changed."""

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
from voorjebuurt.campaigns.live.tracing import MOST_A_DAY
from voorjebuurt.campaigns.models import Campaign, PageCorrection
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}


@pytest.fixture
def campaign(committing: Committing) -> Campaign:
    with committing() as session:
        with_role(session, "coach", "Hanneke")
        return CampaignFactory(status="live", title="Bomen op het plein")


@pytest.fixture
def desk(committing: Committing, signed_in: SignIn, campaign: Campaign) -> FlaskClient:
    with committing() as session:
        return signed_in(session.get_one(Person, campaign.initiator_id))


def form(campaign: Campaign, **changes: str) -> dict[str, str]:
    names = ("title", "summary", "for_whom", "story", "worse_off", "needs")
    values = {name: str(getattr(campaign, name)).replace("\n", "\r\n") for name in names}
    return {**values, **changes}


def test_what_was_changed_is_told_and_the_rest_stays(
    desk: FlaskClient, client: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    path = f"/mijn/acties/{campaign.id}/verbeteren"
    assert "Een coach krijgt een mail." in words(desk.get(path, headers=NL))
    values = form(campaign, for_whom="Voor iedereen in onze straat.", needs="Scheppen.")
    money = {"goal_cents": "1", "leftovers": "Voor ons", "deadline_on": "2030-01-01"}
    for _ in range(2):
        assert desk.post(path, data={**values, **money}).location == f"/mijn/acties/{campaign.id}"
    page = words(client.get(f"/acties/{campaign.slug}", headers=NL))
    trace = page.partition("Gewijzigd op deze pagina")[2]
    assert "door de initiatiefnemer op" in trace
    assert "Scheppen." in trace
    assert "niets" in trace, "what was not there before"
    changes = words(client.get(f"/acties/{campaign.slug}/wijzigingen", headers=NL))
    assert "kinderen en ouderen" in changes
    with fresh_database.reading() as session:
        after = session.get_one(Campaign, campaign.id)
        parts = session.execute(select(PageCorrection.part, PageCorrection.source)).all()
        assert sorted(parts) == [("for_whom", "initiator"), ("needs", "initiator")]
        assert len(mails_of(session, "campaign_changed_coach")) == 1
    assert (after.goal_cents, after.leftovers) == (campaign.goal_cents, campaign.leftovers)
    assert after.deadline_on == campaign.deadline_on


def test_what_is_wrong_is_told_at_the_field_and_the_rest_stays_typed(
    desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    path = f"/mijn/acties/{campaign.id}/verbeteren"
    answer = desk.post(path, data=form(campaign, title="", story="Iets heel anders."))
    assert 'aria-invalid="true"' in answer.text
    assert "Iets heel anders." in answer.text
    with fresh_database.reading() as session:
        assert session.scalars(select(PageCorrection.id)).all() == []


def test_too_many_changes_in_a_day_wait_until_tomorrow(
    desk: FlaskClient, campaign: Campaign
) -> None:
    path = f"/mijn/acties/{campaign.id}/verbeteren"
    for number in range(MOST_A_DAY):
        assert desk.post(path, data=form(campaign, needs=f"Hulp {number}")).status_code == 302
    answer = desk.post(path, data=form(campaign, needs="Nog meer"), headers=NL)
    assert "Morgen kan het weer." in words(answer)
    assert "Nog meer" in answer.text


def test_the_database_keeps_the_trace_and_what_people_gave_for(
    desk: FlaskClient, campaign: Campaign, fresh_database: Database
) -> None:
    desk.post(f"/mijn/acties/{campaign.id}/verbeteren", data=form(campaign, needs="Scheppen."))
    for change in (
        "UPDATE page_corrections SET before = 'x'",
        "DELETE FROM page_corrections",
        "UPDATE campaigns SET goal_cents = goal_cents + 1",
        "UPDATE campaigns SET minimum_cents = minimum_cents - 1",
        "UPDATE campaigns SET leftovers = 'Voor ons'",
        "UPDATE campaigns SET kind = 'keep_what_comes'",
        "UPDATE campaigns SET deadline_on = deadline_on + 1",
        "UPDATE campaigns SET closes_at = closes_at + interval '1 hour'",
        "UPDATE campaigns SET extension_days = 14",
    ):
        with pytest.raises(IntegrityError), fresh_database.writing() as session:
            session.execute(text(change))


def test_staff_hide_what_should_never_have_been_there(
    desk: FlaskClient,
    client: FlaskClient,
    campaign: Campaign,
    committing: Committing,
    signed_in: SignIn,
) -> None:
    path = f"/mijn/acties/{campaign.id}/verbeteren"
    desk.post(path, data=form(campaign, needs="Bel Jan op 06-12345678."))
    desk.post(path, data=form(campaign, needs="Scheppen."))
    with committing() as session:
        anna = with_role(session, "staff", "Anna")
        rows = session.scalars(select(PageCorrection.id)).all()
    staff = signed_in(anna)
    overview = f"/beheer/acties/{campaign.id}/wijzigingen"
    for row in rows:
        hide = f"/beheer/wijzigingen/{row}/verbergen"
        assert staff.get(hide, headers=NL).status_code == 200
        assert staff.post(hide, data={"reason": "Een nummer van iemand."}).location == overview
    page = words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert "06-12345678" not in page
    assert "heeft verborgen wat hier stond" in page
    assert "06-12345678" in words(staff.get(overview, headers=NL))
    with committing() as session:
        mails = mails_of(session, "page_words_hidden")
        assert {mail.context["what"] for mail in mails} == {"change"}
        assert len(mails) == len(rows)


def test_somebody_else_and_a_page_that_is_over_change_nothing(
    committing: Committing, signed_in: SignIn, campaign: Campaign
) -> None:
    with committing() as session:
        other = PersonFactory()
        over = CampaignFactory(status="failed")
        owner = session.get_one(Person, over.initiator_id)
    path = f"/mijn/acties/{campaign.id}/verbeteren"
    assert signed_in(other).post(path, data=form(campaign)).status_code in (403, 404)
    answer = signed_in(owner).get(f"/mijn/acties/{over.id}/verbeteren", headers=NL)
    assert "Deze actie loopt niet." in words(answer)
