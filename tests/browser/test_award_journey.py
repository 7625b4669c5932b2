"""An award that comes first and is withdrawn after the success, so that donors choose again."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.browser.conftest import PageAt
from tests.support.browser import match_scene as scene
from tests.support.browser import people
from tests.support.browser.match_scene import NOOR, OLGA, PIET
from tests.support.browser.practice import Practice, Visitor
from tests.support.factories.base import building_in
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.promised import from_the_start
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock

COACH, KIM = "karim@buurt.example", "kim@buurt.example"
MINIMUM = 6_000
"""Of € 50 given and as much match; without the match it is nearly there (eurocents)."""


@pytest.fixture
def town(practice: Practice) -> Iterator[Practice]:
    """The site with a worker that does what can wait, and a coach."""
    with practice.worker():
        scene.set_town(practice)
        with practice.database.writing() as session, building_in(session):
            coach = PersonFactory(email=COACH, name="Karim")
            RoleGrantFactory(person_id=coach.id, role="coach")
            campaign = session.scalars(select(Campaign).where(Campaign.title == scene.BANK)).one()
            with from_the_start(session):
                campaign.minimum_cents = MINIMUM
        yield practice


def key_of(town: Practice) -> UUID:
    with town.database.reading() as session:
        return session.scalars(select(Campaign.id).where(Campaign.title == scene.BANK)).one()


def passes(town: Practice, minutes: int) -> None:
    """So much time goes by."""
    town.say("due", "--at", (clock.now() + timedelta(minutes=minutes)).isoformat())


def applies(noor: Visitor) -> None:
    noor.go("/mijn/acties").follow(scene.BANK).follow("Matchgeld")
    box = noor.page.get_by_role("article").filter(has_text=scene.LIVE)
    box.get_by_role("link", name="Aanvragen").click()
    noor.type("Hoe bereikt u mensen die vaak worden gemist?", "Wij bellen overal aan.")
    people.says_who_applies(noor)
    noor.choose(
        "Ik heb de regels van dit fonds gelezen. Wat ik heb ingevuld, klopt. Ik weet dat dit "
        "subsidie is, en wat ik daarna moet laten zien."
    )
    noor.click("Controleer uw aanvraag").click("Verstuur uw aanvraag")


def proposes_and_approves(olga: Visitor, piet: Visitor) -> None:
    """What Olga proposes is read and approved by Piet, at its own page."""
    olga.click("Besluit voorstellen").sees("Het besluit is voorgesteld.")
    piet.page.goto(olga.page.url)
    piet.click("Besluit goedkeuren").sees("Het besluit is goedgekeurd.")


def is_awarded(olga: Visitor, piet: Visitor) -> None:
    olga.go("/gemeente/aanvragen").follow(scene.BANK).follow("Checklist nalopen")
    in_order = olga.page.get_by_label("In orde", exact=True)
    for place in range(in_order.count()):
        olga.page.locator(f"label[for='{in_order.nth(place).get_attribute('id')}']").click()
    olga.click("Checklist opslaan").follow("Voorstel: toekenning")
    proposes_and_approves(olga, piet)


def gives(kim: Visitor, path: str) -> None:
    people.gives(kim, path, amount="50", email=KIM)
    people.ends_payment(kim, "Betaal € 50,00")
    kim.waits_for("Bedankt voor uw gift!")


def last_day_passes(town: Practice) -> None:
    with town.database.writing() as session:
        campaign = session.get_one(Campaign, key_of(town))
        campaign.closes_at = clock.now()
    passes(town, 2)


def loses_the_award(olga: Visitor, piet: Visitor, noor: Visitor, key: UUID) -> None:
    """Noor is asked for her views first (Awb 4:8), and has none."""
    olga.go("/gemeente/aanvragen").follow(scene.BANK)
    olga.follow("Vraag eerst een zienswijze: intrekking van de toekenning")
    olga.choose("Het plan waarvoor u subsidie kreeg, gaat niet of niet helemaal door.")
    olga.type("Reden", "De grond is verkocht.")
    olga.click("Verstuur de brief").sees("De brief is verstuurd.")
    noor.go(f"/mijn/acties/{key}/matchgeld").follow(scene.LIVE)
    noor.follow("Lees de brief en reageer").follow("Ik heb geen zienswijze")
    noor.click("Ik heb geen zienswijze")
    olga.go("/gemeente/aanvragen").follow(scene.BANK)
    olga.follow("Voorstel: intrekking van de toekenning")
    proposes_and_approves(olga, piet)


def makes_it_smaller(noor: Visitor, key: UUID) -> None:
    noor.go(f"/mijn/acties/{key}/tweede-kans")
    noor.page.locator("[name='lines-0-amount']").fill("50")
    noor.page.locator("[name='lines-1-amount']").fill("0")
    noor.type("Wat laat u weg, of doet u eenvoudiger?", "Zonder nieuwe aarde.")
    noor.click("Stuur naar de coach").sees("Uw plan is verstuurd.")


def test_an_award_that_is_withdrawn_after_the_success_asks_the_donors_again(
    town: Practice, page_at: PageAt
) -> None:
    def browser(width: int, email: str = "") -> Visitor:
        page = page_at(width)
        page.set_default_timeout(15_000)
        visitor = Visitor(page, town.site)
        return visitor.signs_in(email) if email else visitor

    key, noor, kim = key_of(town), browser(390, NOOR), browser(390)
    olga, piet, coach = (browser(1280, email) for email in (OLGA, PIET, COACH))
    with town.database.reading() as session:
        path = f"/acties/{session.get_one(Campaign, key).slug}"
    applies(noor)
    is_awarded(olga, piet)
    passes(town, 31)
    gives(kim, path)
    kim.go(path).waits_for("€ 50 toegekend door de gemeente, als de actie lukt")
    last_day_passes(town)
    kim.go(path).waits_for("Er is genoeg geld opgehaald!")
    loses_the_award(olga, piet, noor, key)
    passes(town, 32)
    kim.go(path).waits_for("Een tweede kans voor dit plan")
    makes_it_smaller(noor, key)
    coach.go(f"/coach/tweede-kans/{key}").sees("Zonder nieuwe aarde.")
    coach.click("Goedkeuren: donateurs kunnen meteen kiezen")
    coach.sees("De donateurs kunnen nu kiezen.")
    kim.follows_mail(KIM, "kies uiterlijk").sees("viel er geld weg")
    kim.choose("Mijn gift blijft").click("Bewaar mijn keuze").sees("U koos: Mijn gift blijft")
    passes(town, 40)
    kim.page.reload()
    kim.waits_for("Het aangepaste plan gaat door.")
    kim.go(path).sees("Het plan is aangepast")
    noor.go(f"/mijn/acties/{key}/tweede-kans").sees("Het aangepaste plan gaat door.")
    assert "0 met verschillen" in town.say("ledger", "check")
