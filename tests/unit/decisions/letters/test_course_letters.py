"""The letters that tell how a case goes, word for word."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.course_facts import CaseFacts, facts_of
from voorjebuurt.decisions.letters.courses import COURSES, case_letter
from voorjebuurt.decisions.letters.pdf import pdf_of

GOLDEN = Path(__file__).parent / "golden" / "courses"
SENT = Announcement(date(2026, 6, 3), date(2026, 6, 3), "Olga de Boer")
VIEWS = CaseFacts(
    kind="views_extension",
    number="VN-2026-0003",
    application="AV-2026-0007",
    addressee=("Stichting De Molen", "Noor de Wit"),
    name="Noor de Wit",
    municipality="Testdam",
    sender="Gemeente Testdam\nAfdeling Wijken\nPostbus 1\n1000 AA Testdam",
    fund="Wijkgeld",
    title="Bomen op het plein",
    reason="U vroeg om meer tijd, omdat uw penningmeester ziek is.",
    until="2026-06-29",
    before="2026-06-15",
    since="2026-06-01",
    about="artikel 4:8",
)
CASE = replace(VIEWS, number=VIEWS.application, about="", since="", before="")
PROOF = replace(
    VIEWS,
    kind="proof_question",
    number="BW-2026-0001",
    reason="Foto’s van het plein, met de bomen erop.",
    before="",
    about="sample",
)
OTHER = replace(
    VIEWS,
    kind="other_objection",
    number="BZ-2026-0004",
    reason="",
    before="",
    about="BS-2026-0009",
)
LETTERS = {
    "views_extension": VIEWS,
    "intention_end": replace(VIEWS, kind="intention_end", reason="De vergunning is er toch."),
    "completion_question": replace(
        CASE, kind="completion_question", reason="De begroting ontbreekt."
    ),
    "term_extension": replace(
        CASE, kind="term_extension", reason="Wij wachten op advies.", before="2026-06-15"
    ),
    "proof_question": PROOF,
    "proof_question_cause": replace(
        PROOF, about="cause", cause="Een buurman belde ons. Hij zag geen bomen."
    ),
    "proof_extension": replace(
        PROOF, kind="proof_extension", before="2026-06-15", reason="De bomen komen later."
    ),
    "proof_finding_proof": replace(
        PROOF, kind="proof_finding", about="proof", reason="Op de foto’s staan acht bomen."
    ),
    "proof_finding_gap": replace(
        PROOF, kind="proof_finding", about="gap", reason="Op de foto’s staan twee bomen."
    ),
    "proof_finding_silence": replace(
        PROOF, kind="proof_finding", about="silence", reason="Wij schreven u twee keer."
    ),
    "proof_finding_mistake": replace(
        PROOF, kind="proof_finding", about="mistake", reason="Wij namen de verkeerde aanvraag."
    ),
    "last_term": replace(
        PROOF,
        kind="last_term",
        number="AV-2026-0001",
        about="",
        since="",
        before="2026-06-15",
        reason="Wij belden u twee keer. Er mist nog een bon.",
    ),
    "payment_notice": replace(
        VIEWS, kind="payment_notice", number="BS-2026-0009", about="", reason="", cents=12_345
    ),
    "other_objection": OTHER,
    "other_hearing": replace(OTHER, kind="other_hearing", cause="14.00 uur, raadhuis", since=""),
    "other_extension": replace(OTHER, kind="other_extension", reason="Wij wachten op advies."),
    "other_withdrawal": replace(OTHER, kind="other_withdrawal", until=""),
    "other_withdrawal_before_hearing": replace(OTHER, kind="other_withdrawal"),
    "other_ruling_rejected": replace(OTHER, kind="other_ruling", reason="rejected"),
    "other_ruling_inadmissible": replace(OTHER, kind="other_ruling", reason="inadmissible"),
    "other_ruling_upheld": replace(OTHER, kind="other_ruling", reason="upheld"),
    "other_ruling_partly_upheld": replace(
        OTHER, kind="other_ruling", reason="partly_upheld", cause="BS-2026-0012"
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_every_word_of_it_is_known(name: str) -> None:
    letter = case_letter(LETTERS[name], SENT)
    assert letter.text == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert pdf_of(letter).startswith(b"%PDF")


def test_every_kind_is_shown() -> None:
    assert {facts.kind for facts in LETTERS.values()} == COURSES


@pytest.mark.parametrize("facts", LETTERS.values())
def test_what_is_kept_makes_the_same_letter(facts: CaseFacts) -> None:
    assert facts_of(facts.text) == facts


def test_who_is_drawn_is_not_suspected() -> None:
    text = case_letter(LETTERS["proof_question"], SENT).text
    assert "Wij denken dus niet dat er iets mis is." in text
    assert "loting" not in case_letter(LETTERS["proof_question_cause"], SENT).text


@pytest.mark.parametrize("name", ["proof_finding_gap", "proof_finding_silence"])
def test_nothing_lower_is_decided_before_views_were_asked(name: str) -> None:
    text = case_letter(LETTERS[name], SENT).text
    assert "Wij hebben nog niets besloten over het bedrag." in text
    assert "artikel 4:8" in text
