"""``voorjebuurt ledger check`` and ``trial-balance``, as an operator runs them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.support.factories import payouts as make
from voorjebuurt.kernel.db import Database
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import TrialLine
from voorjebuurt.ledger.rules import OWN_FUNDS, PROVIDER, SUSPENSE, credit, debit
from voorjebuurt.ledger.service import post


@pytest.fixture
def ledger(
    fresh_database: Database, fresh_database_url: str, tmp_path: Path
) -> Callable[..., CompletedProcess[str]]:
    """Runs the command as a process of its own on the test's database."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "voorjebuurt", "ledger", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            env={
                "PATH": os.environ["PATH"],
                "VJB_ENV": "test",
                "VJB_HOME": str(tmp_path),
                "DATABASE_URL": fresh_database_url,
                **environment,
            },
        )

    return run


def test_check_prints_what_it_compared_and_ends_with_0(
    fresh_database: Database, ledger: Callable[..., CompletedProcess[str]]
) -> None:
    with fresh_database.writing() as session:
        make.payout_in(session, make.payable_campaign(session), "exported")
        post(
            session,
            kind=BookingKind.PAYMENT_UNEXPLAINED,
            key="x",
            entries=[debit(PROVIDER, 5), credit(SUSPENSE, 5)],
        )
    result = ledger("check")
    assert result.returncode == 0, result.stderr
    assert "in orde   Elke boeking telt op tot nul" in result.stdout
    assert "3 vergeleken" in result.stdout
    assert "in orde   Uitbetalingen onderweg" in result.stdout
    assert "€\xa0900" in result.stdout
    assert "(opmerking) 5 cent wacht op een verklaring" in result.stdout
    assert result.stdout.endswith("29 controles, 0 met verschillen.\n")


def test_check_speaks_the_language_that_is_asked_for(
    fresh_database: Database, ledger: Callable[..., CompletedProcess[str]]
) -> None:
    with fresh_database.writing() as session:
        make.payable_campaign(session)
    result = ledger("check", "--lang", "en")
    assert "ok        Every posting sums to zero" in result.stdout
    assert result.stdout.endswith("29 checks, 0 with differences.\n")


def test_check_ends_with_1_and_names_the_differing_rows(
    fresh_database: Database, ledger: Callable[..., CompletedProcess[str]]
) -> None:
    with fresh_database.writing() as session:
        make.payable_campaign(session)
        loss = [debit(OWN_FUNDS, 7), credit(PROVIDER, 7)]
        post(session, kind=BookingKind.PAYMENT_UNEXPLAINED, key="loss", entries=loss)
    result = ledger("check")
    assert result.returncode == 1
    assert "VERSCHIL  Er is geld voor alles wat wij schuldig zijn" in result.stdout
    assert "- er moet 7 cent bij" in result.stdout


def test_the_trial_balance_adds_up(
    fresh_database: Database, ledger: Callable[..., CompletedProcess[str]]
) -> None:
    with fresh_database.writing() as session:
        cases = [make.payable_campaign(session, cents=90_050) for _ in range(2)]
        make.payout_in(session, cases[0], "executed")
    per_base = ledger("trial-balance")
    assert per_base.returncode == 0, per_base.stderr
    table = {line.split()[0]: line.split()[1:] for line in per_base.stdout.splitlines()}
    assert table["mollie"] == ["bezit", "1.801,00", "Bij", "de", "betaaldienst"]
    assert table["bank"][:2] == ["bezit", "900,50"]
    assert table["payable"][:2] == ["schuld", "900,50"]
    assert table["totaal"] == ["1.801,00", "1.801,00"]
    per_owner = ledger("trial-balance", "--per-owner", "--lang", "en")
    assert "liability" in per_owner.stdout
    assert f"payable:{cases[1].campaign.id}" in per_owner.stdout


def test_without_a_database_there_is_one_clear_line(
    ledger: Callable[..., CompletedProcess[str]],
) -> None:
    result = ledger("check", DATABASE_URL="")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert "DATABASE_URL" in result.stderr


@pytest.mark.parametrize(
    ("kind", "cents", "columns"),
    [
        ("asset", 5, (5, 0)),
        ("asset", -5, (0, 5)),
        ("expense", 5, (5, 0)),
        ("liability", 5, (0, 5)),
        ("liability", -5, (5, 0)),
        ("income", 5, (0, 5)),
        ("equity", -5, (5, 0)),
    ],
)
def test_a_balance_stands_on_its_side(kind: str, cents: int, columns: tuple[int, int]) -> None:
    line = TrialLine("x", "x", kind, cents)
    assert (line.debit_cents, line.credit_cents) == columns
