"""The rule builder on its screen: sentences, effects, rows that come and go, faults at fields."""

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.support.certain import certain
from tests.support.factories.funds import CEILING, Desk, desk, draft, published
from tests.support.fixtures_site import Committing, SignIn
from tests.support.pages import elements
from voorjebuurt.kernel.db import Database
from voorjebuurt.matching.models import Fund
from voorjebuurt.rulebook.presets import first_come, recommended
from voorjebuurt.rulebook.values import jsontext


@pytest.fixture
def at(committing: Committing) -> Desk:
    """A municipality with its two officers."""
    with committing():
        return desk()


@pytest.fixture
def anna(at: Desk, signed_in: SignIn) -> FlaskClient:
    """The browser of an officer."""
    return signed_in(at.anna)


@pytest.fixture
def address(at: Desk, committing: Committing) -> str:
    """The builder of a draft with the recommended rules."""
    with committing() as session:
        return f"/gemeente/fondsen/{draft(session, at).id}/regels"


def fields(page: TestResponse) -> dict[str, list[str]]:
    """What a browser would send of the page's form, as a dict of lists."""
    form = elements(html.fromstring(page.text), "//form[contains(@class, 'vjb-builder')]")[0]
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def send(
    browser: FlaskClient,
    address: str,
    page: TestResponse,
    *buttons: tuple[str, str],
    **changes: Any,
) -> TestResponse:
    """Press a button of the form, with some fields changed."""
    form = {**fields(page), **{name: [value] for name, value in changes.items()}}
    for name, value in buttons:
        form[name] = [value]
    pairs = [(name, value) for name, values in form.items() for value in values]
    content = "application/x-www-form-urlencoded"
    return browser.post(address, data=urlencode(pairs), content_type=content)


def errors(page: TestResponse) -> dict[str, str]:
    """The texts at fields, by the id of the field."""
    tree = html.fromstring(page.text)
    return {
        certain(node.get("id")).removesuffix("-error"): " ".join(node.text_content().split())
        for node in elements(tree, "//*[contains(@class, 'vjb-field__error')][@id]")
    }


def ruleset_json(database: Database, address: str) -> Any:
    with database.reading() as session:
        return jsontext.parse(session.get_one(Fund, address.split("/")[3]).draft_rules)


def said(page: TestResponse) -> str:
    text = re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ")
    return re.sub(r"\s+", " ", text)


PREVIEW, SAVE = ("preview", "1"), ("save", "1")


def test_each_choice_shows_its_sentence_and_its_effect_at_once(
    anna: FlaskClient, address: str
) -> None:
    page = said(anna.get(address))
    assert "Per donateur telt hoogstens € 100 mee" in page
    assert "Is dat 25 of meer? Dan is de factor 1,5." in page
    # The example with small gifts: half of its goal of € 2.000 at most.
    assert re.search(r"Veel kleine giften.*?Berekend \(factor 1,5\) € 1.000", page)


def test_looking_saves_nothing_and_saving_does(
    anna: FlaskClient, address: str, fresh_database: Database
) -> None:
    before = ruleset_json(fresh_database, address)
    page = send(anna, address, anna.get(address), PREVIEW, ratio="0,5")
    assert "Voor elke euro van donateurs legt het fonds € 0,50 bij." in said(page)
    assert re.search(r"Veel kleine giften.*?Berekend \(factor 1,5\) € 900", said(page))
    assert (
        ruleset_json(fresh_database, address)
        == before
        == jsontext.parse(jsontext.canonical(recommended(CEILING)))
    )
    assert send(anna, address, page, SAVE).status_code == 302
    assert ruleset_json(fresh_database, address)["base"]["ratio"] == "1/2"


def test_saving_without_a_change_keeps_the_rules_as_they_were(
    anna: FlaskClient, address: str, fresh_database: Database
) -> None:
    before = ruleset_json(fresh_database, address)
    assert send(anna, address, anna.get(address), SAVE).status_code == 302
    assert ruleset_json(fresh_database, address) == before


def test_rows_come_and_go_and_keep_what_was_typed(
    anna: FlaskClient, address: str, fresh_database: Database
) -> None:
    page = send(anna, address, anna.get(address), ("add", "need"), new_need="local_donors")
    page = send(anna, address, page, ("add", "group"), **{"needs-0-count": "12"})
    assert fields(page)["needs-0-count"] == ["12"]
    values = {
        "needs-0-reason": "te weinig buren",
        "groups-0-name": "jongeren",
        "groups-0-factor": "5/4",
    }
    page = send(anna, address, page, ("remove", "bands-0"), **values)
    assert "bands-0-bound" not in fields(page)
    assert send(anna, address, page, SAVE).status_code == 302
    rules = ruleset_json(fresh_database, address)
    assert rules["require"] == [
        {"field": "local_donors", "op": ">=", "value": 12, "reason": "te weinig buren"}
    ]
    assert rules["equity"]["groups"] == {"jongeren": "5/4"}
    assert [band["at_least"] for band in rules["equity"]["bands"]] == [25]


