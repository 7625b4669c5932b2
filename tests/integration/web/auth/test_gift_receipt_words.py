"""What a bookkeeper reads on a receipt."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from flask import Flask

from voorjebuurt.pledges.gift_receipts.queries import OwnGift, Return
from voorjebuurt.settings import OperatorSettings
from voorjebuurt.web.words.gift_receipt_words import gift_receipts_content

PAID_AT = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
GIFT = OwnGift(
    id=uuid4(),
    token="x" * 43,
    title="Bomen op het plein",
    slug="bomen",
    group_name="De Bomen",
    name="Bakkerij Visser",
    amount_cents=5000,
    tip_cents=200,
    status="booked",
    created_at=PAID_AT,
    paid_at=PAID_AT,
    method="ideal",
    receipt="2026-000042",
    returns=(),
)
OPERATOR = OperatorSettings(
    name="Stichting Voor je Buurt",
    address="Dorpsstraat 1\n1234 AB Testdam",
    email="hallo@buurt.example",
    privacy_email="privacy@buurt.example",
    registration="12345678",
    accessibility="B",
    accessibility_report="",
)


def content(app: Flask, *gifts: OwnGift, operator: OperatorSettings = OPERATOR) -> dict[str, Any]:
    with app.test_request_context(headers={"Accept-Language": "nl"}):
        year = 2026 if len(gifts) > 1 else None
        return gift_receipts_content(gifts, year=year, operator=operator, locale="nl")


def lines(app: Flask, gift: OwnGift) -> dict[str, str]:
    (receipt,) = content(app, gift)["receipts"]
    assert receipt["title"] == "Betaalbewijs 2026-000042"
    return {label: text.replace("\u00a0", " ") for label, text in receipt["lines"]}


def test_who_paid_whom_what_when_and_how_for_which_campaign(app: Flask) -> None:
    paper = content(app, GIFT)
    assert paper["payee"] == [
        "Betaald aan: Stichting Voor je Buurt",
        "Dorpsstraat 1",
        "1234 AB Testdam",
        "KvK-nummer: 12345678",
    ]
    assert paper["mark"] == ""
    assert lines(app, GIFT) == {
        "Voor": "Gift aan de actie ‘Bomen op het plein’",
        "Groep": "De Bomen",
        "Betaald door": "Bakkerij Visser",
        "Betaald op": "2 maart 2026",
        "Manier van betalen": "ideal",
        "Gift": "€ 50",
        "Extra voor het platform": "€ 2",
        "In totaal betaald": "€ 52",
    }
    everything = repr(paper)
    assert "btw" not in everything.lower(), "nothing is said of a tax that is not on a gift"
    assert "geen factuur" in everything


def test_a_gift_that_went_back_says_so_and_what_is_left(app: Flask) -> None:
    back = replace(GIFT, returns=(Return(5200, PAID_AT),))
    assert lines(app, back)["Terugbetaald op 2 maart 2026"] == "€ 52"
    assert lines(app, back)["Daarvan over"] == "€ 0"
    under_way = replace(GIFT, returns=(Return(5200, None),))
    assert lines(app, under_way)["Onderweg terug"] == "€ 52"
    bank = replace(GIFT, returns=(Return(1000, PAID_AT, by_bank=True),))
    assert lines(app, bank)["Door de bank teruggehaald op 2 maart 2026"] == "€ 10"
    assert lines(app, bank)["Daarvan over"] == "€ 42"


def test_a_year_adds_up_and_a_practice_site_says_that_it_is_none(app: Flask) -> None:
    back = replace(GIFT, receipt="2026-000043", returns=(Return(5200, PAID_AT),))
    paper = content(app, GIFT, back)
    totals = {label: text.replace("\u00a0", " ") for label, text in paper["totals"]}
    assert totals == {
        "Gift": "€ 100",
        "Extra voor het platform": "€ 4",
        "Terugbetaald, of onderweg": "€ 52",
        "Daarvan over": "€ 52",
    }
    practice = content(app, GIFT, operator=replace(OPERATOR, name="", address="", registration=""))
    assert practice["mark"] == "Oefensite: dit is geen betaalbewijs"
