"""The letters that confirm what came on paper, word for word."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.confirmations import Confirmation, confirmation_letter
from voorjebuurt.decisions.letters.pdf import pdf_of

GOLDEN = Path(__file__).parent / "golden" / "papers"
SENT = Announcement(date(2026, 6, 3), date(2026, 6, 3), "Olga de Boer")
BASE = Confirmation(
    kind="application",
    number="AV-2026-0007",
    addressee=("Stichting De Molen", "Noor de Wit"),
    name="Noor de Wit",
    municipality="Testdam",
    sender="Gemeente Testdam\nAfdeling Wijken\nPostbus 1\n1000 AA Testdam",
    fund="Wijkgeld",
    title="Bomen op het plein",
    received_on="2026-06-01",
    time="10.15",
    decide_by="2026-07-27",
)
LETTERS = {
    "application": BASE,
    "application_without_time": replace(BASE, time="", award_until="2026-06-20"),
    "completion": replace(BASE, kind="completion", runs_again=True),
    "completion_unasked": replace(BASE, kind="completion", time=""),
    "withdrawal": replace(BASE, kind="withdrawal", time=""),
    "accounting": replace(BASE, kind="accounting", spent="€ 500,00"),
    "accounting_of_activities": replace(BASE, kind="accounting", time=""),
}


@pytest.mark.parametrize("name", LETTERS)
def test_every_word_of_it_is_known(name: str) -> None:
    letter = confirmation_letter(LETTERS[name], SENT)
    assert letter.text == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert pdf_of(letter).startswith(b"%PDF")


def test_nothing_is_promised_that_is_not_decided() -> None:
    text = confirmation_letter(BASE, SENT).text
    assert "Wij hebben nog niets besloten." in text
    assert "4:3a" not in text, "that is about what comes in electronically"


def test_only_a_clock_that_stood_still_runs_again() -> None:
    text = confirmation_letter(LETTERS["completion"], SENT).text
    assert "loopt weer vanaf die dag (artikel 4:15" in text
    assert "4:15" not in confirmation_letter(LETTERS["completion_unasked"], SENT).text
