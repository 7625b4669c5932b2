"""Match money from the official figures to the books, as officers and residents do it.

A worker and the payment sandbox run beside the site. A fund opens on the day after it is published
at the earliest: the one that is built here is for tomorrow, and others are open already.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import FilePayload

from tests.browser.conftest import PageAt
from tests.support.browser import match_scene as scene
from tests.support.browser import people
from tests.support.browser.match_scene import ANNA, CARLA, GRETA, NOOR, OLGA, PIET
from tests.support.browser.practice import Practice, Visitor
from tests.support.place_files import STATLINE
from voorjebuurt.kernel import clock

OpenBrowser = Callable[[int], Visitor]


@pytest.fixture
def town(practice: Practice) -> Iterator[Practice]:
    """The site with a worker that does what can wait."""
    with practice.worker():
        yield practice


@pytest.fixture
def at_width(town: Practice, page_at: PageAt) -> OpenBrowser:
    """Opens a browser of this width."""

    def open_browser(width: int) -> Visitor:
        page = page_at(width)
        page.set_default_timeout(15_000)
        return Visitor(page, town.site)

    return open_browser


def noon(days: int) -> str:
    """Noon in Amsterdam, so many days after today."""
    day = clock.today() + timedelta(days=days)
    return datetime.combine(day, time(12), clock.AMSTERDAM).isoformat()


def reads_in_figures(anna: Visitor) -> None:
    """Staff gives the official figures; the worker takes them in."""
    anna.go("/beheer/gebieden/inlezen")
    file: FilePayload = {
        "name": "kwb-2024.csv",
        "mimeType": "text/csv",
        "buffer": STATLINE.encode(),
    }
    anna.page.get_by_label("Bestand", exact=True).set_input_files(file)
    anna.type("Jaar", "2024").type("Bron", "CBS").click("Bestand inlezen")
    anna.waits_for("Wat erin stond")


def builds_fund(olga: Visitor) -> None:
    """A draft with the recommended rules, its details, and a rehearsal on past campaigns."""
    olga.go("/gemeente/fondsen/nieuw").type("Naam van het fonds", "Buurtgeld")
    olga.type("Plafond", "10.000").choose("De aanbevolen regels").click("Fonds beginnen")
    olga.type("Waar is het fonds voor?", "Voor plannen van bewoners.")
    olga.type("Wettelijke grondslag", "Subsidieverordening, artikel 4")
    olga.type("Eerste dag", (clock.today() + timedelta(days=1)).isoformat())
    olga.type("Laatste dag", (clock.today() + timedelta(days=60)).isoformat())
    olga.type("Wat controleert u bij elke aanvraag?", "De begroting klopt")
    olga.type("Wat staat er boven aan de brieven?", "Gemeente Testdam")
    olga.type("Waar kan iemand een bezwaar naartoe sturen?", "Postbus 1, Testdam")
    olga.click("Gegevens opslaan").sees("De gegevens zijn opgeslagen.")
    olga.follow("Regels bouwen").sees("Per donateur telt hoogstens")
    olga.go("/gemeente/fondsen").follow("Buurtgeld").click(
        "Reken deze regels door op eerdere acties"
    )
    olga.waits_for("Precies deze regels zijn doorgerekend.")


def publishes(piet: Visitor) -> None:
    """A colleague reads and publishes it; everybody finds it."""
    piet.go("/gemeente/fondsen").follow("Buurtgeld").follow("Publiceren")
    piet.click("Fonds publiceren")
    piet.go("/fondsen").follow("Buurtgeld").sees("Voor plannen van bewoners.")


def applies(noor: Visitor, title: str, fund: str) -> None:
    """From the campaign's own desk, with one thing forgotten at first."""
    noor.go("/mijn/acties").follow(title).follow("Matchgeld")
    box = noor.page.get_by_role("article").filter(has_text=fund)
    box.get_by_role("link", name="Aanvragen").click()
    noor.type("Hoe bereikt u mensen die vaak worden gemist?", "Wij bellen overal aan.")
    people.says_who_applies(noor)
    noor.click("Controleer uw aanvraag")
    noor.has("Hoe bereikt u mensen die vaak worden gemist?", "Wij bellen overal aan.")
    noor.choose(
        "Ik heb de regels van dit fonds gelezen. Wat ik heb ingevuld, klopt. Ik weet dat dit "
        "subsidie is, en wat ik daarna moet laten zien."
    )
    noor.click("Controleer uw aanvraag").click("Verstuur uw aanvraag")
    noor.sees_heading(f"Aanvraag bij {fund}")


