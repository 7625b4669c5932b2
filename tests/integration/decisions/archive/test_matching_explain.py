"""``voorjebuurt matching explain``: from the stored snapshot to the cent and to the letter."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.cases import decided, divided, taken
from tests.support.factories.matching import ApplicationFactory, closing_fund, open_fund
from voorjebuurt.cli.matching import command
from voorjebuurt.decisions.archive.explanation import explanation_of
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.matching.models import Application


@pytest.fixture
def explain(
    fresh_database: Database,
    fresh_database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Result]:
    """Runs the command on the test's own database."""
    monkeypatch.setenv("DATABASE_URL", fresh_database_url)
    monkeypatch.setenv("VJB_ENV", "test")
    monkeypatch.setenv("VJB_HOME", str(tmp_path))

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(command, ["explain", *arguments])

    return run


def awarded(status: str = "sent") -> Application:
    """An application that shared a pot and was awarded its part."""
    fund = closing_fund()
    campaign = CampaignFactory(status="succeeded", title="Bomen op het plein")
    application = ApplicationFactory(fund=fund, campaign=campaign)
    divided(fund, {application: [60_000, 20_000], ApplicationFactory(fund=fund): [120_000]})
    decided(application, status=status)
    return application


def shown(result: Result) -> str:
    return result.output.replace("\xa0", " ")


def test_it_tells_rule_facts_arithmetic_and_that_all_is_equal(
    fresh_database: Database, explain: Callable[..., Result]
) -> None:
    with fresh_database.writing() as session, building_in(session):
        number = awarded().number
    result = explain(number)
    assert result.exit_code == 0, result.output
    for line in (
        f"Aanvraag {number}: Bomen op het plein",
        "(verzonden)",
        "- Het fonds verdeelt hoogstens € 1.000.",
        "Gegevens: ",
        "Gegeven aan de actie: De actie kreeg € 800 van 2 donateurs. [€ 800,00]",
        "Uw deel: Elke actie krijgt hetzelfde deel van het berekende bedrag: € 400. [€ 400,00]",
        "Berekend bedrag € 800,00. Matchgeld uit het fonds € 400,00.",
        "Besloten: € 400,00.",
        "gelijk   regel, gegevens, bedragen en elke zin van de berekening",
        "gelijk   de brief, opnieuw gemaakt",
    ):
        assert line in shown(result)
    assert "ANDERS" not in result.output


def test_in_english_and_as_json(fresh_database: Database, explain: Callable[..., Result]) -> None:
    with fresh_database.writing() as session, building_in(session):
        application = awarded()
    result = explain(str(application.id), "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "Computed amount €800.00. Match money from the fund €400.00." in result.output
    assert "same     the letter, made again" in result.output
    data = json.loads(explain(application.number, "--json").output)
    assert (data["claim_cents"], data["award_cents"], data["decided_cents"]) == (
        80_000,
        40_000,
        40_000,
    )
    assert data["same"] is True
    assert {check["code"]: check["same"] for check in data["checks"]} == dict.fromkeys(
        ("snapshot", "amounts", "award", "letter_kept", "letter"), True
    )


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("letter", "decode('255044462d', 'hex')", "ANDERS   de bewaarde brief en de controlecode"),
        ("amount_cents", "39999", "ANDERS   de bedragen van het besluit"),
        ("snapshot_sha256", "repeat('0', 64)", "ANDERS   het bewaarde bestand en de controlecode"),
        (
            "snapshot",
            "replace(snapshot, '\\\"amount_cents\\\": 60000', '\\\"amount_cents\\\": 60001')",
            "         - hash of the facts",
        ),
    ],
)
def test_what_was_tampered_with_is_told_and_ends_with_1(
    fresh_database: Database, explain: Callable[..., Result], column: str, value: str, words: str
) -> None:
    """The database refuses such a change; with its guards off, the command finds it."""
    with fresh_database.writing() as session, building_in(session):
        number = awarded().number
    with fresh_database.writing() as session:
        session.execute(text("ALTER TABLE decisions DISABLE TRIGGER USER"))
        session.execute(text(f"UPDATE decisions SET {column} = {value}"))
    result = explain(number)
    assert result.exit_code == 1, result.output
    assert words in shown(result)


def test_before_a_decision_it_tells_the_claim_of_now(
    fresh_database: Database, explain: Callable[..., Result]
) -> None:
    with fresh_database.writing() as session, building_in(session):
        application = ApplicationFactory(fund=open_fund())
        taken(application, 30_000, amount_cents=30_000, left_cents=100_000)
        number = application.number
    result = explain(number)
    assert result.exit_code == 0, result.output
    assert "Er is nog geen besluit. Dit berekent de regel nu." in result.output
    assert "Matchgeld uit het fonds € 300,00." in shown(result)
    assert "De controle" not in result.output


def test_an_unknown_number_is_one_clear_line(explain: Callable[..., Result]) -> None:
    result = explain("AV-2026-9999")
    assert result.exit_code == 2
    assert "There is no application or decision with this number or id." in result.output


def test_the_last_decision_that_stands_is_told(session: Session) -> None:
    application = awarded(status="dismissed")
    assert explanation_of(session, application.number).decision is None
    decision = decided(application, status="proposed", number="BS-2026-9001")
    explanation = explanation_of(session, application.number)
    assert explanation.decision is not None
    assert explanation.decision.number == decision.number
    assert [check.code for check in explanation.checks] == ["snapshot", "amounts", "award"]
    with pytest.raises(NotFoundError):
        explanation_of(session, "BS-2026-9999")


def test_another_typesetter_is_told_and_no_fault(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes may differ then; the words and their order may not."""
    application = awarded()
    monkeypatch.setattr("voorjebuurt.decisions.letters.MAKER", "typst 99")
    monkeypatch.setattr("voorjebuurt.decisions.letters.render", lambda *_: b"%PDF-other")
    explanation = explanation_of(session, application.number)
    words = explanation.checks[-1]
    assert (words.code, words.same) == ("letter_words", True)
    assert words.detail.endswith("typst 99")


def test_a_letter_with_other_words_is_a_fault(session: Session, monkeypatch: Any) -> None:
    application = awarded()
    monkeypatch.setattr("voorjebuurt.decisions.letters.render", lambda *_: b"%PDF-other")
    explanation = explanation_of(session, application.number)
    assert not explanation.same
    assert explanation.checks[-1].code == "letter"
