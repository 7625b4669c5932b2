"""Officers read what is behind a fund before they award: its ceilings and what was paid in."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.deposits import fund_paid
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.funds import (
    INDICATORS,
    REASON_WITHOUT_REHEARSAL,
    Desk,
    desk,
)
from tests.support.factories.matching import (
    CLOSING_RULES,
    ApplicationFactory,
    closing_fund,
    grant_first,
    open_fund,
)
from tests.support.factories.places import NeighbourhoodFactory
from tests.support.fixtures_site import Committing, SignIn
from tests.support.officer_desk import page
from tests.support.pages import words
from voorjebuurt.matching.funds.drafts import save_ruleset
from voorjebuurt.matching.models import Application, Fund


@pytest.fixture
def at(committing: Committing) -> Desk:
    """A municipality with its two officers."""
    with committing():
        return desk()


@pytest.fixture
def bram(at: Desk, signed_in: SignIn) -> FlaskClient:
    """The browser of the officer who publishes."""
    return signed_in(at.bram)


def asks(fund: Fund) -> Application:
    buurt = NeighbourhoodFactory(municipality=None, municipality_id=fund.municipality_id)
    campaign = CampaignFactory(status="live", neighbourhood=buurt)
    application: Application = ApplicationFactory(fund=fund, campaign=campaign)
    return application


def of(at: Desk) -> dict[str, Any]:
    return {"municipality": None, "municipality_id": at.buurt.municipality_id}


def test_a_lower_ceiling_says_for_whom_it_does_not_count(
    bram: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = closing_fund(**of(at))
        asks(fund)
        rules = {**CLOSING_RULES, "ceiling_cents": 60_000}
        save_ruleset(session, fund_id=fund.id, rules=rules, indicators=INDICATORS, actor=at.writer)
    address = f"/gemeente/fondsen/{fund.id}"
    question = words(bram.get(f"{address}/nieuwe-versie"))
    assert (
        "U verlaagt het plafond naar € 600. Voor wie al aanvroeg, blijft € 1.000 tellen" in question
    )
    form = {"unrehearsed_reason": REASON_WITHOUT_REHEARSAL, "change": "De raad bezuinigt."}
    page(bram, f"{address}/nieuwe-versie", **form)
    sentence = "Het plafond was € 1.000 en is verlaagd. Voor wie daarvoor aanvroeg, telt nog steeds"
    assert sentence in words(bram.get(address))
    assert sentence in words(bram.get(f"/fondsen/{fund.slug}"))


def test_a_fund_without_an_earlier_application_says_nothing_of_that(
    bram: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = closing_fund(**of(at))
        rules = {**CLOSING_RULES, "ceiling_cents": 60_000}
        save_ruleset(session, fund_id=fund.id, rules=rules, indicators=INDICATORS, actor=at.writer)
    question = words(bram.get(f"/gemeente/fondsen/{fund.id}/nieuwe-versie"))
    assert "Voor wie al aanvroeg" not in question


def test_what_was_paid_in_and_what_is_lacking(
    bram: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing():
        fund = closing_fund(prepaid=True, **of(at))
    empty = words(bram.get(f"/gemeente/fondsen/{fund.id}"))
    with committing() as session:
        fund_paid(session, fund_id=fund.id, cents=40_000, reference="STORTING-7")
    assert "Er is nog niets binnengekomen." in empty
    assert "Van de € 1.000 die er onder het plafond over is, is € 1.000 nog niet gestort." in empty
    sentence = words(bram.get(f"/gemeente/fondsen/{fund.id}"))
    assert "Gestort € 400 Daarvan nog vrij € 400" in sentence
    assert "is € 600 nog niet gestort." in sentence
    assert "STORTING-7" in sentence


def test_maximums_that_pass_what_there_is_are_told_before_the_next_one(
    bram: FlaskClient, at: Desk, committing: Committing
) -> None:
    with committing() as session:
        fund = open_fund(**of(at))
        for application in (asks(fund), asks(fund)):
            grant_first(session, application, 80_000)
    sentence = words(bram.get(f"/gemeente/fondsen/{fund.id}"))
    # Each award is of the whole pot first; then both of € 800.
    assert "Hoogstens toegekend en nog niet gematcht: € 1.600" in sentence
    assert "Dat is € 600 meer dan er nu voor is." in sentence
    assert "Deze gemeente betaalt achteraf" in sentence


def test_an_officer_of_another_municipality_reads_none_of_it(
    bram: FlaskClient, committing: Committing
) -> None:
    with committing():
        fund = closing_fund(prepaid=True)
    assert bram.get(f"/gemeente/fondsen/{fund.id}").status_code == 404
