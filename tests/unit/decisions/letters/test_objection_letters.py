"""The letters about objections, word for word: one for each outcome, and what goes before."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.objections.notices import NOTICES, notice_letter
from voorjebuurt.decisions.letters.objections.penalty import (
    PenaltySnapshot,
    penalty_letter,
    read_penalty,
)
from voorjebuurt.decisions.letters.objections.ruling import ruling_letter
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot, read_ruling
from voorjebuurt.decisions.proof.schema import SnapshotError

GOLDEN = Path(__file__).parent / "golden" / "objections"
SENT = Announcement(date(2026, 8, 20), date(2026, 10, 1), "Bram Bezwaar")


def step(kind: str, on: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "on": on, "until": None, "detail": "", "place": "", "body": "", **fields}


HEARD = (
    step("question", "2026-06-02", until="2026-06-30", detail="grounds"),
    step("completion", "2026-06-10", body="De stroom is van ons."),
    step("committee", "2026-06-11", detail="de bezwaarcommissie"),
    step("invitation", "2026-06-12", until="2026-07-01", place="14.00 uur, raadhuis, kamer 3"),
    step("hearing", "2026-07-01", detail="mr. De Wit", body="Fatima legde uit hoe het zit."),
    step("advice", "2026-07-08", body="Verklaar het bezwaar gegrond."),
    step("costs", "2026-07-09", body="Advocaat."),
)
BASE = RulingSnapshot(
    number="BB-2026-0001",
    outcome="upheld",
    reason="De gemeente betaalt de stroom, maar niet de lampen.",
    deviation="",
    court="de rechtbank Noord-Nederland",
    costs_cents=64_700,
    extra_cents=0,
    extra_reason="",
    proposed_at="2026-08-18T10:00:00+02:00",
    addressee=("Lichtgroep", "Fatima el Amrani"),
    name="Fatima el Amrani",
    party="applicant",
    municipality="Waterlanden",
    fund="Samen doen",
    sender="Gemeente Waterlanden\nTeam Wijken\nPostbus 100",
    application="AV-2026-0007",
    title="Licht op het plein",
    objection={
        "number": "BZ-2026-0003",
        "received_on": "2026-06-01",
        "posted_on": None,
        "channel": "online",
        "in_time": True,
        "grounds": "De stroom is van ons.",
        "joined": [],
    },
    contested={
        "number": "BS-2026-0009",
        "kind": "refusal",
        "amount_cents": 0,
        "sent_on": "2026-05-20",
    },
    steps=HEARD,
    replacement={
        "number": "BS-2026-0021",
        "kind": "award",
        "amount_cents": 80_000,
        "claim_cents": 80_000,
        "sha256": "a" * 64,
    },
)
NOBODY_HEARD = (
    step("excuse", "2026-07-20", detail="no", body="Een vakantie is geen reden."),
    step("waiver", "2026-07-21", detail="manifest_inadmissibility", body="Het is duidelijk."),
)
LETTERS = {
    "upheld": BASE,
    "partly_upheld": replace(
        BASE,
        outcome="partly_upheld",
        extra_cents=30_000,
        extra_reason="Besloten door het college op 11 augustus 2026.",
        costs_cents=0,
        replacement={
            **(BASE.replacement or {}),
            "kind": "partial_award",
            "amount_cents": 40_000,
        },
    ),
    "rejected": replace(
        BASE,
        outcome="rejected",
        costs_cents=0,
        deviation="De regel laat dit niet toe.",
        replacement=None,
        objection={**BASE.objection, "joined": ["BZ-2026-0004"]},
    ),
    "inadmissible": replace(
        BASE,
        outcome="inadmissible",
        costs_cents=0,
        steps=NOBODY_HEARD,
        replacement=None,
        party="other",
        addressee=("Bewoners Duinlaan", "Duinlaan 4"),
        name="Bewoners Duinlaan",
        objection={**BASE.objection, "in_time": False, "grounds": ""},
    ),
    "claim_dropped": replace(
        BASE,
        contested={**BASE.contested, "kind": "clawback", "amount_cents": 10_000},
        replacement=None,
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_each_outcome_has_its_letter(name: str) -> None:
    letter = ruling_letter(LETTERS[name], SENT)
    assert letter.text == (GOLDEN / f"{name}.txt").read_text()


def test_a_stored_snapshot_writes_the_same_letter() -> None:
    again = read_ruling(BASE.text)
    assert ruling_letter(again, SENT) == ruling_letter(BASE, SENT)
    assert pdf_of(ruling_letter(again, SENT)).startswith(b"%PDF")
    with pytest.raises(SnapshotError):
        read_ruling('{"schema":"besluit/1"}')


def test_a_draft_says_that_it_is_one() -> None:
    assert ruling_letter(BASE).mark == "CONCEPT – NIET VERZONDEN"
    assert "zes weken na verzending" in ruling_letter(BASE).text


@pytest.mark.parametrize("kind", sorted(NOTICES))
def test_what_is_told_on_the_way_is_a_letter_too(kind: str) -> None:
    facts = next((each for each in HEARD if each["kind"] == kind), step(kind, "2026-07-01"))
    letter = notice_letter(BASE, kind, {**facts, "body": "Wij horen de buren."}, "2026-08-24", SENT)
    assert letter.text == (GOLDEN / f"notice_{kind}.txt").read_text()


def test_the_decision_about_a_penalty() -> None:
    snapshot = PenaltySnapshot(
        number="IG-2026-0001",
        subject="uw bezwaar BZ-2026-0003",
        addressee=("Fatima el Amrani",),
        name="Fatima el Amrani",
        municipality="Waterlanden",
        sender="Gemeente Waterlanden\nPostbus 100",
        objection_address="Postbus 100\n8951 SD Waterlanden",
        due_on="2026-08-24",
        received_on="2026-09-01",
        first_day="2026-09-16",
        decided_on="2026-10-05",
        days=19,
        cents=49_700,
        bands=(2_300, 3_500, 4_500),
        ground="",
        reason="",
        proposed_at="2026-10-06T10:00:00+02:00",
    )
    letter = penalty_letter(read_penalty(snapshot.text), SENT)
    assert letter.text == (GOLDEN / "penalty.txt").read_text()
    in_time = replace(snapshot, days=0, cents=0, decided_on="2026-09-10")
    assert "binnen twee weken na uw brief" in penalty_letter(in_time).text
    on_the_first_day = replace(in_time, decided_on=snapshot.first_day)
    text = penalty_letter(on_the_first_day).text
    assert "Op die dag is er beslist. Dan is er geen dwangsom" in text
    assert "Wij besloten voor" not in text
