"""A last day moves once, as its page said before people gave."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.factories.rewards import RewardFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}
WHY = "De school doet mee, maar pas na de vakantie."


@pytest.fixture
def build(committing: Committing, signed_in: SignIn) -> Any:
    def make(given_cents: int = 50_000, **values: Any) -> tuple[Campaign, FlaskClient]:
        with committing() as session:
            terms = {"extension_days": 14, "extension_percent": 50, **values}
            campaign = CampaignFactory(status="live", minimum_cents=100_000, **terms)
            PledgeFactory(campaign=campaign, amount_cents=given_cents)
            owner = session.get_one(Person, campaign.initiator_id)
        return campaign, signed_in(owner)

    return make


def form(campaign: Campaign, days: int) -> dict[str, str]:
    assert campaign.deadline_on is not None
    return {"until_on": (campaign.deadline_on + timedelta(days=days)).isoformat(), "reason": WHY}


def test_it_was_said_before_and_moves_once(
    build: Any, client: FlaskClient, fresh_database: Database
) -> None:
    campaign, desk = build()
    promise = "De laatste dag mag één keer verschuiven."
    assert promise in words(client.get(f"/acties/{campaign.slug}", headers=NL))
    form_page = words(client.get(f"/acties/{campaign.slug}/geef", headers=NL))
    assert "De groep mag die dag één keer verschuiven, hoogstens 14 dagen." in form_page
    path = f"/mijn/acties/{campaign.id}/verlengen"
    late = desk.post(path, data=form(campaign, 15), headers=NL)
    assert "Kies een dag: uiterlijk" in words(late)
    assert WHY in late.text
    soon = desk.post(path, data=form(campaign, 0), headers=NL)
    assert "Kies een dag na" in words(soon)
    for _ in range(2):
        answer = desk.post(path, data=form(campaign, 14), headers=NL)
        assert answer.location == f"/mijn/acties/{campaign.id}" or "al verschoven" in words(answer)
    page = words(client.get(f"/acties/{campaign.slug}", headers=NL))
    assert "De laatste dag is één keer verschoven." in page
    assert WHY in page
    assert promise not in page
    assert "één keer verschuiven" not in words(
        client.get(f"/acties/{campaign.slug}/geef", headers=NL)
    )
    with fresh_database.reading() as session:
        after = session.get_one(Campaign, campaign.id)
        assert after.deadline_on == campaign.deadline_on + timedelta(days=14)
        assert after.closes_at == clock.end_of_day(after.deadline_on)
        jobs = session.execute(
            text("SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE 'pledges.tell%'")
        ).all()
    assert sorted(job.task_name for job in jobs) == [
        "pledges.tell_donors",
        "pledges.tell_followers",
    ]
    again = desk.get(path, headers=NL)
    assert "Dat kan niet nog eens." in words(again)


@pytest.mark.parametrize(
    ("given_cents", "values", "says"),
    [
        (49_999, {}, "De laatste dag mag pas verschuiven als er € 500 gegeven is."),
        (90_000, {"extension_days": 0, "extension_percent": 0}, "stond niet dat de laatste dag"),
        (90_000, {"pledges_stopped_at": clock.now()}, "geven"),
    ],
)
def test_what_was_not_said_or_is_not_there_does_not_move_it(
    build: Any, given_cents: int, values: dict[str, Any], says: str, fresh_database: Database
) -> None:
    campaign, desk = build(given_cents, **values)
    path = f"/mijn/acties/{campaign.id}/verlengen"
    assert says in words(desk.get(path, headers=NL))
    assert desk.post(path, data=form(campaign, 5), headers=NL).status_code == 200
    with fresh_database.reading() as session:
        assert session.get_one(Campaign, campaign.id).deadline_on == campaign.deadline_on


def test_the_database_moves_it_no_further_and_not_twice(
    build: Any, fresh_database: Database
) -> None:
    campaign, desk = build()
    insert = text(
        "INSERT INTO campaign_extensions (campaign_id, from_on, until_on, reason, at)"
        " SELECT id, deadline_on, deadline_on + :days, 'x', :at FROM campaigns WHERE id = :id"
    )
    for days, at in ((15, clock.now()), (0, clock.now()), (3, clock.now() + timedelta(days=90))):
        with pytest.raises(IntegrityError), fresh_database.writing() as session:
            session.execute(insert, {"days": days, "at": at, "id": campaign.id})
    desk.post(f"/mijn/acties/{campaign.id}/verlengen", data=form(campaign, 3))
    for change in (
        "DELETE FROM campaign_extensions",
        "UPDATE campaign_extensions SET until_on = until_on + 1",
        "UPDATE campaigns SET deadline_on = deadline_on + 1",
    ):
        with pytest.raises(IntegrityError), fresh_database.writing() as session:
            session.execute(text(change))


def test_who_pitches_chooses_it_before_the_launch(
    committing: Committing, signed_in: SignIn, fresh_database: Database
) -> None:
    with committing() as session:
        campaign = CampaignFactory(status="draft")
        owner = session.get_one(Person, campaign.initiator_id)
    desk = signed_in(owner)
    path = f"/mijn/acties/{campaign.id}/begroting"
    assert "Wij willen de laatste dag één keer kunnen verschuiven" in words(
        desk.get(path, headers=NL)
    )
    values = {
        "lines-0-what": "Bomen",
        "lines-0-amount": "1200",
        "kind": "all_or_nothing",
        "deadline": campaign.deadline_on.isoformat() if campaign.deadline_on else "",
        "may_extend": "y",
    }
    assert desk.post(path, data=values).status_code == 302
    with fresh_database.reading() as session:
        row = session.get_one(Campaign, campaign.id)
        assert (row.extension_days, row.extension_percent) == (14, 50)
    assert "Ja, hoogstens 14 dagen" in words(
        desk.get(f"/mijn/acties/{campaign.id}/controleren", headers=NL)
    )


def test_a_reward_that_is_due_before_keeps_the_day(
    build: Any, committing: Committing, fresh_database: Database
) -> None:
    campaign, desk = build()
    with committing():
        RewardFactory(campaign_id=campaign.id, deliver_by=campaign.deadline_on + timedelta(days=5))
    path = f"/mijn/acties/{campaign.id}/verlengen"
    assert "Donateurs is een beloning beloofd" in words(
        desk.post(path, data=form(campaign, 5), headers=NL)
    )
    assert desk.post(path, data=form(campaign, 4)).status_code == 302
