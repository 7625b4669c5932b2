"""An objection from the refusal to the court, as a resident and officers do it in the browser."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.browser.conftest import PageAt
from tests.support.browser import match_scene as scene
from tests.support.browser import people
from tests.support.browser.match_scene import BRAM, NOOR, OLGA, PIET, ROSA
from tests.support.browser.practice import Practice, Visitor
from voorjebuurt.kernel import clock

COURT = "de rechtbank Noord-Holland"


@pytest.fixture
def town(practice: Practice) -> Iterator[Practice]:
    """The site with a worker that does what can wait."""
    with practice.worker():
        scene.set_town(practice)
        yield practice


def day(days: int = 0) -> str:
    return (clock.today() + timedelta(days=days)).isoformat()


def lets_it_be_sent(town: Practice) -> None:
    """The time to recall what was approved is over."""
    town.say("due", "--at", (clock.now() + timedelta(minutes=31)).isoformat())


def applies(noor: Visitor) -> None:
    noor.go("/mijn/acties").follow(scene.MUSIC).follow("Matchgeld")
    box = noor.page.get_by_role("article").filter(has_text=scene.BY_ROUND)
    box.get_by_role("link", name="Aanvragen").click()
    noor.type("Hoe bereikt u mensen die vaak worden gemist?", "Wij bellen overal aan.")
    people.says_who_applies(noor)
    noor.choose(
        "Ik heb de regels van dit fonds gelezen. Wat ik heb ingevuld, klopt. Ik weet dat dit "
        "subsidie is, en wat ik daarna moet laten zien."
    )
    noor.click("Controleer uw aanvraag").click("Verstuur uw aanvraag")


def is_refused(olga: Visitor, piet: Visitor) -> None:
    olga.go("/gemeente/aanvragen").follow(scene.MUSIC).follow("Voorstel: afwijzing")
    olga.choose("Uw actie voldoet niet aan een voorwaarde van het fonds.")
    olga.type("Reden", "Dit plan is voor één huis.").click("Besluit voorstellen")
    piet.go("/gemeente").follow(scene.MUSIC)
    if piet.page.get_by_role("link", name="Lees het besluit").count():
        piet.follow("Lees het besluit")
    piet.click("Besluit goedkeuren").sees("Het besluit is goedgekeurd.")


def at_application(noor: Visitor) -> Visitor:
    return noor.go("/mijn/acties").follow(scene.MUSIC).follow("Matchgeld").follow(scene.BY_ROUND)


def objects_without_grounds(noor: Visitor) -> None:
    """Pro forma, and completed later."""
    at_application(noor).follow("Bezwaar maken tegen dit besluit")
    noor.click("Het bezwaar versturen").sees("de gronden: waarom iemand bezwaar maakt")
    noor.follow("Uw bezwaar aanvullen").type("Wat ontbrak er?", "De hele straat doet mee.")
    noor.click("Versturen").sees("De hele straat doet mee.")


def at_objection(officer: Visitor) -> Visitor:
    return officer.go("/gemeente/bezwaren").follow(scene.MUSIC)


def hears(rosa: Visitor) -> None:
    at_objection(rosa).follow("Uitnodigen voor een hoorzitting")
    rosa.type("Dag van de hoorzitting", day(14)).click("Vastleggen")
    rosa.sees_error("Tijd en plaats", "Vul dit in.")
    rosa.type("Tijd en plaats", "14.00 uur, raadhuis").click("Vastleggen")
    rosa.follow("Het verslag van de hoorzitting schrijven")
    rosa.type("Wie leidde de hoorzitting?", "mr. De Wit")
    rosa.type("Verslag van de hoorzitting", "Noor liet de namen van de straat zien.")
    rosa.click("Vastleggen").sees("De beslissing voorstellen")


def decides(rosa: Visitor, bram: Visitor) -> None:
    """Founded in part: refused again, but for a reason that holds."""
    at_objection(rosa).follow("De beslissing voorstellen")
    rosa.choose("voor een deel gegrond: het besluit wordt herroepen en vervangen")
    rosa.type("Overwegingen", "Het plan is wel voor de straat.").choose("afwijzing")
    rosa.choose("Uw actie voldoet niet aan een voorwaarde van het fonds.")
    rosa.type("Toelichting bij het nieuwe besluit", "De begroting is niet rond.")
    rosa.type("Bij welke rechtbank is het beroep?", COURT).click("De beslissing voorstellen")
    rosa.sees("Een collega stelde de beslissing voor")
    at_objection(bram).follow("Lees de brief").sees("Wij herroepen besluit")
    at_objection(bram).click("De beslissing goedkeuren").sees("Het besluit is goedgekeurd.")


def test_an_objection_from_the_refusal_to_the_court(town: Practice, page_at: PageAt) -> None:
    def browser(width: int, email: str) -> Visitor:
        page = page_at(width)
        page.set_default_timeout(15_000)
        return Visitor(page, town.site).signs_in(email)

    noor = browser(390, NOOR)
    olga, piet, rosa, bram = (browser(1280, email) for email in (OLGA, PIET, ROSA, BRAM))
    applies(noor)
    is_refused(olga, piet)
    lets_it_be_sent(town)
    objects_without_grounds(noor)
    hears(rosa)
    at_objection(olga).sees("U was betrokken bij dit besluit.")
    decides(rosa, bram)
    lets_it_be_sent(town)
    at_application(noor).sees("geldt niet meer")
    noor.sees(f"in beroep gaan bij {COURT}")
    at_objection(rosa).follow("Een beroep vastleggen")
    rosa.type("Zaaknummer van de rechtbank", "HAA 26/1234").click("Het beroep vastleggen")
    rosa.sees("HAA 26/1234")
    assert "0 met verschillen" in town.say("ledger", "check")
