"""What the people of a journey do, each in their own words and on their own screens."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload

from tests.support.browser.practice import Visitor

BROKEN_PICTURE: FilePayload = {"name": "boom.jpg", "mimeType": "image/jpeg", "buffer": b"geen foto"}


def photo() -> FilePayload:
    """A picture as a phone would send it."""
    data = BytesIO()
    Image.linear_gradient("L").resize((1600, 1200)).convert("RGB").save(data, "JPEG")
    return {"name": "plein.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


@dataclass(frozen=True)
class Plan:
    """What an initiator has in mind."""

    title: str
    initiator: str
    email: str
    buurt: str
    deadline: date
    minimum: str = "100"


def begins(visitor: Visitor, plan: Plan) -> None:
    """The first step without an account, with one mistake; what was typed stays."""
    visitor.go("/").follow("Start een actie")
    visitor.sees_heading("Start een actie")
    visitor.type("Naam van uw plan", plan.title)
    visitor.type("Wat verandert er in de buurt?", "Het plein wordt groen & koel.")
    visitor.type("Voor wie?", "Voor iedereen die er woont.")
    visitor.choose("Groen")
    visitor.type("Uw naam", plan.initiator)
    visitor.type("E-mailadres", "geen adres")
    visitor.click("Sla op en ga verder")
    visitor.sees("Er klopt nog iets niet")
    visitor.sees_error("E-mailadres", "Vul een e-mailadres in")
    visitor.has("Naam van uw plan", plan.title)
    visitor.has("Wat verandert er in de buurt?", "Het plein wordt groen & koel.")
    visitor.has("E-mailadres", "geen adres")
    assert visitor.page.get_by_label("Groen", exact=True).is_checked()
    visitor.type("E-mailadres", plan.email).click("Sla op en ga verder")
    visitor.sees_heading("Waar is het?")


def comes_back(visitor: Visitor, plan: Plan) -> None:
    """Goes on later, in another browser, by the mailed link."""
    visitor.follows_mail(plan.email, "Er is een plan begonnen met uw e-mailadres")
    visitor.sees_heading("Inloggen").click("Inloggen")
    # Whoever holds the mail need not be who typed the name.
    visitor.sees("Hoe mogen wij u noemen?").type("Uw naam", "Noor Jansen").click("Opslaan")
    visitor.sees(plan.title)


def tells_where(visitor: Visitor, plan: Plan) -> None:
    """The second step; the neighbourhood is forgotten at first, which the check tells."""
    visitor.sees_heading("Waar is het?")
    visitor.type("Waar precies?", "Rozenplein, naast de school").click("Sla op en ga verder")
    visitor.sees("Dit ontbreekt nog").follow("Kies de buurt.")
    assert visitor.page.url.endswith("#neighbourhood")
    visitor.has("Waar precies?", "Rozenplein, naast de school")
    visitor.page.get_by_label("Buurt", exact=True).select_option(label=plan.buurt)
    visitor.click("Sla op en ga verder")


def counts(visitor: Visitor, plan: Plan) -> None:
    """The third step; one amount is not a number at first."""
    visitor.sees_heading("Wat kost het?")
    page = visitor.page
    rows = page.get_by_role("group", name="Regel")
    rows.nth(0).get_by_label("Wat").fill("Zes bomen")
    rows.nth(0).get_by_label("Bedrag").fill("veel")
    rows.nth(1).get_by_label("Wat").fill("Aarde")
    rows.nth(1).get_by_label("Bedrag").fill("12,50")
    visitor.choose("Alles of niets")
    visitor.type("Hoeveel is er minstens nodig?", plan.minimum)
    visitor.type("Laatste dag waarop mensen kunnen geven", plan.deadline.isoformat())
    visitor.click("Sla op en ga verder")
    visitor.sees_error("", "Vul een bedrag in, bijvoorbeeld 12,50.")
    assert rows.nth(0).get_by_label("Bedrag").input_value() == "veel"
    assert rows.nth(1).get_by_label("Wat").input_value() == "Aarde"
    visitor.has("Laatste dag waarop mensen kunnen geven", plan.deadline.isoformat())
    rows.nth(0).get_by_label("Bedrag").fill("137,50")
    visitor.click("Opnieuw optellen")
    visitor.sees("€ 150")
    visitor.click("Sla op en ga verder")


def tells(visitor: Visitor) -> None:
    """The fourth step; the picture is none at first, and the story stays."""
    visitor.sees_heading("Uw verhaal")
    visitor.type("Uw verhaal", "Wij planten **zes bomen**.\n\n- een linde\n- een kers")
    picture = visitor.page.get_by_label("Foto", exact=False).first
    picture.set_input_files(BROKEN_PICTURE)
    visitor.type("Wat gebeurt er als er geld overblijft?", "Daarvan kopen we planten.")
    visitor.click("Sla op en ga verder")
    visitor.sees_error("", "Dit bestand kunnen we niet gebruiken.")
    visitor.has("Uw verhaal", "Wij planten **zes bomen**.\n\n- een linde\n- een kers")
    visitor.page.get_by_label("Foto", exact=False).first.set_input_files(photo())
    visitor.type("Wat is er op de foto te zien?", "Een grijs plein")
    visitor.click("Sla op en ga verder")


def hands_in(visitor: Visitor, plan: Plan) -> None:
    """The check says what was forgotten; after that the plan is complete."""
    visitor.sees_heading("Controleren en versturen")
    visitor.sees("Dit ontbreekt nog")
    visitor.follow("Vertel wie er last van kan hebben")
    visitor.type("Wie kan er last hebben van uw plan?", "Er verdwijnt een parkeerplek.")
    visitor.click("Sla op en ga verder")
    visitor.sees("Uw plan is compleet")
    visitor.click("Stuur mijn plan naar de coach")
    visitor.sees("Uw plan is ingediend")
    visitor.sees_heading(plan.title)


def gives(visitor: Visitor, path: str, *, amount: str, email: str, public: bool = True) -> None:
    """As a guest: the form and the check, up to the payment page."""
    visitor.go(path).follow("Geef aan deze actie")
    if visitor.page.get_by_label(f"€ {amount}", exact=True).count():
        visitor.choose(f"€ {amount}")
    else:
        visitor.type("Ander bedrag in euro’s", amount)
    visitor.type("Uw naam", f"Gever {email[0].upper()}")
    visitor.type("Uw e-mailadres", email)
    yes, no = "Ja, laat mijn naam bij mijn gift zien", "Nee, laat ‘Iemand uit de buurt’ zien"
    visitor.choose(yes if public else no)
    visitor.choose("Ik ga akkoord met de voorwaarden")
    visitor.click("Controleer uw gift")
    visitor.sees_heading("Controleer uw gift")
    pays(visitor, f"Betaal € {amount}")


def pays(visitor: Visitor, button: str) -> None:
    """From the gift's own page to the payment page."""
    visitor.click(button)
    visitor.page.wait_for_url("**/betaalsandbox/checkout/**")


def ends_payment(visitor: Visitor, button: str) -> None:
    """Choose how the payment ends; the site shows the gift again."""
    visitor.page.get_by_role("button", name=button).click()
    visitor.page.wait_for_url("**/giften/**")


def says_who_applies(visitor: Visitor) -> None:
    """A foundation, in the form of an application for match money."""
    visitor.page.get_by_label("Rechtsvorm").select_option("foundation")
    visitor.type("Naam van de organisatie of groep", "Stichting De Molen")
    visitor.type("KvK-nummer", "12345678").type("RSIN", "111222333")
    visitor.type("Straat", "Molenstraat").type("Huisnummer", "12-3")
    visitor.type("Postcode", "1234 ab").type("Plaats", "Testdam")
    visitor.type("Wie tekent deze aanvraag?", "Noor de Wit")
    visitor.choose("Als bestuur, of namens het bestuur")
