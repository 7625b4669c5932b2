"""The match of a smaller plan, on the screens of who decides about it."""

from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.matching import ApplicationFactory, open_fund
from tests.support.factories.people import actor_of
from tests.support.factories.towns import officer
from tests.support.fixtures_site import Committing, SignIn
from tests.support.giving import paid
from tests.support.live_funds import follow
from tests.support.near_misses import Case, coach, miss, near_miss_of
from tests.support.pages import words
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.matching.live.changed_plans import approve_plan, send_plan
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.discovery import Wish, find_campaigns
from voorjebuurt.pledges.near_miss.rules import Plan

SMALLER = Plan([80_000, 0], "Zonder nieuwe aarde.", asks_rest=False)


@pytest.fixture
def case(committing: Committing) -> Case:
    """Gifts of € 700 and a match of € 300, at most a quarter of the goal; the end was yesterday."""
    with committing() as session:
        campaign = CampaignFactory(status="live", minimum_cents=120_000, slug="bomen")
        fund = open_fund({"caps": {"pct_of_goal": "25"}})
        ApplicationFactory(fund=fund, campaign=campaign)
        gifts = [
            paid(session, campaign, amount_cents=cents, tip_cents=0, email=email)[0]
            for cents, email in ((40_000, "een@x.example"), (30_000, "twee@x.example"))
        ]
        follow(session, fund)
        initiator = session.get_one(Person, campaign.initiator_id)
        case = Case(campaign, actor_of(initiator), actor_of(coach(), "coach"), *gifts)
        miss(session, case)
        bring_near(session, case)
    return case


def bring_near(session: Session, case: Case) -> None:
    """Pages read the clock of the world."""
    row = near_miss_of(session, case)
    shift = clock.now() - timedelta(days=1) - row.begun_at
    for name in ("begun_at", "plan_due_at", "review_due_at", "ends_at"):
        setattr(row, name, getattr(row, name) + shift)
    case.campaign.closes_at = row.begun_at
    session.flush()


def person(database: Database, actor: Actor) -> Person:
    with database.reading() as session:
        return session.get_one(Person, actor.person_id)


def test_the_initiator_works_out_the_match_before_sending(
    case: Case, signed_in: SignIn, fresh_database: Database
) -> None:
    initiator = signed_in(person(fresh_database, case.initiator))
    address = f"/mijn/acties/{case.campaign.id}/tweede-kans"
    assert "draagt de gemeente misschien minder bij" in words(initiator.get(address))
    form = {
        "lines-0-amount": "800",
        "lines-1-amount": "0",
        "left_out": "Zonder aarde.",
        "reckon": "1",
    }
    page = words(initiator.post(address, data=form))
    assert "Aan het eerste plan droeg de gemeente € 300 bij." in page
    assert "Aan dit kleinere plan draagt zij € 100 bij." in page
    assert "Zonder aarde." in page
    with fresh_database.reading() as session:
        assert near_miss_of(session, case).state == "planning", "nothing was sent"
    wrong = {**form, "lines-0-amount": "950"}
    page = words(initiator.post(address, data=wrong))
    assert "Een bedrag kan lager worden, niet hoger." in page
    assert "Aan dit kleinere plan" not in page
    del form["reckon"]
    page = words(initiator.post(address, data=form, follow_redirects=True))
    assert "Aan dit kleinere plan draagt zij € 100 bij." in page


def test_coach_officer_and_donor_see_the_match_of_the_plan(
    case: Case,
    committing: Committing,
    signed_in: SignIn,
    client: FlaskClient,
    fresh_database: Database,
) -> None:
    with committing() as session, clock.at(datetime.now(clock.AMSTERDAM)):
        send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.initiator)
        olga = officer(session, case.campaign.municipality_id)
    sentence = "Aan dit kleinere plan draagt zij € 100 bij."
    coach_page = signed_in(person(fresh_database, case.coach))
    assert sentence in words(coach_page.get(f"/coach/tweede-kans/{case.campaign.id}"))
    desk = signed_in(person(fresh_database, olga))
    page = words(desk.get(f"/gemeente/acties/{case.campaign.id}"))
    assert "Matchgeld van het aangepaste plan" in page
    assert sentence in page
    with committing() as session, clock.at(datetime.now(clock.AMSTERDAM)):
        approve_plan(session, campaign_id=case.campaign.id, note="", actor=case.coach)
    choice = words(client.get(f"/giften/{case.first.token}/keuze"))
    assert sentence in choice
    assert "De gemeente draagt nu minder bij" not in choice, "that is for what changes later"
    assert sentence in words(client.get("/acties/bomen"))


def test_while_donors_choose_every_screen_tells_the_same_match_and_minimum(
    case: Case,
    committing: Committing,
    signed_in: SignIn,
    client: FlaskClient,
    fresh_database: Database,
) -> None:
    """The rule still gives € 200; of that the smaller plan needs € 100."""
    with committing() as session, clock.at(datetime.now(clock.AMSTERDAM)):
        send_plan(session, campaign_id=case.campaign.id, plan=SMALLER, actor=case.initiator)
        approve_plan(session, campaign_id=case.campaign.id, note="", actor=case.coach)
        olga = officer(session, case.campaign.municipality_id)
    board = signed_in(person(fresh_database, case.initiator)).get(
        f"/mijn/acties/{case.campaign.id}"
    )
    desk = signed_in(person(fresh_database, olga)).get(f"/gemeente/acties/{case.campaign.id}")
    for page in (client.get("/acties/bomen"), board, desk):
        match = words(page)
        assert "€ 100 toegekend door de gemeente, als de actie lukt" in match
        assert "€ 800 van € 1.200" in match
        assert "gaat door vanaf € 800" in match
        assert "€ 200" not in match
        assert "€ 900 van" not in match
    with fresh_database.reading() as session:
        [card] = find_campaigns(session, Wish()).cards
    assert (card.crowd_cents, card.match_cents, card.award_cents) == (70_000, 10_000, 10_000)
    assert card.minimum_cents == 80_000
