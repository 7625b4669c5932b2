"""An initiator with a phone, from going live to the success: every page looked at on the way.

Each of Noor's pages is sound at 390 and 1280 pixels; with ``VJB_PICTURES`` set to a folder it is
drawn there too, for who wants to look. That none of it needs scripts, ``test_journeys`` shows.
"""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.browser.conftest import PageAt
from tests.support.browser import match_scene as scene
from tests.support.browser import people
from tests.support.browser.axe import axe_violations
from tests.support.browser.match_scene import NOOR, OLGA, PIET
from tests.support.browser.practice import Practice, Visitor
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood

COACH, KIM = "karim@buurt.example", "kim@buurt.example"
TITLE = "Een moestuin achter de molen"
WIDTHS = (390, 1280)
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
PICTURES = os.environ.get("VJB_PICTURES")

Browser = Callable[..., Visitor]


@pytest.fixture
def town(practice: Practice) -> Iterator[Practice]:
    """A town with a fund that adds at once, a coach, staff, and a plan that waits for the coach."""
    with practice.worker():
        scene.set_town(practice)
        with practice.database.writing() as session, building_in(session):
            RoleGrantFactory(person_id=PersonFactory(email=COACH, name="Karim").id, role="coach")
            buurt = session.scalars(
                select(Neighbourhood).where(Neighbourhood.name == "De Molen")
            ).one()
            CampaignFactory(
                status="submitted",
                title=TITLE,
                initiator=session.scalars(select(Person).where(Person.email == NOOR)).one(),
                neighbourhood=buurt,
                minimum_cents=6_000,
                deadline_on=clock.today() + timedelta(days=20),
            )
        yield practice


@pytest.fixture
def somebody(town: Practice, page_at: PageAt) -> Browser:
    """Opens a browser at a width, signed in where an address is given."""

    def open_browser(width: int, email: str = "") -> Visitor:
        page = page_at(width)
        page.set_default_timeout(15_000)
        visitor = Visitor(page, town.site)
        return visitor.signs_in(email) if email else visitor

    return open_browser


def key_of(town: Practice) -> UUID:
    with town.database.reading() as session:
        return session.scalars(select(Campaign.id).where(Campaign.title == TITLE)).one()


def path_of(town: Practice) -> str:
    with town.database.reading() as session:
        return f"/acties/{session.get_one(Campaign, key_of(town)).slug}"


def passes(town: Practice, minutes: int) -> None:
    """So much time goes by."""
    town.say("due", "--at", (clock.now() + timedelta(minutes=minutes)).isoformat())


