"""Files in a browser of a phone's width, without scripts: added, removed, kept, sent and saved."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import PageAt
from tests.support.attached_files import JPEG, PDF, docx
from tests.support.browser import match_scene as scene
from tests.support.browser.people import says_who_applies
from tests.support.browser.practice import Practice, Visitor

CONSENT = (
    "Ik heb de regels van dit fonds gelezen. Wat ik heb ingevuld, klopt. Ik weet dat dit "
    "subsidie is, en wat ik daarna moet laten zien."
)
WRONG = "Kies een pdf, een foto (JPEG of PNG) of een kantoorbestand (docx, xlsx, odt of ods)."


@pytest.fixture
def town(practice: Practice) -> Iterator[Practice]:
    """The site with a worker, which mails the links to sign in."""
    with practice.worker():
        yield practice


def payload(name: str, data: bytes) -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def fits_the_width(visitor: Visitor) -> None:
    """Nothing sticks out of the page."""
    page = visitor.page
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


@pytest.mark.parametrize("width", [390, 1280])
def test_files_are_added_removed_and_sent_without_scripts(
    town: Practice, page_at: PageAt, width: int
) -> None:
    scene.set_town(town)
    noor = Visitor(page_at(width, java_script_enabled=False), town.site).signs_in(scene.NOOR)
    noor.go("/mijn/acties").follow(scene.BANK).follow("Matchgeld")
    box = noor.page.get_by_role("article").filter(has_text=scene.LIVE)
    box.get_by_role("link", name="Aanvragen").click()
    says_who_applies(noor)
    long_name = f"offerte-van-de-hovenier-{'bomen-' * 12}.pdf"
    noor.field("Bijlagen").set_input_files(
        [payload(long_name, PDF), payload("plan.docx", docx()), payload("echt.pdf", b"<html>")]
    )
    noor.click("Controleer uw aanvraag")
    noor.sees_error("Bijlagen", f"echt.pdf: {WRONG}").has("Straat", "Molenstraat")
    fits_the_width(noor)
    noor.sees("plan.docx")
    noor.page.get_by_role("button", name=re.compile(r"plan\.docx$")).click()
    expect(noor.page.get_by_text("plan.docx")).to_have_count(0)
    noor.has("KvK-nummer", "12345678").sees(long_name)
    noor.type("Hoe bereikt u mensen die vaak worden gemist?", "Wij bellen overal aan.")
    noor.choose(CONSENT).field("Bijlagen").set_input_files([payload("foto.jpg", JPEG)])
    noor.click("Controleer uw aanvraag").sees("Klopt dit?").sees("foto.jpg").sees(long_name)
    fits_the_width(noor)
    noor.click("Verstuur uw aanvraag").sees_heading(f"Aanvraag bij {scene.LIVE}")
    fits_the_width(noor)
    with noor.page.expect_download() as download:
        noor.follow("foto.jpg")
    assert Path(download.value.path()).read_bytes() == JPEG
    assert download.value.suggested_filename == "foto.jpg"
    olga = Visitor(page_at(width), town.site).signs_in(scene.OLGA)
    olga.go("/gemeente/aanvragen").follow(scene.BANK)
    olga.page.locator("#bijlagen > summary").click()
    olga.page.locator("#aanvrager > summary").click()
    olga.sees(long_name).sees("Stichting De Molen").sees("niet gecontroleerd op virussen")
    fits_the_width(olga)
    with olga.page.expect_download() as copy:
        olga.follow("foto.jpg")
    assert Path(copy.value.path()).read_bytes() == JPEG
