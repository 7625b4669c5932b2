"""One campaign from pitch to payout, and one that pays everybody back: as people do it.

Dutch screens on a phone, real processes behind them: the site, a worker, the payment sandbox.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.browser import people
from tests.browser.conftest import PageAt
from tests.browser.people import Plan
from tests.browser.practice import Practice, Visitor
from tests.factories.base import building_in
from tests.factories.people import PersonFactory, RoleGrantFactory
from tests.factories.places import MunicipalityFactory, NeighbourhoodFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock

COACH, ANNA, BRAM = "coach@buurt.example", "anna@buurt.example", "bram@buurt.example"
BUURT = "Bloemenbuurt"


@pytest.fixture
def town(practice: Practice) -> Iterator[Practice]:
    """A municipality with its people, and a worker that does what can wait."""
    with practice.database.writing() as session, building_in(session):
        place = MunicipalityFactory(name="Waterdal")
        NeighbourhoodFactory(municipality=place, name=BUURT)
        for email, role in ((COACH, "coach"), (ANNA, "staff"), (BRAM, "staff")):
            somebody = PersonFactory(email=email, name=email.partition("@")[0].title())
            RoleGrantFactory(person_id=somebody.id, role=role)
    with practice.worker():
        yield practice


@pytest.fixture
def somebody(town: Practice, page_at: PageAt):
    """Opens a browser on a phone: without scripts, unless told otherwise."""

    def open_browser(*, scripts: bool = False, width: int = 390) -> Visitor:
        page = page_at(width, java_script_enabled=scripts)
        page.set_default_timeout(10_000)
        return Visitor(page, town.site)

    return open_browser


def plan(title: str) -> Plan:
    """A plan for the Bloemenbuurt that ends in thirty days."""
    return Plan(
        title=title,
        initiator="Noor de Wit",
        email="noor@buurt.example",
        buurt=BUURT,
        deadline=clock.today() + timedelta(days=30),
    )


def review(coach: Visitor, initiator: Visitor, plan: Plan) -> None:
    """A question and its answer, sent back and handed in again, approved."""
    coach.follows_mail(COACH, "Een plan om te lezen").sees_heading(plan.title)
    coach.type("Uw bericht aan de initiatiefnemer", "").click("Deze vraag stellen")
    coach.sees_error("Uw bericht aan de initiatiefnemer", "Schrijf op wat u wilt zeggen.")
    coach.type("Uw bericht aan de initiatiefnemer", "Wie geeft de bomen water?")
    coach.click("Deze vraag stellen").sees("Uw vraag is verstuurd.")
    initiator.follows_mail(plan.email, "Een vraag over uw plan")
    initiator.sees("Wie geeft de bomen water?").type("Uw antwoord", "Wij, om de beurt.")
    initiator.click("Versturen").sees("Uw antwoord is verstuurd.")
    coach.follows_mail(COACH, plan.title).sees("Wij, om de beurt.")
    coach.type("Uw bericht aan de initiatiefnemer", "Zet dat ook in uw verhaal.")
    coach.click("Terugsturen om aan te passen").sees("Het plan is teruggestuurd")
    initiator.follows_mail(plan.email, "Pas uw plan").sees("Zet dat ook in uw verhaal.")
    initiator.follow("Uw plan veranderen").follow("Wijzig : Verhaal")
    initiator.type("Uw verhaal", "Wij planten zes bomen en geven ze om de beurt water.")
    initiator.click("Bewaar en ga verder").click("Mijn plan indienen")
    initiator.sees("Uw plan is ingediend")
    coach.go("/coach/acties").follow(plan.title).sees("om de beurt water")
    coach.click("Goedkeuren: komt direct op de site").sees("De actie staat op de site.")
    initiator.opens_mail(plan.email, "Uw actie staat op de site")


def public_path(town: Practice) -> str:
    """Where the only campaign stands on the site."""
    with town.database.reading() as session:
        return f"/acties/{session.scalars(select(Campaign.slug)).one()}"


def after(day: date, *, days: int) -> str:
    """Noon in Amsterdam, so many days after a day."""
    moment = datetime.combine(day + timedelta(days=days), time(12), clock.AMSTERDAM)
    return moment.isoformat()


def three_guests(open_browser, site_path: str) -> dict[str, str]:
    """One pays at once, one cancels and then pays, one's payment fails; their gifts' pages."""
    kim, lex, mo = (open_browser() for _ in range(3))
    people.gives(kim, site_path, amount="50", email="kim@buurt.example")
    people.ends_payment(kim, "Betaal € 50,00")
    kim.waits_for("Bedankt voor uw gift!").sees("Betaalbewijs")
    people.gives(lex, site_path, amount="75,50", email="lex@buurt.example", public=False)
    people.ends_payment(lex, "Annuleer")
    lex.waits_for("U bent gestopt met betalen").sees("Er is geen geld van uw rekening gegaan")
    people.pays(lex, "Probeer opnieuw met € 75,50")
    people.ends_payment(lex, "Betaal € 75,50")
    lex.waits_for("Bedankt voor uw gift!")
    people.gives(mo, site_path, amount="25", email="mo@buurt.example")
    people.ends_payment(mo, "Laat mislukken")
    mo.waits_for("Uw betaling is niet gelukt").sees("Probeer opnieuw met € 25")
    return {"kim": kim.page.url, "lex": lex.page.url, "mo": mo.page.url}


def test_a_campaign_from_pitch_to_payout(town, somebody):
    bomen = plan("Bomen op het plein")
    people.begins(somebody(), bomen)
    initiator = somebody()
    people.comes_back(initiator, bomen)
    initiator.follow("Verder met uw plan").follow("Wijzig : Waar")
    people.tells_where(initiator, bomen)
    initiator.follow("Wijzig : Begroting")
    people.counts(initiator, bomen)
    initiator.follow("Wijzig : Verhaal")
    people.tells(initiator)
    people.hands_in(initiator, bomen)
    coach = somebody(width=1280).signs_in(COACH)
    review(coach, initiator, bomen)
    path = public_path(town)
    three_guests(somebody, path)
    reader = somebody().go(path)
    reader.sees("€ 125,50").sees("Gever K").sees("Een buur")
    town.say("due", "--at", after(bomen.deadline, days=1))
    reader.go(path).sees("Het is gelukt!")
    initiator.opens_mail("noor@buurt.example", "Gefeliciteerd")