class Looker:
    """Looks at each page where somebody is, on a phone and on a desk, and finds nothing wrong."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.names = visitor, list[str]()

    def look(self, name: str) -> None:
        """Hold this page against the rules; its picture is called so."""
        page = self.visitor.page
        self.names.append(name)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if PICTURES:
                path = Path(PICTURES) / f"{len(self.names):02}-{name}-{width}.png"
                page.screenshot(path=path, full_page=True)
            assert not page.evaluate(TOO_WIDE), (name, width)
            assert axe_violations(page) == [], (name, width)
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})


def goes_live(town: Practice, somebody: Browser, noor: Visitor) -> None:
    coach = somebody(1280, COACH)
    coach.go("/coach/acties").follow(TITLE)
    coach.click("Goedkeuren: komt direct op de website").sees("De actie staat op de website.")
    noor.opens_mail(NOOR, "Uw actie staat op de website")


def is_awarded(town: Practice, somebody: Browser, noor: Visitor, at: Looker) -> None:
    """Noor applies for match money, and two officers award it."""
    noor.go(f"/mijn/acties/{key_of(town)}").follow("Matchgeld")
    at.look("match")
    box = noor.page.get_by_role("article").filter(has_text=scene.LIVE)
    box.get_by_role("link", name="Aanvragen").click()
    at.look("match-application")
    noor.type("Hoe bereikt u mensen die vaak worden gemist?", "Wij bellen overal aan.")
    people.says_who_applies(noor)
    noor.choose(
        "Ik heb de regels van dit fonds gelezen. Wat ik heb ingevuld, klopt. Ik weet dat dit "
        "subsidie is, en wat ik daarna moet laten zien."
    )
    noor.click("Controleer uw aanvraag").click("Verstuur uw aanvraag")
    olga, piet = somebody(1280, OLGA), somebody(1280, PIET)
    olga.go("/gemeente/aanvragen").follow(TITLE).follow("Checklist nalopen")
    in_order = olga.page.get_by_label("In orde", exact=True)
    for place in range(in_order.count()):
        olga.page.locator(f"label[for='{in_order.nth(place).get_attribute('id')}']").click()
    olga.click("Checklist opslaan").follow("Voorstel: toekenning")
    olga.click("Besluit voorstellen").sees("Het besluit is voorgesteld.")
    piet.page.goto(olga.page.url)
    piet.click("Besluit goedkeuren").sees("Het besluit is goedgekeurd.")
    passes(town, 31)


def tells(noor: Visitor, desk: str, at: Looker) -> None:
    """News with its preview, posters, a second picture, and better words."""
    noor.go(f"{desk}/nieuws/nieuw")
    at.look("write-news")
    noor.type("Wat is het nieuws?", "De eerste schop gaat de grond in")
    noor.type("Uw nieuwsbericht", "Zaterdag om **tien uur** beginnen wij. Er is soep.")
    noor.choose("Iedereen").click("Bekijk het bericht")
    at.look("news-before-publishing")
    noor.click("Publiceer het bericht").sees("De eerste schop gaat de grond in")
    at.look("news")
    noor.go(f"{desk}/materiaal").sees_heading("Posters en delen")
    at.look("posters")
    noor.go(f"{desk}/fotos").sees_heading("Foto’s en video")
    noor.page.locator("input[type=file]").first.set_input_files(people.photo())
    noor.type("Wat is er op de foto te zien?", "De grond achter de molen").click("Voeg de foto toe")
    at.look("pictures")
    noor.go(f"{desk}/verbeteren").type("Voor wie?", "Voor iedereen achter de molen.")
    at.look("correct-the-page")
    noor.click("Wijzig mijn pagina")


def answers(kim: Visitor, noor: Visitor, path: str, desk: str, at: Looker) -> None:
    """Kim asks in public, Noor answers."""
    kim.go(f"{path}/vraag").type("Uw vraag", "Mag mijn konijn mee?").type("E-mailadres", KIM)
    kim.click("Verstuur de vraag").follows_mail(KIM, "Uw vraag")
    kim.page.get_by_role("main").get_by_role("button").first.click()
    noor.go(f"{desk}/vragen").sees("Mag mijn konijn mee?")
    at.look("questions")
    noor.follow("Mag mijn konijn mee?")
    noor.type("Uw antwoord", "Ja, aan een lijn.")
    at.look("answer")
    noor.page.get_by_role("main").get_by_role("button").first.click()
    kim.go(path).sees("Ja, aan een lijn.")


def is_given(kim: Visitor, noor: Visitor, path: str, desk: str, at: Looker) -> None:
    """Kim gives, and Noor thanks everybody who did."""
    people.gives(kim, path, amount="50", email=KIM)
    people.ends_payment(kim, "Betaal € 50,00")
    kim.waits_for("Bedankt voor uw gift!")
    noor.go(desk).sees("Gever K")
    at.look("desk-with-gifts")
    noor.go(f"{desk}/giften").sees("Gever K")
    at.look("gifts")
    noor.go(f"{desk}/bedanken").type("Uw bedankje", "Dank u wel! Kom u kijken?")
    at.look("thanks")
    noor.click("Verstuur het bedankje").sees("Uw bedankje is onderweg.")


def succeeds(town: Practice, noor: Visitor, desk: str, at: Looker) -> None:
    """The last day passes; where the money may go is told."""
    with town.database.writing() as session:
        session.get_one(Campaign, key_of(town)).closes_at = clock.now()
    passes(town, 2)
    noor.go(desk).waits_for("Matchgeld")
    at.look("desk-after-the-success")
    noor.go(f"{desk}/rekening").sees_heading("Rekening voor het geld")
    noor.type("Naam bij de rekening", "Stichting De Molen")
    noor.type("Rekeningnummer (IBAN)", "NL91 ABNA 0417 1643 00")
    at.look("account-number")
    noor.click("Rekening opslaan").sees("NL91 •••• 4300")


def test_a_phone_is_enough_from_going_live_to_the_success(
    town: Practice, somebody: Browser
) -> None:
    noor, kim = somebody(390, NOOR), somebody(390)
    at, desk = Looker(noor), f"/mijn/acties/{key_of(town)}"
    goes_live(town, somebody, noor)
    path = path_of(town)
    noor.go(desk)
    at.look("desk")
    noor.go(path).sees_heading(TITLE)
    at.look("page")
    is_awarded(town, somebody, noor, at)
    tells(noor, desk, at)
    answers(kim, noor, path, desk, at)
    is_given(kim, noor, path, desk, at)
    succeeds(town, noor, desk, at)
    assert len(at.names) == len(set(at.names)) == 17
