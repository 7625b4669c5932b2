"""The letter that asks for views, and what a decision says of them: word for word."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.decision_samples import ANNOUNCEMENT, sample
from voorjebuurt.decisions import letters
from voorjebuurt.decisions.letters.intentions import intention_letter
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.proof.schema import Snapshot, read
from voorjebuurt.decisions.rules.views import WITH_VIEWS

GOLDEN = Path(__file__).parent / "golden" / "views"
UNTIL = date(2026, 6, 15)
NOTHING = {
    "number": "",
    "asked_on": "",
    "until": "",
    "status": "",
    "channel": "",
    "received_on": "",
    "answer": "",
    "weighing": "",
    "exception": "",
    "exception_reason": "",
}
ASKED = {**NOTHING, "number": "VN-2026-0003", "asked_on": "2026-06-01", "until": "2026-06-15"}
CASES: dict[str, dict[str, Any]] = {
    "answered": {
        **ASKED,
        "status": "answered",
        "channel": "online",
        "received_on": "2026-06-09",
        "answer": "De bomen staan er wel.\n\nZie de foto.",
        "weighing": "Op de foto staat een ander plein.",
    },
    "waived": {**ASKED, "status": "waived", "channel": "phone", "received_on": "2026-06-03"},
    "silence": {**ASKED, "status": "open"},
    "urgency": {**NOTHING, "exception": "urgency", "exception_reason": "De pot sluit morgen."},
    "before": {**NOTHING, "exception": "before", "exception_reason": "U reageerde op 3 mei."},
    "purpose": {**NOTHING, "exception": "purpose", "exception_reason": "Het geld verdwijnt."},
}


def intended(kind: str) -> Snapshot:
    snapshot = read(sample(kind).text)
    return replace(snapshot, decision=replace(snapshot.decision, number="VN-2026-0003"))


@pytest.mark.parametrize("kind", sorted(WITH_VIEWS))
def test_the_words_of_an_intention(kind: str) -> None:
    announcement = replace(ANNOUNCEMENT, website="https://voorjebuurt.example")
    letter = intention_letter(intended(kind), UNTIL, announcement)
    assert letter.text == (GOLDEN / f"intention_{kind}.txt").read_text()
    assert pdf_of(letter) == pdf_of(letter)


def test_an_intention_by_4_50_names_its_term_and_that_damage_is_paid() -> None:
    snapshot = intended("award_change")
    by_term = ({"code": "new_circumstances", "nl": "Er is te weinig geld", "article": "x"},)
    for effect_on, words in (
        ("2026-09-01", "Wij denken aan 1 september 2026."),
        ("", "Het besluit noemt de dag."),
    ):
        decision = replace(snapshot.decision, grounds=by_term, effect_on=effect_on)
        text = intention_letter(replace(snapshot, decision=decision), UNTIL, ANNOUNCEMENT).text
        assert "redelijke termijn" in text
        assert words in text
        assert "Die schade vergoeden wij (artikel 4:50, tweede lid, Awb)." in text
    other = replace(snapshot.decision, grounds=({"code": "not_done", "nl": "x", "article": "x"},))
    text = intention_letter(replace(snapshot, decision=other), UNTIL, ANNOUNCEMENT).text
    assert "redelijke termijn" not in text


@pytest.mark.parametrize("case", CASES)
def test_what_a_decision_says_of_views(case: str) -> None:
    snapshot = replace(read(sample("refusal").text), views=CASES[case])
    text = letters.write(snapshot.text, ANNOUNCEMENT).text
    start = text.index("## Uw zienswijze")
    section = text[start : text.index("## ", start + 5)]
    assert section == (GOLDEN / f"views_{case}.txt").read_text()


def test_a_decision_from_before_views_says_nothing_of_them() -> None:
    text = letters.write(sample("refusal").text, ANNOUNCEMENT).text
    assert "zienswijze" not in text


def test_the_letter_is_no_decision_and_names_no_objection_term() -> None:
    for kind in WITH_VIEWS:
        text = intention_letter(intended(kind), UNTIL, ANNOUNCEMENT).text
        assert "Dit is nog geen besluit." in text
        assert "uiterlijk op 15 juni 2026" in text
        assert "zes weken" not in text
