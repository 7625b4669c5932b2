"""The register of mandates, and appointing, changing and taking away over the screens."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories import payouts as make
from tests.support.factories.people import appointer, with_last_day
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import page
from voorjebuurt.kernel import clock
from voorjebuurt.people import queries
from voorjebuurt.people.models import Person, RoleGrant, RoleProposal
from voorjebuurt.people.queries import mandate_limit

REGISTER = "/gemeente/medewerkers"
OVER = timedelta(hours=24, minutes=1)
NOOR = "noor@gemeente.example"

Browser = Callable[[str], FlaskClient]


@pytest.fixture
def place_id(committing: Committing) -> UUID:
    """A municipality with Jo and Mia, who may appoint, and Piet, who may not."""
    with committing() as session:
        place_id = make.municipality(session).id
        for name in ("Jo Bos", "Mia Dam"):
            appointer(session, place_id, make.person(session, name))
        fields = {"municipality_id": place_id, "mandate_limit_cents": 70_000}
        with_role(session, "officer", "Piet Vos", **fields)
    return place_id


@pytest.fixture
def browser(place_id: UUID, committing: Committing, signed_in: SignIn) -> Browser:
    """Somebody by name, signed in now."""

    def of(name: str) -> FlaskClient:
        with committing() as session:
            person = session.scalars(select(Person).where(Person.name == name)).one()
        return signed_in(person)

    return of


def grant_id(committing: Committing, name: str) -> UUID:
    with committing() as session:
        return session.scalars(
            select(RoleGrant.id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(Person.name == name, RoleGrant.revoked_at.is_(None))
        ).one()


def test_an_officer_is_proposed_by_one_and_confirmed_by_another(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    jo, path = browser("Jo Bos"), f"{REGISTER}/{place_id}/voorstellen"
    assert path in page(jo, REGISTER)
    empty = page(jo, path)
    assert empty.index('id="email"') < empty.index('id="mandate_limit_cents"'), "first who"
    assert ">Gemeente " in empty.partition("<h1")[2], "of which municipality"
    wrong = page(jo, path, email="geen adres", mandate_limit_cents="", scope="all", may_appoint="y")
    assert 'id="email-error"' in wrong
    assert 'id="mandate_limit_cents-error"' in wrong
    answer = page(jo, path, email=NOOR, mandate_limit_cents="2.500", scope="all")
    assert "Voorgesteld." in answer
    assert "Mag beslissen tot <bdi>€ 2.500</bdi>" in answer
    with committing() as session:
        proposal_id = session.scalars(select(RoleProposal.id)).one()
    confirm = f"{REGISTER}/voorstellen/{proposal_id}/bevestigen"
    assert confirm not in page(browser("Mia Dam"), REGISTER)
    with clock.at(clock.now() + OVER):
        assert confirm not in page(browser("Jo Bos"), REGISTER)
        assert "U hebt deze rol zelf voorgesteld." in page(browser("Jo Bos"), confirm, x="x")
        mia = browser("Mia Dam")
        assert confirm in page(mia, REGISTER)
        answer = page(mia, confirm, x="x")
    assert "Bevestigd. Het werkt meteen." in answer
    assert "Jo Bos stelde voor, Mia Dam bevestigde" in answer
    assert "Nog nooit ingelogd" in answer
    with committing() as session:
        noor = queries.person_by_email(session, NOOR)
        assert noor is not None
        assert mandate_limit(session, noor.id, place_id) == 250_000


def test_the_page_that_is_mailed_leads_to_where_a_colleague_confirms(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    jo = browser("Jo Bos")
    of_piet = grant_id(committing, "Piet Vos")
    page(jo, f"{REGISTER}/mandaten/{of_piet}/wijzigen", mandate_limit_cents="900", scope="all")
    with committing() as session:
        proposal_id = session.scalars(select(RoleProposal.id)).one()
    with clock.at(clock.now() + OVER):
        mia = browser("Mia Dam")
        text = page(mia, f"/mijn/rolvoorstellen/{proposal_id}")
        assert f'href="{REGISTER}?gemeente={place_id}"' in text
        assert "€ 900" in text
        assert "€ 700" in text, "what it takes the place of"
        assert "collega van ons" not in text, "officers confirm this, not staff of the site"
        answer = page(mia, f"/mijn/rolvoorstellen/{proposal_id}/afwijzen", x="x")
    assert "Het voorstel is afgewezen. Alles blijft zoals het was." in answer


def test_who_signs_in_with_a_password_is_not_called_never_signed_in(
    browser: Browser, committing: Committing
) -> None:
    with committing() as session:
        jo = session.scalars(select(Person).where(Person.name == "Jo Bos")).one()
        jo.verified_at = None
    text = page(browser("Jo Bos"), REGISTER)
    assert "Nog nooit ingelogd" not in text.partition("Jo Bos")[2].partition("</tr>")[0]


def test_who_may_not_appoint_reads_the_register_and_nothing_more(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    piet = browser("Piet Vos")
    text = page(piet, REGISTER)
    for words in ("Jo Bos", "Mia Dam", "€ 700", "Mag ambtenaren aanstellen"):
        assert words in text
    assert "/wijzigen" not in text
    of_jo = grant_id(committing, "Jo Bos")
    for path in (
        f"{REGISTER}/{place_id}/voorstellen",
        f"{REGISTER}/mandaten/{of_jo}/wijzigen",
        f"{REGISTER}/mandaten/{of_jo}/intrekken",
    ):
        assert piet.get(path).status_code == 403
        form = {"email": NOOR, "mandate_limit_cents": "1", "reason": "x"}
        assert piet.post(path, data=form).status_code == 403


def test_a_lower_mandate_holds_at_once_and_the_earlier_one_stays_to_be_read(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    jo = browser("Jo Bos")
    path = f"{REGISTER}/mandaten/{grant_id(committing, 'Piet Vos')}/wijzigen"
    assert 'value="700"' in page(jo, path)
    assert "Meer geldt pas als een andere ambtenaar" in page(jo, path)
    assert 'id="mandate_limit_cents-error"' in page(
        jo, path, mandate_limit_cents="700", scope="all"
    )
    text = page(jo, path, mandate_limit_cents="100", scope="all")
    earlier = text.partition('id="earlier-title"')[2]
    assert "€ 700" in earlier
    assert "Gewijzigd door Jo Bos" in earlier
    assert "€ 100" in text.partition('id="earlier-title"')[0]
    again = page(jo, path, mandate_limit_cents="50", scope="all")
    assert "Dit mandaat is intussen gewijzigd of beëindigd." in again
    higher = f"{REGISTER}/mandaten/{grant_id(committing, 'Piet Vos')}/wijzigen"
    text = page(jo, higher, mandate_limit_cents="900", scope="all")
    assert "Mag beslissen tot <bdi>€ 900</bdi>" in text
    assert "nu: <bdi>€ 100</bdi>" in text


def test_a_role_is_taken_away_with_a_reason_but_not_that_of_the_last_two(
    browser: Browser, committing: Committing
) -> None:
    jo = browser("Jo Bos")
    piet = f"{REGISTER}/mandaten/{grant_id(committing, 'Piet Vos')}/intrekken"
    assert 'id="reason-error"' in page(jo, piet, reason=" ")
    assert "De rol is ingetrokken." in page(jo, piet, reason="Andere baan.")
    assert "Piet Vos" not in page(jo, REGISTER).partition('id="earlier-title"')[0]
    mia = f"{REGISTER}/mandaten/{grant_id(committing, 'Mia Dam')}/intrekken"
    assert "Minstens 2 andere ambtenaren" in page(jo, mia, reason="Andere baan.")
    own = f"{REGISTER}/mandaten/{grant_id(committing, 'Jo Bos')}/intrekken"
    assert own not in page(jo, REGISTER)
    assert "Dit kunt u niet voor uzelf doen." in page(jo, own, reason="Ik stop.")


def test_the_register_says_that_a_mandate_is_over_and_offers_deeds_to_who_has_the_right(
    browser: Browser, committing: Committing
) -> None:
    with committing() as session:
        piet = session.scalars(select(Person).where(Person.name == "Piet Vos")).one()
        with_last_day(session, piet.id, clock.today())
    jo = browser("Jo Bos")
    assert "Mandaat voorbij" not in page(jo, REGISTER), "its last day is one of it"
    with clock.at(clock.now() + timedelta(days=1)):
        text = page(browser("Jo Bos"), REGISTER)
        assert text.count("Mandaat voorbij") == 1
        assert ">Handeling<" in text
        assert ">Handeling<" not in page(browser("Piet Vos"), REGISTER)


def test_a_person_with_another_address_since_can_not_be_confirmed(
    browser: Browser, place_id: UUID, committing: Committing
) -> None:
    jo = browser("Jo Bos")
    page(jo, f"{REGISTER}/{place_id}/voorstellen", email=NOOR, mandate_limit_cents="0", scope="all")
    with committing() as session:
        noor = session.scalars(select(Person).where(Person.email == NOOR)).one()
        noor.email = "anders@gemeente.example"
        proposal_id = session.scalars(select(RoleProposal.id)).one()
    confirm = f"{REGISTER}/voorstellen/{proposal_id}/bevestigen"
    with clock.at(clock.now() + OVER):
        mia = browser("Mia Dam")
        text = page(mia, REGISTER)
        assert confirm not in text
        assert "Nu een ander adres" in text
        assert f"Deze persoon is voorgesteld met het adres {NOOR}" in page(mia, confirm, x="x")
        answer = page(mia, f"{REGISTER}/voorstellen/{proposal_id}/afwijzen", x="x")
    assert "Het voorstel is afgewezen." in answer


def test_a_municipality_with_one_is_told_that_staff_can_help_and_with_what(
    committing: Committing, signed_in: SignIn
) -> None:
    with committing() as session:
        place = make.municipality(session)
        jo = make.person(session, "Jo Bos")
        appointer(session, place.id, jo)
        staff = with_role(session, "staff", "Anna Bakker")
        noor = make.person(session, "Noor Visser")
    assert "Minder dan twee ambtenaren mogen ambtenaren aanstellen." in page(
        signed_in(jo), REGISTER
    )
    anna = signed_in(staff)
    page(anna, f"/beheer/mensen/{noor.id}/rollen", role="officer", municipality_id=str(place.id))
    with committing() as session:
        proposal = session.scalars(select(RoleProposal)).one()
        assert (proposal.may_appoint, proposal.mandate_limit_cents) == (True, None)
        appointer(session, place.id)
    text = page(
        anna, f"/beheer/mensen/{noor.id}/rollen", role="officer", municipality_id=str(place.id)
    )
    assert "Deze gemeente stelt haar eigen ambtenaren aan." in text
    assert "/intrekken" not in page(anna, f"/beheer/mensen/{jo.id}")
