"""Sample cases, one for each kind of letter, of nobody: what a preview shows without a real one.

Pure.
"""

from typing import Any

from voorjebuurt.decisions.proof.objection_schema import RulingSnapshot
from voorjebuurt.decisions.proof.schema import (
    ApplicationFacts,
    Basis,
    ComputedAward,
    Place,
    Plan,
    Pot,
    Ruling,
    Snapshot,
)
from voorjebuurt.decisions.rules.grounds import GROUNDS, article_of
from voorjebuurt.ownwords.rules import LetterFamily

_AWARDED, _PAID_BACK = 120_000, 40_000
_CODE = "0" * 64
_AMOUNTS = {
    "award": (_AWARDED, 0),
    "refusal": (0, 0),
    "determination": (_AWARDED, _AWARDED),
    "withdrawal": (0, _AWARDED),
    "clawback": (_PAID_BACK, _AWARDED),
}
_GROUNDS = {"refusal": "requirement", "withdrawal": "not_done", "clawback": "overpaid"}
_REASONS = {
    "refusal": "Er waren twee donateurs. De regel vraagt er tien.",
    "withdrawal": "U schreef ons dat de moestuin er niet komt.",
    "clawback": "Uw subsidie is lager vastgesteld dan het voorschot dat u kreeg.",
}
_COMPUTED = ["Basis", "De helft van € 2.400,00 aan giften.", "€ 1.200,00"]
_REFUSED = ["Voorwaarde", "Minstens 10 donateurs. De actie heeft er 2.", "€ 0,00"]
_MADE_AT = "2026-03-09T10:00:00+01:00"


def sample_decision(kind: LetterFamily, place: str, words: dict[str, Any]) -> Snapshot:
    """A decision of a kind on the application of somebody who does not exist."""
    amount, before = _AMOUNTS[kind]
    code = _GROUNDS.get(kind)
    grounds: tuple[dict[str, str], ...] = ()
    if code is not None:
        ground = GROUNDS[code]
        text = ground.text("nl", kind)
        grounds = ({"code": code, "nl": text, "article": article_of(ground, kind)},)
    return Snapshot(
        decision=Ruling(
            "B-2026-0000", kind, _AWARDED, amount, before, grounds, _REASONS.get(kind, ""), _MADE_AT
        ),
        application=_application(),
        campaign=_plan(),
        fund=_fund(),
        municipality=Place("GM0000", place),
        rules="{}",
        rule={"nl": ["Op elke euro van een donateur legt de gemeente 50 cent."], "en": []},
        basis=Basis("round", "sample", None, _CODE, _MADE_AT, round_number=1),
        computed=ComputedAward(
            0 if kind == "refusal" else _AWARDED,
            0 if kind == "refusal" else _AWARDED,
            "1",
            {"nl": [], "en": []},
            {"nl": [_REFUSED if kind == "refusal" else _COMPUTED], "en": []},
        ),
        earlier=() if kind in ("award", "refusal") else (_award(),),
        words=words,
    )


def sample_ruling(place: str, words: dict[str, Any]) -> RulingSnapshot:
    """A decision on an objection of somebody who does not exist."""
    return RulingSnapshot(
        number="BB-2026-0000",
        outcome="rejected",
        reason="Bij het besluit telden twee donateurs mee. Dat zijn er te weinig volgens de regel.",
        deviation="",
        court=f"de rechtbank {words['court']}" if words.get("court") else "de rechtbank",
        costs_cents=0,
        extra_cents=0,
        extra_reason="",
        proposed_at=_MADE_AT,
        addressee=("Bewonersgroep Voorbeeld", "Noor Voorbeeld"),
        name="Noor Voorbeeld",
        party="applicant",
        municipality=place,
        fund="Voorbeeldfonds",
        sender="",
        application="A-2026-0000",
        title="Een moestuin voor de straat",
        objection={
            "number": "BZ-2026-0000",
            "received_on": "2026-02-16",
            "posted_on": None,
            "channel": "online",
            "in_time": True,
            "grounds": "Een derde donateur gaf contant.",
            "joined": [],
        },
        contested={
            "number": "B-2026-0000",
            "kind": "refusal",
            "amount_cents": 0,
            "sent_on": "2026-02-02",
        },
        words=words,
    )


def _application() -> ApplicationFacts:
    return ApplicationFacts(
        id="sample",
        number="A-2026-0000",
        received_at="2026-02-02T09:00:00.000+01:00",
        decide_by="2026-03-30",
        applicant="Noor Voorbeeld",
        group="Bewonersgroep Voorbeeld",
        reach="",
        groups=(),
        verified_groups=(),
        groups_evidence="",
        undertaking=False,
    )


def _plan() -> Plan:
    return Plan(
        id="sample",
        title="Een moestuin voor de straat",
        status="succeeded",
        goal_cents=360_000,
        location="",
        theme="",
        kind="all_or_nothing",
        minimum_cents=240_000,
        deadline_on="2026-03-01",
        summary="Wij leggen een moestuin aan op het veld achter de kerk.",
        budget=(
            {"label": "Grond en planten", "amount_cents": 260_000},
            {"label": "Gereedschap", "amount_cents": 100_000},
        ),
    )


def _fund() -> Pot:
    return Pot(
        id="sample",
        name="Voorbeeldfonds",
        purpose="",
        legal_basis="Voorbeeldregeling buurtinitiatieven, artikel 3",
        sender="",
        objection_address="",
        live=False,
        prepaid=False,
        version=1,
        change="",
        published_at="2026-01-05T09:00:00+01:00",
        ceiling_cents=5_000_000,
        ruleset_sha256=_CODE,
    )


def _award() -> dict[str, Any]:
    return {
        "number": "B-2026-0000",
        "kind": "award",
        "amount_cents": _AWARDED,
        "sent_on": "2026-03-09",
    }
