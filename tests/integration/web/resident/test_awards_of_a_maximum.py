"""The award of a maximum: one day, amount and certainty for resident, officer and everybody."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from tests.support.applicants import details
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.towns import applied, awarded_first, officer, town_fund
from tests.support.fixtures_site import Committing, SignIn
from tests.support.live_funds import follow, give
from tests.support.pages import words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.rules.terms import DAYS_BEFORE_END
from voorjebuurt.kernel import clock
from voorjebuurt.kernel import text as texts
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Person

NL = {"Accept-Language": "nl"}


@dataclass
class Scene:
    """An application to a live fund, its people in browsers, and the last day to award."""

    campaign: Campaign
    fund: Fund
    application_id: UUID
    noor: FlaskClient
    olga: FlaskClient
    officers: tuple[Actor, Actor]
    due: str

    @property
    def file(self) -> str:
        """The applicant's page of it."""
        return f"/mijn/matchgeld/{self.application_id}"

    @property
    def funds(self) -> str:
        """The applicant's list."""
        return f"/mijn/acties/{self.campaign.id}/matchgeld"

    @property
    def case(self) -> str:
        """The officers' page of it."""
        return f"/gemeente/aanvragen/{self.application_id}"


@pytest.fixture
def scene(committing: Committing, signed_in: SignIn) -> Scene:
    """See ``Scene``: a campaign that ends well before the term to decide does."""
    last_day = clock.today() + timedelta(days=14)
    with committing() as session:
        campaign = CampaignFactory(status="live", slug="bomen", deadline_on=last_day)
        campaign.closes_at = clock.end_of_day(last_day)
        place = campaign.municipality_id
        fund = town_fund(place, live=True)
        application = applied(session, fund, campaign, details=details())
        officers = officer(session, place), officer(session, place, "Piet")
        noor = session.get_one(Person, campaign.initiator_id)
        olga = session.get_one(Person, officers[0].person_id)
    due = texts.day(last_day - timedelta(days=DAYS_BEFORE_END), "nl")
    browsers = signed_in(noor), signed_in(olga)
    return Scene(campaign, fund, application.id, *browsers, officers, due)


def seen(browser: FlaskClient, path: str) -> str:
    """What somebody reads there."""
    return words(browser.get(path, headers=NL))


def test_one_last_day_to_decide_stands_on_every_page(scene: Scene) -> None:
    assert f"U hoort het besluit uiterlijk op {scene.due}" in seen(scene.noor, scene.file)
    assert f"U hoort het besluit uiterlijk op {scene.due}" in seen(scene.noor, scene.funds)
    case = seen(scene.olga, scene.case)
    assert f"nog {14 - DAYS_BEFORE_END} dagen" in case
    assert f"Streefdag, voor het einde van de actie {scene.due}" in case
    assert case.count("Voorstel: afwijzing") == 1


def test_a_maximum_is_called_one_wherever_it_stands(scene: Scene, committing: Committing) -> None:
    with committing() as session:
        application = session.get_one(Application, scene.application_id)
        decision_id = awarded_first(session, application, *scene.officers, 30_000).id
    ready = seen(scene.noor, scene.file)
    assert "Gedeeltelijke toekenning: hoogstens € 300" in ready
    assert "Gedeeltelijke toekenning: € 300" not in ready
    assert "Toegekend, als uw actie lukt: hoogstens € 300." in seen(scene.noor, scene.funds)
    case = seen(scene.olga, scene.case)
    assert "gedeeltelijke toekenning , hoogstens € 300" in case.replace(
        "toekenning,", "toekenning ,"
    )
    assert "Hoogstens toegekend € 300" in case
    assert "In dit besluit, hoogstens € 300" in seen(
        scene.olga, f"/gemeente/besluiten/{decision_id}"
    )


@pytest.mark.parametrize("status", ["closing", "near_miss"])
def test_what_was_granted_is_on_condition_until_the_outcome_is_known(
    scene: Scene, committing: Committing, client: FlaskClient, status: str
) -> None:
    with committing() as session:
        application = session.get_one(Application, scene.application_id)
        awarded_first(session, application, *scene.officers, 30_000)
    with committing() as session:
        give(session, session.get_one(Campaign, scene.campaign.id), 3_000, "a")
    with committing() as session:
        follow(session, session.get_one(Fund, scene.fund.id))
        session.get_one(Campaign, scene.campaign.id).status = status
    page = seen(client, "/acties/bomen")
    assert "toegekend door de gemeente, als de actie lukt" in page
    assert "Toegekend door de gemeente, als de actie lukt." in page
    assert "toegekend door de gemeente " not in page.replace("gemeente, als", "gemeente,als")
