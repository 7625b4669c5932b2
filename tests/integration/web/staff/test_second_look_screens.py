"""What waits for a second pair of eyes: for the reader, for a colleague, for auditors."""

import pytest
from flask.testing import FlaskClient

from tests.support.factories.payouts import SEALER, payable_campaign, payout_in
from tests.support.factories.people import actor_of
from tests.support.factories.staff import with_role
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import words
from voorjebuurt.people.address_changes import ask_address_change
from voorjebuurt.people.models import Person

PAGE, NL = "/beheer/tweede-paar-ogen", {"Accept-Language": "nl"}


@pytest.fixture
def people(committing: Committing) -> dict[str, Person]:
    """A payout that Anna proposed, and another address that she asked for a coach."""
    with committing() as session:
        case = payable_campaign(session)
        case.campaign.title = "Bomen op het plein"
        payout_in(session, case, "proposed", SEALER)
        anna = session.get_one(Person, case.anna.person_id)
        bram, vera, cor = (
            with_role(session, role, name)
            for role, name in (("staff", "Bram Smit"), ("auditor", "Vera"), ("coach", "Cor Vis"))
        )
        ask_address_change(
            session,
            person_id=cor.id,
            new_email="cor@nieuw.example",
            reason="Cor belde.",
            actor=actor_of(anna, "staff"),
        )
    return {"anna": anna, "bram": bram, "vera": vera}


def page_of(browser: FlaskClient) -> str:
    return words(browser.get(PAGE, headers=NL))


def test_a_colleague_finds_what_waits_and_where_it_is_done(
    people: dict[str, Person], signed_in: SignIn
) -> None:
    browser = signed_in(people["bram"])
    page = page_of(browser)
    assert page.index("Voor u") < page.index("Uitbetaling vrijgeven") < page.index("Bomen op het")
    assert "Cor Vis" in page
    assert "Voor een collega" not in page
    assert "/beheer/uitbetalingen/" in browser.get(PAGE).text


def test_an_auditor_reads_of_money_and_not_of_people(
    people: dict[str, Person], signed_in: SignIn
) -> None:
    page = page_of(signed_in(people["vera"]))
    assert page.index("Voor een collega") < page.index("Uitbetaling vrijgeven")
    assert "Cor Vis" not in page
    assert "Voor u" not in page


def test_who_began_it_finds_it_with_what_is_for_a_colleague(
    committing: Committing, people: dict[str, Person], signed_in: SignIn
) -> None:
    with committing() as session:
        dora = with_role(session, "staff", "Dora")
        case = payable_campaign(session)
        case.campaign.title = "Een bankje"
        case = type(case)(case.campaign, case.initiator, actor_of(dora, "staff"), case.bram)
        payout_in(session, case, "proposed", SEALER)
    page = page_of(signed_in(dora))
    assert page.index("Bomen op het") < page.index("Voor een collega") < page.index("Een bankje")
