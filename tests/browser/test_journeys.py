"""One campaign from pitch to payout, and one that pays everybody back: as people do it.

Dutch screens on a phone, real processes behind them: the site, a worker, the payment sandbox.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest
from lxml import etree
from playwright.sync_api import FilePayload, expect
from sqlalchemy import select

from tests.browser.conftest import PageAt
from tests.support.attached_files import PDF
from tests.support.browser import people
from tests.support.browser.people import Plan
from tests.support.browser.practice import Practice, Visitor
from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory
from tests.support.factories.places import MunicipalityFactory, NeighbourhoodFactory
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.ledger.queries import trial_balance
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.places.models import Neighbourhood

COACH, ANNA, BRAM = "coach@buurt.example", "anna@buurt.example", "bram@buurt.example"
BUURT = "Bloemenbuurt"
MAILS_OF_A_DONOR = ["campaign_won_donor", "minimum_reached_donor", "receipt"]
# Mails with a sign-in link are thrown away when it has expired, long before the last day.
MAILS_OF_A_CAMPAIGN = [
    *("campaign_approved", "campaign_mark", "campaign_question", "campaign_returned"),
    *("campaign_submitted", "campaign_submitted", "campaign_won", "first_gift", "gift_digest"),
    "paid_out",
    "payee_asked",
    "payee_verified",
]


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
def somebody(town: Practice, page_at: PageAt) -> Callable[..., Visitor]:
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
    initiator.sees("Wie geeft de bomen water?").type("Uw bericht", "Wij, om de beurt.")
    initiator.click("Versturen").sees("Uw bericht staat in het gesprek.")
    coach.follows_mail(COACH, plan.title).sees("Wij, om de beurt.").follow(plan.title)
    coach.type("Uw bericht aan de initiatiefnemer", "Zet dat ook in uw verhaal.")
    coach.click("Terugsturen om aan te passen").sees("Het plan is teruggestuurd")
    initiator.follows_mail(plan.email, "Pas uw plan").sees("Zet dat ook in uw verhaal.")
    initiator.follow("Uw plan veranderen").follow("Wijzig : Verhaal")
    initiator.type("Uw verhaal", "Wij planten zes bomen en geven ze om de beurt water.")
    initiator.click("Sla op en ga verder").click("Stuur mijn plan naar de coach")
    initiator.sees("Uw plan is ingediend")
    coach.go("/coach/acties").follow(plan.title).sees("om de beurt water")
    coach.click("Goedkeuren: komt direct op de website").sees("De actie staat op de website.")
    initiator.opens_mail(plan.email, "Uw actie staat op de website")


def public_path(town: Practice) -> str:
    """Where the only campaign stands on the site."""
    with town.database.reading() as session:
        return f"/acties/{session.scalars(select(Campaign.slug)).one()}"


def after(day: date, *, days: int) -> str:
    """Noon in Amsterdam, so many days after a day."""
    moment = datetime.combine(day + timedelta(days=days), time(12), clock.AMSTERDAM)
    return moment.isoformat()


def three_guests(open_browser: Callable[[], Visitor], site_path: str) -> dict[str, str]:
    """One pays at once, one cancels and then pays, one's payment fails; their gifts' pages."""
    kim, lex, mo = (open_browser() for _ in range(3))
    people.gives(kim, site_path, amount="50", email="kim@buurt.example")
    people.ends_payment(kim, "Betaal € 50,00")
    kim.waits_for("Bedankt voor uw gift!").sees("Betaalbewijs")
    people.gives(lex, site_path, amount="75,50", email="lex@buurt.example", public=False)
    people.ends_payment(lex, "Annuleer")
    lex.waits_for("U hebt de betaling afgebroken").sees("Er is geen geld van uw rekening gegaan")
    people.pays(lex, "Probeer opnieuw met € 75,50")
    people.ends_payment(lex, "Betaal € 75,50")
    lex.waits_for("Bedankt voor uw gift!")
    people.gives(mo, site_path, amount="25", email="mo@buurt.example")
    people.ends_payment(mo, "Laat mislukken")
    mo.waits_for("Uw betaling is niet gelukt").sees("Probeer opnieuw met € 25")
    return {"kim": kim.page.url, "lex": lex.page.url, "mo": mo.page.url}


def live_campaign(town: Practice) -> tuple[str, date]:
    """A campaign that needs € 1,000 and runs: its page, and its last day."""
    with town.database.writing() as session, building_in(session):
        buurt = session.scalars(select(Neighbourhood)).one()
        campaign = CampaignFactory(status="live", neighbourhood=buurt, slug="een-bank")
        return f"/acties/{campaign.slug}", certain(campaign.deadline_on)


def gives_account(initiator: Visitor, plan: Plan, holder: str, iban: str) -> None:
    """The initiator says where the money may go, with one digit wrong at first."""
    initiator.follows_mail(plan.email, "Waar mogen wij het geld")
    initiator.sees_heading("Rekening voor het geld")
    initiator.type("Naam bij de rekening", holder)
    initiator.type("Rekeningnummer (IBAN)", iban.replace("43 00", "43 01"))
    initiator.click("Rekening opslaan")
    initiator.sees_error("Rekeningnummer (IBAN)", "Dit rekeningnummer klopt niet")
    initiator.has("Naam bij de rekening", holder)
    initiator.type("Rekeningnummer (IBAN)", iban).click("Rekening opslaan")
    initiator.sees("Dank u wel. Wij controleren deze rekening").sees("NL91 •••• 4300")


def looks_at_everything(anna: Visitor) -> None:
    """Anna does the list of the account, with proof where that is needed."""
    anna.go("/beheer/rekeningen").follow("Buurtgroep Bomen").follow("Ga naar de checklist")
    page = anna.page
    for number in range(5):
        page.get_by_role("link", name=re.compile("^Controleer ‘")).first.click()
        anna.choose("Het klopt")
        anna.type("Waar hebt u naar gekeken?", "Register van vandaag.")
        file: FilePayload = {"name": "bewijs.pdf", "mimeType": "application/pdf", "buffer": PDF}
        page.get_by_label("Bewijs").set_input_files(file)
        anna.click("Zet het op de lijst").sees("Wat u vond, staat op de lijst.")
        assert page.get_by_text("Nog niet bekeken").count() == 4 - number


def pays_out(anna: Visitor, bram: Visitor, plan: Plan) -> None:
    """Anna checks and proposes, and may not release; Bram does."""
    anna.go("/beheer/rekeningen").follow("Buurtgroep Bomen")
    anna.type("Hoe hebt u deze rekening gecontroleerd?", "Bankafschrift gezien.")
    anna.click("Rekening goedkeuren").sees("De rekening is goedgekeurd.")
    looks_at_everything(anna)
    anna.go("/beheer/uitbetalingen").click("Voorstellen").sees("De uitbetaling is voorgesteld.")
    anna.follow(plan.title).sees("Een collega moet het vrijgeven.")
    expect(anna.page.get_by_role("button", name="Uitbetaling vrijgeven")).to_have_count(0)
    bram.go("/beheer").follow(plan.title).click("Uitbetaling vrijgeven")
    bram.sees("De uitbetaling is vrijgegeven.")
    bram.follow("Naar de betaalbestanden").click("Betaalbestand maken")
    bram.sees("Het betaalbestand is klaar.")


def bank_file(bram: Visitor) -> etree._Element:
    """The file as the bank gets it; a second download is the same to the byte."""
    with bram.page.expect_download() as download:
        bram.follow("Bestand downloaden")
    first = download.value.path().read_bytes()
    address = str(bram.page.get_by_role("link", name="Bestand downloaden").get_attribute("href"))
    assert bram.page.request.get(bram.site + address).body() == first
    assert download.value.suggested_filename.endswith(".xml")
    return etree.fromstring(first)


def texts(file: etree._Element, name: str) -> list[str | None]:
    """What the elements of that name say, whatever their namespace."""
    return [element.text for element in file.iterfind(f".//{{*}}{name}")]


def mails_to(town: Practice, recipient: str) -> list[str]:
    """The templates of all mails that were sent to somebody, sorted."""
    with town.database.reading() as session:
        rows = select(MailMessage.template).where(
            MailMessage.recipient == recipient, MailMessage.sent_at.is_not(None)
        )
        return sorted(session.scalars(rows))


def test_a_campaign_from_pitch_to_payout(town: Practice, somebody: Callable[..., Visitor]) -> None:
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
    review(somebody(width=1280).signs_in(COACH), initiator, bomen)
    path = public_path(town)
    three_guests(somebody, path)
    reader = somebody().go(path)
    reader.sees("€ 125,50").sees("Gever K").sees("Iemand uit de buurt")
    town.say("due", "--at", (clock.now() + timedelta(hours=3)).isoformat())
    town.say("due", "--at", after(bomen.deadline, days=1))
    reader.go(path).sees("Er is genoeg geld opgehaald!")
    gives_account(initiator, bomen, "Buurtgroep Bomen", "NL91 ABNA 0417 1643 00")
    anna, bram = (somebody(width=1280).signs_in(email) for email in (ANNA, BRAM))
    pays_out(anna, bram, bomen)
    file = bank_file(bram)
    assert texts(file, "InstdAmt") == ["125.50"]
    assert "NL91ABNA0417164300" in texts(file, "IBAN")
    (reference,) = texts(file, "EndToEndId")
    bram.follow(bomen.title).sees(str(reference)).click("Afvinken als betaald")
    bram.sees("De uitbetaling is gedaan.")
    reader.go(path).sees("Het geld is overgemaakt naar de groep.")
    initiator.opens_mail(bomen.email, "Uitbetaald: € 125,50")
    assert "0 met verschillen" in town.say("ledger", "check")
    assert mails_to(town, "kim@buurt.example") == MAILS_OF_A_DONOR
    assert mails_to(town, "lex@buurt.example") == MAILS_OF_A_DONOR
    assert mails_to(town, "mo@buurt.example") == ["payment_failed"]
    assert mails_to(town, bomen.email) == MAILS_OF_A_CAMPAIGN


def test_a_campaign_that_fails_pays_everybody_back(
    town: Practice, somebody: Callable[..., Visitor]
) -> None:
    path, deadline = live_campaign(town)
    donors = {name: somebody(scripts=True) for name in ("kim", "lex")}
    for (name, donor), amount in zip(donors.items(), ("25", "12,50"), strict=True):
        people.gives(donor, path, amount=amount, email=f"{name}@buurt.example")
        people.ends_payment(donor, f"Betaal € {amount if ',' in amount else amount + ',00'}")
        donor.waits_for("Bedankt voor uw gift!")
    town.say("due", "--at", after(deadline, days=1))
    donors["kim"].page.reload()
    donors["kim"].sees_heading("U krijgt uw geld terug").sees("niet op tijd genoeg geld opgehaald")
    town.say("due", "--at", after(deadline, days=6))
    for name, donor in donors.items():
        donor.page.reload()
        donor.sees_heading("Uw geld is terugbetaald")
        assert mails_to(town, f"{name}@buurt.example") == ["receipt", "refund_asked", "refunded"]
    donors["lex"].follows_mail("lex@buurt.example", "Wij hebben uw gift aan")
    donors["lex"].sees_heading("Uw geld is terugbetaald").sees("€ 12,50 is terugbetaald op")
    somebody().go(path).sees("Het minimum is niet gehaald").sees(
        "Iedereen die gaf, krijgt alles terug."
    )
    assert "0 met verschillen" in town.say("ledger", "check")
    with town.database.reading() as session:
        assert [line for line in trial_balance(session) if line.balance_cents] == []
