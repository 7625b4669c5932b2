"""Money of a municipality over the screens: entered by one and booked by another."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.support.factories.matching import closing_fund
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import fund_free
from voorjebuurt.matching.models import FundDeposit
from voorjebuurt.people.erasing import erase_person
from voorjebuurt.people.models import Person


@dataclass
class Cast:
    """A fund that is paid beforehand, and who works with it, each in a browser."""

    fund_id: UUID
    anna: FlaskClient
    bram: FlaskClient
    auditor: FlaskClient


@pytest.fixture
def cast(committing: Committing, signed_in: SignIn) -> Cast:
    with committing() as session:
        fund_id = closing_fund(prepaid=True).id
        anna = with_role(session, "staff", "Anna Bakker")
        bram = with_role(session, "staff", "Bram Smit")
        auditor = with_role(session, "auditor", "Carla Groen")
    return Cast(fund_id, *map(signed_in, (anna, bram, auditor)))


def text(client: FlaskClient, path: str, **form: str) -> str:
    """The page that a person ends at."""
    method = client.post if form else client.get
    answer = method(path, data=form or None, follow_redirects=True)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def enter(cast: Cast, **changes: str) -> str:
    day = clock.today()
    fields = {"amount": "400,00", "reference": "GEM-1", "received_on": day.strftime("%d-%m-%Y")}
    path = f"/beheer/gemeentegeld/fondsen/{cast.fund_id}"
    return text(cast.anna, path, **{**fields, **changes})


def deposit_path(committing: Committing) -> str:
    with committing() as session:
        return f"/beheer/gemeentegeld/ontvangsten/{session.scalars(select(FundDeposit.id)).one()}"


def free_cents(committing: Committing, cast: Cast) -> int:
    with committing() as session:
        return balance(session, fund_free(cast.fund_id))


def test_one_enters_it_and_another_books_it(cast: Cast, committing: Committing) -> None:
    page = enter(cast)
    waits, funds = page.index("Wacht op een tweede collega"), page.index("<h2>Fondsen</h2>")
    assert waits < page.index("GEM-1") < funds, "funds are no part of what waits"
    path = deposit_path(committing)
    own = text(cast.anna, path)
    assert "U hebt dit zelf ingevuld" in own
    assert f"{path}/boeken" not in own
    assert "hebt dit zelf ingevuld" in text(cast.anna, f"{path}/boeken", x="x")
    assert free_cents(committing, cast) == 0
    assert "Geld om te boeken" in text(cast.bram, "/beheer")
    assert f"{path}/boeken" in text(cast.bram, path)
    text(cast.bram, f"{path}/boeken", x="x")
    assert free_cents(committing, cast) == 40_000
    assert f"{path}/" not in text(cast.auditor, path)
    assert cast.auditor.post(f"{path}/terugdraaien-vragen").status_code == 403


def test_it_is_taken_back_by_two_and_a_reason_is_asked_for(
    cast: Cast, committing: Committing
) -> None:
    enter(cast)
    path = deposit_path(committing)
    text(cast.bram, f"{path}/boeken", x="x")
    assert "Geef een reden" in text(cast.bram, f"{path}/terugdraaien-vragen", reason=" ")
    text(cast.bram, f"{path}/terugdraaien-vragen", reason="Het was van een ander fonds.")
    assert f"{path}/terugdraaien" not in text(cast.bram, path).replace("-vragen", "")
    text(cast.anna, f"{path}/terugdraaien", x="x")
    assert free_cents(committing, cast) == 0
    page = text(cast.anna, path)
    assert "Teruggedraaid" in page
    assert "Het was van een ander fonds." in page


def test_a_booking_that_was_right_after_all_shows_no_reason_against_it(
    cast: Cast, committing: Committing
) -> None:
    enter(cast)
    path = deposit_path(committing)
    text(cast.bram, f"{path}/boeken", x="x")
    text(cast.bram, f"{path}/terugdraaien-vragen", reason="Het was van een ander fonds.")
    assert "Het was van een ander fonds." in text(cast.anna, path)
    page = text(cast.anna, f"{path}/laten-staan", x="x")
    assert "De boeking blijft zoals die is." in page
    assert "Het was van een ander fonds." not in page


def test_who_left_and_was_erased_is_not_a_blank_in_the_books(
    cast: Cast, committing: Committing
) -> None:
    enter(cast)
    path = deposit_path(committing)
    with committing() as session:
        anna = session.scalars(select(Person).where(Person.name == "Anna Bakker")).one()
        erase_person(session, person=anna, actor=SYSTEM)
    assert ", iemand van wie de gegevens gewist zijn" in text(cast.bram, path)


def test_pressed_twice_it_is_booked_once(cast: Cast, committing: Committing) -> None:
    enter(cast)
    path = deposit_path(committing)
    text(cast.bram, f"{path}/boeken", x="x")
    text(cast.bram, f"{path}/boeken", x="x")
    assert free_cents(committing, cast) == 40_000


def test_above_the_ceiling_it_asks_why_and_keeps_what_was_typed(
    cast: Cast, committing: Committing
) -> None:
    page = enter(cast, amount="1.000,01")
    assert "meer dan het fonds kan geven. Schrijf op waarom." in page
    assert 'value="GEM-1"' in page
    enter(cast, amount="1.000,01", above_ceiling="De rest is voor volgend jaar.")
    assert "De rest is voor volgend jaar." in text(cast.bram, deposit_path(committing))
