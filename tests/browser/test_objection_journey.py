"""From the views on a refusal that is intended to the court: as a resident and officers do it.

Each of their pages is sound at 390 and 1280 pixels.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import PageAt
from tests.support.attached_files import PDF
from tests.support.browser import match_scene as scene
from tests.support.browser import people
from tests.support.browser.looker import Looker
from tests.support.browser.match_scene import BRAM, NOOR, OLGA, PIET, ROSA
from tests.support.browser.practice import Practice, Visitor
from voorjebuurt.kernel import clock

COURT = "de rechtbank Noord-Holland"
DOUBT = "Er is een goede reden om te denken dat uw plan niet of niet helemaal doorgaat."
REQUIREMENT = "Uw actie voldoet niet aan een voorwaarde van het fonds."
VIEWS = "De muzikanten hebben toegezegd: zie de bijlage."
WEIGHED = "De toezegging is van één van de vier muzikanten."
LETTER: FilePayload = {"name": "toezegging.pdf", "mimeType": "application/pdf", "buffer": PDF}


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


def is_asked_for_views(olga: Visitor, at: Looker) -> None:
    """A refusal on facts about the applicant is intended (Awb 4:7); its letter goes at once."""
    olga.go("/gemeente/aanvragen").follow(scene.MUSIC)
    at.look("application", olga)
    olga.follow("Vraag eerst een zienswijze: afwijzing").choose(DOUBT)
    olga.click("Lees eerst de brief").sees_error("Reden", "Geef een reden.")
    olga.type("Reden", "De muzikanten weten van niets.").click("Lees eerst de brief")
    olga.sees("Dit is nog geen besluit.")
    at.look("letter-before-it-goes", olga)
    olga.click("Verstuur de brief").sees("Wacht op de aanvrager tot en met")
    at.look("intention", olga)


def gives_views(noor: Visitor, at: Looker) -> None:
    """From the mail, over the letter, with a file."""
    noor.opens_mail(NOOR, "ons voornemen").page.go_back()
    at_application(noor)
    at.look("application-of-noor")
    noor.follow("Lees de brief en reageer").sees("Dit is nog geen besluit.")
    at.look("letter-about-what-is-intended")
    noor.follow("Vertel wat u ervan vindt").click("Stuur uw zienswijze")
    noor.sees_error("Wat vindt u ervan?", "Schrijf wat u ervan vindt.")
    noor.type("Wat vindt u ervan?", VIEWS).field("Bijlagen").set_input_files([LETTER])
    at.look("views")
    noor.click("Stuur uw zienswijze").sees("Wij hebben uw zienswijze.")
    at.look("letter-with-views")


def is_refused(olga: Visitor, piet: Visitor, at: Looker) -> None:
    """The views are weighed, which the one proposes and the other approves."""
    olga.go("/gemeente").sees("zienswijze binnen")
    olga.go("/gemeente/aanvragen").follow(scene.MUSIC)
    at.look("application-with-views", olga)
    olga.follow("Voorstel: afwijzing").sees(VIEWS)
    expect(olga.page.get_by_label(DOUBT, exact=True)).to_be_checked()
    olga.has("Reden", "De muzikanten weten van niets.").click("Besluit voorstellen")
    olga.sees_error("Hoe weegt u de zienswijze mee?", "Schrijf hoe u de zienswijze hebt meegewogen")
    at.look("refusal-that-must-weigh-the-views", olga)
    olga.type("Hoe weegt u de zienswijze mee?", WEIGHED).click("Besluit voorstellen")
    piet.page.goto(olga.page.url)
    piet.sees(WEIGHED)
    at.look("refusal-to-approve", piet)
    piet.click("Besluit goedkeuren").sees("Het besluit is goedgekeurd.")


def at_application(noor: Visitor) -> Visitor:
    return noor.go("/mijn/acties").follow(scene.MUSIC).follow("Matchgeld").follow(scene.BY_ROUND)


def objects_without_grounds(noor: Visitor, at: Looker) -> None:
    """Pro forma, and completed later."""
    at_application(noor)
    at.look("application-refused")
    noor.follow("Lees de brief").sees(WEIGHED)
    at.look("letter-of-refusal")
    at_application(noor).follow("Bezwaar maken tegen dit besluit")
    at.look("objection-to-write")
    noor.click("Het bezwaar versturen").sees("de gronden: waarom iemand bezwaar maakt")
    at.look("objection-without-grounds")
    noor.follow("Uw bezwaar aanvullen").type("Wat ontbrak er?", "De hele straat doet mee.")
    noor.click("Versturen").sees("De hele straat doet mee.")


def at_objection(officer: Visitor) -> Visitor:
    return officer.go("/gemeente/bezwaren").follow(scene.MUSIC)


def hears(rosa: Visitor, at: Looker) -> None:
    at_objection(rosa)
    at.look("objection", rosa)
    rosa.follow("Uitnodigen voor een hoorzitting")
    rosa.type("Dag van de hoorzitting", day(14)).click("Vastleggen")
    rosa.sees_error("Tijd en plaats", "Vul dit in.")
    at.look("invitation", rosa)
    rosa.type("Tijd en plaats", "14.00 uur, raadhuis").click("Vastleggen")
    rosa.follow("Het verslag van de hoorzitting schrijven")
    rosa.type("Wie leidde de hoorzitting?", "mr. De Wit")
    rosa.type("Verslag van de hoorzitting", "Noor liet de namen van de straat zien.")
    at.look("report-of-the-hearing", rosa)
    rosa.click("Vastleggen").sees("De beslissing voorstellen")


def decides(rosa: Visitor, bram: Visitor, at: Looker) -> None:
    """Founded in part: refused again, but for a reason that holds."""
    at_objection(rosa).follow("De beslissing voorstellen")
    rosa.choose("voor een deel gegrond: het besluit wordt herroepen en vervangen")
    rosa.type("Overwegingen", "Het plan gaat wel door.").choose("afwijzing").choose(REQUIREMENT)
    rosa.type("Toelichting bij het nieuwe besluit", "De begroting is niet rond.")
    rosa.type("Bij welke rechtbank is het beroep?", COURT)
    at.look("ruling-to-propose", rosa)
    rosa.click("De beslissing voorstellen").sees("Een collega stelde de beslissing voor")
    at_objection(bram)
    at.look("ruling-to-approve", bram)
    bram.follow("Lees de brief").sees("Wij herroepen besluit")
    at_objection(bram).click("De beslissing goedkeuren").sees("Het besluit is goedgekeurd.")


def appeals(noor: Visitor, rosa: Visitor, at: Looker) -> None:
    """The court is Noor's choice; what it tells and decides is Rosa's to write down."""
    at_application(noor).sees("geldt niet meer").sees(f"in beroep gaan bij {COURT}")
    at.look("application-after-the-objection")
    at_objection(rosa).follow("Een beroep vastleggen")
    rosa.type("Zaaknummer van de rechtbank", "HAA 26/1234")
    at.look("appeal-to-write-down", rosa)
    rosa.click("Het beroep vastleggen").sees("HAA 26/1234")
    at.look("objection-with-an-appeal", rosa)
    at_application(noor).sees(f"Beroep HAA 26/1234 bij {COURT}, binnengekomen op")
    noor.sees("De rechtbank heeft nog niet beslist.")
    at.look("application-with-an-appeal")
    at_objection(rosa).follow("De uitspraak vastleggen").choose("ongegrond: het besluit blijft")
    rosa.type("Wat de rechtbank zei, in het kort", "De begroting was niet rond.")
    at.look("judgment-to-write-down", rosa)
    rosa.click("De uitspraak vastleggen").sees("De begroting was niet rond.")
    at_application(noor).sees("Ongegrond: het besluit blijft")
    at.look("application-after-the-judgment")


def test_from_the_views_on_a_refusal_to_the_judgment_of_the_court(
    town: Practice, page_at: PageAt
) -> None:
    def browser(width: int, email: str) -> Visitor:
        page = page_at(width)
        page.set_default_timeout(15_000)
        return Visitor(page, town.site).signs_in(email)

    noor = browser(390, NOOR)
    olga, piet, rosa, bram = (browser(1280, email) for email in (OLGA, PIET, ROSA, BRAM))
    at = Looker(noor)
    applies(noor)
    is_asked_for_views(olga, at)
    gives_views(noor, at)
    is_refused(olga, piet, at)
    lets_it_be_sent(town)
    objects_without_grounds(noor, at)
    hears(rosa, at)
    at_objection(olga).sees("U was betrokken bij dit besluit.")
    decides(rosa, bram, at)
    lets_it_be_sent(town)
    appeals(noor, rosa, at)
    assert len(at.names) == len(set(at.names))
    assert "0 met verschillen" in town.say("ledger", "check")