def admits(officer: Visitor, title: str) -> None:
    """Every item of the checklist is met."""
    officer.go("/gemeente/aanvragen").follow(title).follow("Checklist nalopen")
    in_order = officer.page.get_by_label("In orde", exact=True)
    for place in range(in_order.count()):
        officer.page.locator(f"label[for='{in_order.nth(place).get_attribute('id')}']").click()
    officer.click("Checklist opslaan").click("Aanvraag toelaten")
    officer.go("/gemeente/aanvragen").sees(title)


def proposes_award(officer: Visitor, title: str) -> None:
    """Every item of the checklist is met: one deed admits, and proposes the award of a maximum."""
    officer.go("/gemeente/aanvragen").follow(title).follow("Checklist nalopen")
    in_order = officer.page.get_by_label("In orde", exact=True)
    for place in range(in_order.count()):
        officer.page.locator(f"label[for='{in_order.nth(place).get_attribute('id')}']").click()
    officer.click("Checklist opslaan").follow("Voorstel: toekenning")
    officer.sees("toekenning van een hoogste bedrag, als de actie lukt.")
    officer.click("Besluit voorstellen")


def gives(giver: Visitor, path: str, email: str) -> None:
    """€ 50, paid at once."""
    people.gives(giver, path, amount="50", email=email)
    people.ends_payment(giver, "Betaal € 50,00")
    giver.waits_for("Bedankt voor uw gift!")


def proposes_refusal(officer: Visitor, title: str) -> None:
    """Refused before the division; the reason is forgotten at first."""
    officer.go("/gemeente/aanvragen").follow(title).follow("Voorstel: afwijzing")
    officer.choose("Uw actie voldoet niet aan een voorwaarde van het fonds.")
    officer.click("Besluit voorstellen").sees("Er klopt nog iets niet")
    officer.type("Reden", "Dit plan is voor één huis, en niet voor de buurt.")
    officer.click("Besluit voorstellen")


def approves(officer: Visitor, title: str) -> None:
    """From the work list, having read it."""
    officer.go("/gemeente").follow(title)
    if officer.page.get_by_role("link", name="Lees het besluit").count():
        officer.follow("Lees het besluit")
    officer.click("Besluit goedkeuren").sees("Het besluit is goedgekeurd.")


def divides(officer: Visitor) -> None:
    """After the closing date: the division, and a proposal for each application."""
    officer.go("/gemeente/fondsen").follow(scene.BY_ROUND).follow("Geld verdelen")
    officer.click("Nu verdelen").sees("Het geld is verdeeld.")
    officer.follow("Naar de besluiten van deze verdeling").click("Besluiten voorstellen")


