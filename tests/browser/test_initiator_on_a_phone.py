"""An initiator with a phone, from going live to the accounting: every page looked at on the way.

Each of Noor's pages is sound at 390 and 1280 pixels; with ``VJB_PICTURES`` set to a folder it is
drawn there too, for who wants to look. That none of it needs scripts, ``test_journeys`` shows.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.sync_api import FilePayload
from sqlalchemy import select

from tests.browser.conftest import PageAt
from tests.support.attached_files import PDF
from tests.support.browser import match_scene as scene
from tests.support.browser import people
from tests.support.browser.looker import Looker
from tests.support.browser.match_scene import NOOR, OLGA, PIET
from tests.support.browser.practice import Practice, Visitor
from tests.support.certain import certain
from tests.support.checklists import complete_checklist
from tests.support.deposits import colleague, fund_paid
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.payouts import DEBTOR
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.models import Accounting
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.matching.models import Fund
from voorjebuurt.payouts.bank_files import execute_payout, export_payouts
from voorjebuurt.payouts.payee_queries import current_payee
from voorjebuurt.payouts.payees import verify_payee
from voorjebuurt.payouts.proposals import propose_payout, release_payout
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Neighbourhood

MATCH = 5_000
"""As much as Kim gives (eurocents)."""
RECEIPT: FilePayload = {"name": "bon.pdf", "mimeType": "application/pdf", "buffer": PDF}
COACH, KIM = "karim@buurt.example", "kim@buurt.example"
TITLE = "Een moestuin achter de molen"

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
                extension_days=14,
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


def is_paid_out(town: Practice, noor: Visitor, desk: str, at: Looker) -> None:
    """Two of staff check the account, book what the municipality paid, and pay everything."""
    with town.database.writing() as session, building_in(session):
        anna, bram = colleague(), colleague()
        fund = session.scalars(select(Fund).where(Fund.name == scene.LIVE)).one()
        fund_paid(session, fund_id=fund.id, cents=MATCH, reference=scene.LIVE)
        payee = certain(current_payee(session, key_of(town)))
        verify_payee(session, payee_id=payee.id, evidence="Bankafschrift gezien.", actor=anna)
        complete_checklist(session, payee.id, anna)
        payout_id = propose_payout(session, campaign_id=key_of(town), actor=anna)
        release_payout(session, payout_id=payout_id, actor=bram)
        sealer = Sealer(town.settings.data_keys)
        export_payouts(session, debtor=DEBTOR, sealer=sealer, actor=anna)
        today = clock.today()
        execute_payout(session, payout_id=payout_id, executed_on=today, remark="", actor=bram)
    noor.opens_mail(NOOR, "Uitbetaald: € 100")
    noor.go(desk).sees("Verantwoord het matchgeld van")
    at.look("desk-after-the-payout")
    noor.go(f"{desk}/rekening").sees("€ 100")
    at.look("account-number-paid")


def accounts(town: Practice, noor: Visitor, desk: str, at: Looker) -> None:
    """What the money went to, with a receipt; a forgotten story is asked for, and nothing lost."""
    noor.go(desk).follow("Verantwoord het matchgeld van")
    noor.sees_heading("Laat zien waaraan het geld is uitgegeven")
    at.look("account")
    rows = noor.page.get_by_role("group", name=re.compile("^Regel "))
    for number, (what, euros) in enumerate((("Grond", "60"), ("Planten", "38,50"))):
        rows.nth(number).get_by_role("textbox").first.fill(what)
        rows.nth(number).get_by_role("textbox").nth(1).fill(euros)
    noor.field("Bonnen").set_input_files([RECEIPT])
    noor.click("Verstuur uw verantwoording")
    noor.sees_error("Wat hebt u met het geld gedaan?", "Vertel wat u met het geld hebt gedaan.")
    noor.sees(str(RECEIPT["name"])).sees("€ 98,50")
    at.look("account-to-complete")
    noor.type("Wat hebt u met het geld gedaan?", "Er groeien bonen achter de molen.")
    noor.click("Verstuur uw verantwoording")
    noor.sees("De gemeente heeft uw verantwoording en kijkt ernaar.")
    with town.database.reading() as session:
        account = session.scalars(select(Accounting)).one()
    assert account.story == "Er groeien bonen achter de molen."
    assert account.spent_cents == 9_850
    at.look("application-with-the-account")
    noor.go(desk)
    at.look("desk-after-the-account")


def test_a_phone_is_enough_from_going_live_to_the_accounting(
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
    noor.go(f"{desk}/verlengen")
    at.look("longer")
    noor.go(f"{desk}/stoppen")
    at.look("stop")
    is_awarded(town, somebody, noor, at)
    tells(noor, desk, at)
    answers(kim, noor, path, desk, at)
    is_given(kim, noor, path, desk, at)
    succeeds(town, noor, desk, at)
    is_paid_out(town, noor, desk, at)
    accounts(town, noor, desk, at)
    noor.go(path).sees("Het geld is overgemaakt naar de groep.")
    at.look("page-at-the-end")
    assert len(at.names) == len(set(at.names)) == 26
    assert "0 met verschillen" in town.say("ledger", "check")
