"""Own words over the screens: written, looked at, approved by another; and who tries otherwise."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories import payouts as make
from tests.support.factories.own_words import TEXTS, logo_file
from tests.support.factories.people import PersonFactory, RoleGrantFactory, appointer
from tests.support.factories.places import MunicipalityFactory
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import Desk, desk, page
from voorjebuurt.ownwords.models import OwnWords
from voorjebuurt.ownwords.wording import read_wording
from voorjebuurt.people.models import Person

LETTERS = "/gemeente/brieven"
Browser = Callable[[str], FlaskClient]
SENDER = {name: TEXTS[name] for name in ("signer_function", "sender", "return_address")}
CONTACT = {
    name: TEXTS[name]
    for name in ("contact_name", "contact_phone", "contact_email", "objection_address", "court")
}


@pytest.fixture
def place_id(committing: Committing) -> UUID:
    """A municipality with Jo, who may appoint, and Piet and Ans, who may not."""
    with committing() as session:
        place_id = make.municipality(session).id
        appointer(session, place_id, make.person(session, "Jo Bos"))
        for name in ("Piet Vos", "Ans Bol"):
            with_role(session, "officer", name, municipality_id=place_id, mandate_limit_cents=0)
        elsewhere = PersonFactory(name="Eva Elders")
        RoleGrantFactory(
            person_id=elsewhere.id, role="officer", municipality_id=MunicipalityFactory().id
        )
    return place_id


@pytest.fixture
def browser(place_id: UUID, committing: Committing, signed_in: SignIn) -> Browser:
    """Somebody by name, signed in now."""

    def of(name: str) -> FlaskClient:
        with committing() as session:
            person = session.scalars(select(Person).where(Person.name == name)).one()
        return signed_in(person)

    return of


def the_version(committing: Committing) -> OwnWords:
    with committing() as session:
        return session.scalars(select(OwnWords).order_by(OwnWords.number.desc())).all()[0]


def begun(client: FlaskClient, place_id: UUID, committing: Committing) -> str:
    page(client, f"{LETTERS}/{place_id}/beginnen", x="x")
    return f"{LETTERS}/{the_version(committing).id}"


def test_from_the_usual_words_to_approved_ones(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    piet, jo = browser("Piet Vos"), browser("Jo Bos")
    assert "de gewone woorden" in page(piet, LETTERS)
    path = begun(piet, place_id, committing)
    first = page(piet, path)
    assert "Wat er nog ontbreekt" in first
    assert "om goedkeuring vragen" not in first, "never a button that refuses"
    page(piet, f"{path}/schrijven/afzender", body="college", **SENDER)
    page(piet, f"{path}/schrijven/contact", **CONTACT)
    page(piet, f"{path}/schrijven/toekenning", opening="Wat mooi!", explanation="", ending="")
    logo = piet.post(
        f"{path}/schrijven/logo",
        data={"logo": (BytesIO(logo_file()), "logo.png")},
        content_type="multipart/form-data",
    )
    assert logo.status_code == 302
    assert "om goedkeuring vragen" in page(piet, path)
    letter = page(piet, f"{path}/voorbeeld/toekenning")
    for words in ("CONCEPT – VOORBEELD", "Wat mooi!", "teamleider Buurten", "data:image/png"):
        assert words in letter
    pdf = piet.get(f"{path}/voorbeeld/toekenning.pdf")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    waiting = page(piet, f"{path}/voorstellen", x="x")
    assert "Iemand anders moet het goedkeuren" in waiting
    assert f"{path}/goedkeuren" not in waiting
    assert "Alleen een ambtenaar die anderen mag benoemen" in page(browser("Ans Bol"), path)
    assert "Wat er anders is dan de gewone woorden" in page(jo, path)
    stale = page(jo, f"{path}/goedkeuren", version="1;title=elsewhere")
    assert "Terwijl deze pagina openstond" in stale
    assert the_version(committing).status == "proposed"
    end = page(jo, f"{path}/goedkeuren", x="x")
    assert "Goedgekeurd" in end
    assert the_version(committing).status == "approved"
    listing = page(piet, LETTERS)
    assert "versie 1" in listing
    assert "Jo Bos" in listing


def test_each_kind_of_letter_can_be_looked_at(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    piet = browser("Piet Vos")
    path = begun(piet, place_id, committing)
    text = page(piet, path)
    for slug in (
        *("toekenning", "afwijzing", "vaststelling", "intrekking", "terugvordering"),
        *("beslissing-op-bezwaar", "bezwaar-tussentijds", "dwangsom"),
    ):
        assert f"{path}/voorbeeld/{slug}" in text
        assert "CONCEPT – VOORBEELD, GEEN BESLUIT" in page(piet, f"{path}/voorbeeld/{slug}")
    assert piet.get(f"{path}/voorbeeld/anders").status_code == 404
    assert piet.get(f"{path}/voorbeeld/toekenning?besluit=niets").status_code == 404


def test_a_letter_that_was_sent_is_shown_with_new_words_and_stays_what_it_is(
    committing: Committing, signed_in: SignIn
) -> None:
    at_desk: Desk = desk(committing, signed_in, at="divided", claim=50_000)
    with committing() as session:
        case = at_desk.case
        decision = case.send(session, "award", 50_000)
        decision_id, before = decision.id, decision.letter
        place_id = case.application.municipality_id
    path = begun(at_desk.olga, place_id, committing)
    page(at_desk.olga, f"{path}/schrijven/contact", **CONTACT)
    text = page(at_desk.olga, f"{path}/voorbeeld/toekenning?besluit={decision_id}")
    assert "rechtbank Noord-Holland" in text
    assert "CONCEPT – VOORBEELD" in text
    assert at_desk.olga.get(f"{path}/voorbeeld/afwijzing?besluit={decision_id}").status_code == 404
    with committing() as session:
        assert session.get_one(type(decision), decision_id).letter == before


def test_another_municipality_sees_and_does_nothing(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    path = begun(browser("Piet Vos"), place_id, committing)
    eva = browser("Eva Elders")
    for part in ("", "/schrijven/contact", "/voorbeeld/toekenning", "/teruggeven"):
        assert eva.get(f"{path}{part}").status_code == 404
    for part in ("/voorstellen", "/goedkeuren", "/laten-vallen"):
        assert eva.post(f"{path}{part}").status_code == 404
    assert eva.post(f"{LETTERS}/{place_id}/beginnen").status_code == 404
    assert f'"{path}"' not in page(eva, f"{LETTERS}?gemeente={place_id}")


def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    piet = browser("Piet Vos")
    path = begun(piet, place_id, committing)
    wrong = page(piet, f"{path}/schrijven/contact", **{**CONTACT, "contact_phone": "bel maar"})
    assert 'id="contact_phone-error"' in wrong
    assert "buurten@zonnedam.example" in wrong
    long = page(piet, f"{path}/schrijven/toekenning", opening="x" * 401, explanation="", ending="")
    assert 'id="opening-error"' in long
    year = page(piet, f"{path}/schrijven/regels", budget_year="ooit")
    assert 'id="budget_year-error"' in year
    svg = piet.post(
        f"{path}/schrijven/logo",
        data={"logo": (BytesIO(b"<svg/>"), "logo.svg")},
        content_type="multipart/form-data",
    )
    assert 'id="logo-error"' in svg.text
    assert piet.get(f"{path}/schrijven/rechtsmiddel").status_code == 404, "no statutory block"


def test_a_part_that_speaks_of_objection_is_named(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    piet = browser("Piet Vos")
    path = begun(piet, place_id, committing)
    page(
        piet,
        f"{path}/schrijven/afwijzing",
        opening="",
        explanation="U kunt geen bezwaar maken.",
        ending="",
    )
    text = page(piet, path)
    assert "Lees deze delen twee keer" in text
    assert "“bezwaar”" in text


def test_two_people_write_different_sections_and_neither_is_lost(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    piet, ans = browser("Piet Vos"), browser("Ans Bol")
    path = begun(piet, place_id, committing)
    page(ans, f"{path}/schrijven/afwijzing", opening="Van Ans", explanation="", ending="")
    page(piet, f"{path}/schrijven/toekenning", opening="Van Piet", explanation="", ending="")
    words = read_wording(the_version(committing).words)
    assert words.part("refusal", "opening") == "Van Ans"
    assert words.part("award", "opening") == "Van Piet"


def test_given_back_dropped_and_begun_again(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    piet, jo = browser("Piet Vos"), browser("Jo Bos")
    path = begun(piet, place_id, committing)
    page(piet, f"{path}/schrijven/afzender", body="college", **SENDER)
    page(piet, f"{path}/schrijven/contact", **CONTACT)
    page(piet, f"{path}/voorstellen", x="x")
    back = page(jo, f"{path}/teruggeven", reason="De rechtbank klopt niet")
    assert "De rechtbank klopt niet" in back
    assert "Vervallen" in page(piet, f"{path}/laten-vallen", x="x")
    assert "Vervallen" in page(piet, f"{path}/laten-vallen", x="x"), "twice is no fault"
    late = page(piet, f"{path}/schrijven/contact")
    assert "Niemand kan deze versie nog veranderen" in late
    assert begun(piet, place_id, committing) != path