def letter_of(visitor: Visitor) -> bytes:
    """The letter that the page links to, as the browser gets it."""
    link = visitor.page.get_by_role("link", name="Open als PDF").first
    answer = visitor.page.request.get(visitor.site + str(link.get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def objects(noor: Visitor, title: str) -> None:
    """The applicant reads the refusal, opens its letter, and objects."""
    noor.go("/mijn/acties").follow(title).follow("Matchgeld").follow(scene.BY_ROUND)
    assert letter_of(noor).startswith(b"%PDF-")
    noor.follow("Bezwaar maken tegen dit besluit")
    noor.type("Waarom bent u het er niet mee eens?", "De hele straat doet mee.")
    noor.click("Het bezwaar versturen").sees("De hele straat doet mee.")


def registers_money(anna: Visitor, carla: Visitor) -> None:
    """The municipality pays what its fund owes: one enters it, another books it."""
    anna.go("/beheer/gemeentegeld")
    row = anna.page.get_by_role("row").filter(has_text=scene.BY_ROUND)
    row.get_by_role("link", name="Vul geld in").click()
    day = clock.today().isoformat()
    anna.type("Bedrag", "50").type("Kenmerk op het bankafschrift", "TD 2026-17")
    anna.type("Dag op het bankafschrift", day).click("Vul het geld in")
    anna.sees("Het geld is ingevuld. Een collega boekt het.")
    carla.go("/beheer/gemeentegeld")
    row = carla.page.get_by_role("row").filter(has_text="TD 2026-17")
    row.get_by_role("link").first.click()
    carla.click("Boek het geld").sees("Het geld is geboekt.")


def test_a_fund_from_the_official_figures_to_its_public_page(
    town: Practice, at_width: OpenBrowser
) -> None:
    scene.set_town(town)
    anna, olga, piet = (at_width(1280).signs_in(email) for email in (ANNA, OLGA, PIET))
    reads_in_figures(anna)
    builds_fund(olga)
    publishes(piet)


def test_a_live_fund_awards_first_and_then_a_gift_is_matched_at_once(
    town: Practice, at_width: OpenBrowser
) -> None:
    paths = scene.set_town(town)
    olga, piet = (at_width(1280).signs_in(email) for email in (OLGA, PIET))
    noor = at_width(390).signs_in(NOOR)
    applies(noor, scene.BANK, scene.LIVE)
    proposes_award(olga, scene.BANK)
    approves(piet, scene.BANK)
    town.say("due", "--at", noon(1))
    kim = at_width(390)
    gives(kim, paths[scene.BANK], "kim@buurt.example")
    kim.waits_for(scene.LIVE)
    reader = at_width(390).go(paths[scene.BANK])
    reader.waits_for("€ 50 toegekend door de gemeente, als de actie lukt").sees(scene.LIVE)


def test_two_officers_decide_and_the_money_is_booked(town: Practice, at_width: OpenBrowser) -> None:
    paths = scene.set_town(town)
    anna, olga, piet = (at_width(1280).signs_in(email) for email in (ANNA, OLGA, PIET))
    noor = at_width(390).signs_in(NOOR)
    for title in (scene.TREES, scene.MUSIC):
        applies(noor, title, scene.BY_ROUND)
    gives(at_width(390), paths[scene.TREES], "lex@buurt.example")
    admits(olga, scene.TREES)
    proposes_refusal(olga, scene.MUSIC)
    approves(piet, scene.MUSIC)
    town.say("due", "--at", noon(1))
    divides(olga)
    approves(piet, scene.TREES)
    town.say("due", "--at", noon(21))
    objects(noor, scene.MUSIC)
    olga.go("/gemeente/bezwaren").sees(scene.MUSIC)
    noor.go("/mijn/acties").follow(scene.TREES)
    noor.page.get_by_role("link", name="Matchgeld", exact=True).click()
    noor.follow(scene.BY_ROUND)
    assert letter_of(noor).startswith(b"%PDF-")
    registers_money(anna, at_width(1280).signs_in(CARLA))
    assert "0 met verschillen" in town.say("ledger", "check")
    sees_nothing_of_it(at_width(1280).signs_in(GRETA), olga)


def sees_nothing_of_it(greta: Visitor, olga: Visitor) -> None:
    """An officer of another town finds nothing, and nothing opens."""
    for path in ("/gemeente", "/gemeente/fondsen", "/gemeente/aanvragen", "/gemeente/bezwaren"):
        greta.go(path)
        for name in (scene.BY_ROUND, scene.TREES, scene.MUSIC):
            assert greta.page.get_by_text(name).count() == 0
    olga.go("/gemeente/aanvragen").follow(scene.TREES).sees_heading(scene.TREES)
    assert greta.page.request.get(olga.page.url).status == 404