@pytest.mark.parametrize(
    ("about", "field", "text", "value"),
    [
        ("crowd_cents", "amount", "1.250,50", 125_050),
        ("crowd_pct", "percentage", "33,3", "33.3"),
        ("theme", "themes", "green", ["green"]),
        ("groups", "groups", "ouderen, jongeren", ["jongeren", "ouderen"]),
        ("first_time", "answer", "no", False),
    ],
)
def test_every_kind_of_condition_has_its_own_field(
    anna: FlaskClient,
    address: str,
    fresh_database: Database,
    about: str,
    field: str,
    text: str,
    value: int | str | list[str],
) -> None:
    page = send(anna, address, anna.get(address), ("add", "need"), new_need=about)
    values = {f"needs-0-{field}": text, "needs-0-reason": "zo is het"}
    assert send(anna, address, page, SAVE, **values).status_code == 302
    (need,) = ruleset_json(fresh_database, address)["require"]
    assert (need["field"], need["value"]) == (about, value)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    anna: FlaskClient, address: str, fresh_database: Database
) -> None:
    before = ruleset_json(fresh_database, address)
    page = send(anna, address, anna.get(address), ("add", "need"), new_need="donors")
    changes = {
        "ceiling_cents": "",
        "ratio": "veel",
        "pct_of_goal": "0",
        "bands-0-bound": "",
        "bands-1-factor": "0,5",
    }
    page = send(anna, address, page, SAVE, **changes)
    assert "Vul een getal in" in errors(page)["ratio"]
    page = send(anna, address, page, SAVE, ratio="1")
    texts = errors(page)
    assert texts["ceiling_cents"].endswith("Vul dit in.")
    assert texts["pct_of_goal"].endswith("Vul meer dan 0 in.")
    assert texts["bands-0-bound"].endswith("Vul dit in.")
    assert "1 of meer" in texts["bands-1-factor"]
    assert texts["needs-0-count"].endswith("Vul dit in.")
    assert texts["needs-0-reason"].endswith("Vul dit in.")
    assert fields(page)["bands-1-factor"] == ["0,5"]
    assert 'href="#bands-1-factor"' in page.text
    assert ruleset_json(fresh_database, address) == before


def test_combinations_that_can_not_be_are_told_in_plain_words(
    anna: FlaskClient, address: str
) -> None:
    page = send(anna, address, anna.get(address), PREVIEW, moment="live", to_gap="y")
    assert "op volgorde van binnenkomst" in said(page)
    assert "later lager worden" in errors(page)["to_gap"]
    page = send(anna, address, anna.get(address), PREVIEW, divide="qf_pot")
    assert "Dit kan alleen met het kwadratische bedrag." in said(page)
    both = {"base": "threshold", "award_cents": "500", "award_pct": "20"}
    page = send(anna, address, anna.get(address), PREVIEW, **both)
    assert "Vul een van de twee in" in errors(page)["award_cents"]
    page = send(anna, address, anna.get(address), PREVIEW, indicator="none")
    assert "Kies een cijfer voor de klassen" in said(page)
    assert "{" not in said(page)


def test_what_was_typed_for_another_choice_does_not_matter(anna: FlaskClient, address: str) -> None:
    garbage = {"base": "topup", "last_pct": "20", "ratio": "veel", "donor_cap_cents": "x"}
    page = send(anna, address, anna.get(address), PREVIEW, **garbage)
    assert errors(page) == {}
    assert "Het fonds vult de laatste 20% van het doel aan" in said(page)


def test_beginning_again_shows_a_preset_and_saves_nothing(
    anna: FlaskClient, address: str, fresh_database: Database
) -> None:
    page = send(anna, address, anna.get(address), ("preset", "first_come"))
    assert "Wie het eerst komt, krijgt het eerst." in said(page)
    assert ruleset_json(fresh_database, address)["divide"]["kind"] == "waterfill"
    assert send(anna, address, page, SAVE).status_code == 302
    rules = ruleset_json(fresh_database, address)
    assert rules == jsontext.parse(jsontext.canonical(first_come(CEILING)))


def test_a_public_fund_gets_a_draft_of_its_next_version(
    anna: FlaskClient, at: Desk, committing: Committing, fresh_database: Database
) -> None:
    with committing() as session:
        address = f"/gemeente/fondsen/{published(session, at).id}/regels"
    page = anna.get(address)
    assert "het concept van een nieuwe versie" in said(page)
    answer = send(anna, address, page, SAVE, moment="live", divide="arrival", to_gap="")
    assert "Maak daarvoor een nieuw fonds." in said(answer)
    assert send(anna, address, page, SAVE, ceiling_cents="30000").status_code == 302
    assert ruleset_json(fresh_database, address)["ceiling_cents"] == 3_000_000
