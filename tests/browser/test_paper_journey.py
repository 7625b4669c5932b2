"""A paper application from the desk to the post box, as officers and a resident do it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload

from tests.browser.conftest import PageAt
from tests.support.attached_files import PDF
from tests.support.browser import match_scene as scene
from tests.support.browser.match_scene import NOOR, OLGA, PIET
from tests.support.browser.practice import Practice, Visitor
from voorjebuurt.kernel import clock

SCAN: FilePayload = {"name": "aanvraag.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def town(practice: Practice) -> Iterator[Practice]:
    """The site with a worker, which mails."""
    with practice.worker():
        scene.set_town(practice)
        yield practice


def writes_down_who_applies(olga: Visitor) -> None:
    """What stands on the paper; nothing of letters by mail, so they go by post."""
    olga.page.get_by_label("Rechtsvorm").select_option("person")
    for label, words in (
        ("Straat", "Molenstraat"),
        ("Huisnummer", "12"),
        ("Postcode", "1234 AB"),
        ("Plaats", "Testdam"),
        ("Wie tekent deze aanvraag?", "Noor de Wit"),
    ):
        olga.type(label, words)
    olga.choose("Voor mijzelf, of voor de hele groep")


def test_a_paper_with_a_scan_until_its_confirmation_is_posted(
    town: Practice, page_at: PageAt
) -> None:
    def browser(width: int, email: str) -> Visitor:
        page = page_at(width)
        page.set_default_timeout(20_000)
        return Visitor(page, town.site).signs_in(email)

    olga, piet, noor = browser(1280, OLGA), browser(1280, PIET), browser(390, NOOR)
    olga.go("/gemeente/acties").follow(scene.MUSIC).follow("Een aanvraag op papier vastleggen")
    olga.follow(scene.BY_ROUND)
    olga.type("Op welke dag kwam het binnen?", clock.today().isoformat())
    olga.type("Hoe bereikt u mensen die vaak worden gemist?", "Wij bellen overal aan.")
    writes_down_who_applies(olga)
    olga.click("Bekijk de plaats in de rij")
    olga.sees_error("Geen scan? Waarom niet?", "Voeg een scan van het papier toe")
    olga.field("Scan van het papier").set_input_files([SCAN])
    olga.click("Bekijk de plaats in de rij").sees("nummer 1 van dit fonds")
    olga.click("De aanvraag vastleggen").sees("De aanvraag is vastgelegd")
    noor.go("/mijn/acties").follow(scene.MUSIC).follow("Matchgeld").follow(scene.BY_ROUND)
    noor.sees("op papier; de gemeente legde het voor u vast").sees("aanvraag.pdf")
    piet.go("/gemeente").sees("bevestiging van wat op papier kwam").follow(scene.MUSIC)
    piet.sees("Molenstraat 12").follow("Adrespagina").sees("1234 AB")
    piet.page.go_back()
    piet.click("Ik heb de brief gepost").sees("Deze brief is gepost")
