"""Decisions without a database: one fund, three applications, and all kinds of letter."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from voorjebuurt.decisions.letters import Announcement
from voorjebuurt.decisions.proof.computation import (
    result_of,
    ruleset_in_words,
)
from voorjebuurt.decisions.proof.interest import InterestFacts
from voorjebuurt.decisions.proof.owed_interest import OwedInterestFacts
from voorjebuurt.decisions.proof.schema import (
    LETTER_FORM,
    ApplicationFacts,
    Basis,
    Place,
    Plan,
    Pot,
    Ruling,
    Snapshot,
    sha256,
)
from voorjebuurt.decisions.rules.grounds import GROUNDS, article_of
from voorjebuurt.decisions.rules.interest import Clawback, Repayment
from voorjebuurt.decisions.rules.owed_interest import AwardDue
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.catalogues import catalogue
from voorjebuurt.rulebook.documents.stored import stored_ruleset
from voorjebuurt.rulebook.values import jsontext

_TERMS: dict[str, Any] = {
    "schema": "matchregel/1",
    "require": [
        {"field": "donors", "op": ">=", "value": 3, "reason": "Er zijn te weinig donateurs."}
    ],
    "base": {"kind": "ratio", "ratio": "1/1", "donor_cap_cents": 10_000},
    "equity": {
        "indicator": "p_hh_120",
        "bands": [{"at_least": 10, "factor": "5/4"}, {"at_least": 20, "factor": "3/2"}],
    },
    "caps": {"pct_of_goal": 50},
    "divide": {"kind": "waterfill", "weights": "equity"},
}


def _rules(ceiling_cents: int) -> str:
    return jsontext.canonical({**_TERMS, "ceiling_cents": ceiling_cents})


AMPLE, RULES = _rules(600_000), _rules(300_000)
"""The same rule with enough money in the fund, and with too little."""
KEY, OTHER, SMALL = "app-1", "app-2", "app-3"
IMPORT = "01970000-0000-7000-8000-0000000000aa"
SENDER = "Gemeente Zonnedam\nAfdeling Wijken\nPostbus 12\n1234 ZD Zonnedam\nwijken@zonnedam.example"
OBJECTIONS = "Gemeente Zonnedam\nCommissie bezwaarschriften\nPostbus 13\n1234 ZD Zonnedam"


def _application(key: str, code: str, goal_cents: int, gifts: list[int]) -> dict[str, Any]:
    return {
        "id": key,
        "received_at": f"2026-03-0{key[-1]}T09:30:00.123+01:00",
        "goal_cents": goal_cents,
        "area": {code: "1"},
        "contributions": [
            {"donor": f"{key}-{place}", "amount_cents": cents} for place, cents in enumerate(gifts)
        ],
    }


FACTS = json.dumps(
    {
        "applications": [
            _application(KEY, "BU19010101", 500_000, [12_000] * 6 + [2_501] * 40),
            _application(OTHER, "BU19010202", 600_000, [9_000] * 22),
            _application(SMALL, "BU19010101", 100_000, [2_500, 2_500]),
        ],
        "areas": {
            "BU19010101": {"parent": "WK190101", "values": {"p_hh_120": None}},
            "WK190101": {"parent": "GM1901", "values": {"p_hh_120": 21.4}},
            "BU19010202": {"parent": "WK190102", "values": {"p_hh_120": 8}},
            "WK190102": {"parent": "GM1901"},
            "GM1901": {"values": {"p_hh_120": 11}},
        },
    }
)
NAMES = {"BU19010101": "Zonneweide", "WK190101": "Noord", "BU19010202": "Dijkzicht"}
ANNOUNCEMENT = Announcement(
    date(2026, 5, 6),
    date(2026, 6, 17),
    "Sanne de Wit",
    pay_to="Stichting Voor je Buurt\nNL02 ABNA 0123 4567 89",
    website="https://buurt.example",
)
GROUNDS_OF = {
    "partial_award": ("rule",),
    "refusal": ("requirement",),
    "withdrawal": ("not_done",),
    "lower_determination": ("not_done", "not_complied"),
    "clawback": ("overpaid",),
    "award_change": ("new_circumstances",),
    "determination_change": ("duty_after",),
}
REASON_OF = {
    "partial_award": "Er waren meer aanvragen dan er geld in het fonds zat.",
    "refusal": "Er waren twee donateurs. De regel vraagt er drie.",
    "withdrawal": "U schreef ons dat het plein niet wordt aangelegd.",
    "lower_determination": "De banken zijn er niet gekomen.\nDaarvoor was € 400,00 bedoeld.",
    "clawback": "Uw subsidie is lager vastgesteld dan het voorschot dat u kreeg.",
    "plan_change": "Voor mei is tijd genoeg: de bankjes zijn er in maart.",
    "plan_refusal": "De bankjes zijn er al. U kunt nu laten zien wat u deed.",
    "award_change": "De gemeente maakt zelf de bankjes.\nDaarvoor was € 600,00 bedoeld.",
    "determination_change": "De banken zijn verkocht. Die zouden tien jaar op het plein blijven.",
}
AMOUNTS = {
    "award": (None, 0),
    "partial_award": (None, 0),
    "refusal": (0, 0),
    "determination": (180_000, 180_000),
    "lower_determination": (140_000, 180_000),
    "withdrawal": (0, 180_000),
    "clawback": (40_000, 180_000),
    "award_change": (120_000, 180_000),
    "determination_change": (100_000, 140_000),
    "interest": (5_919, 1_000),
    "interest_owed": (6_656, 0),
    "plan_change": (180_000, 180_000),
    "plan_refusal": (180_000, 180_000),
}
AWARD = {
    "number": "B-2026-0001",
    "kind": "award",
    "amount_cents": 180_000,
    "sent_on": "2026-05-06",
}
OBJECTION = {"number": "BZ-2026-0002", "decision": "B-2026-0001", "decided_on": "2026-04-20"}
TERMS: dict[str, dict[str, Any]] = {
    "award_change": {"effect_on": "2026-07-01", "compensation_cents": 25_000},
    "determination_change": {"breach_on": "2027-03-03"},
}
"""What a change says beside its amount."""
LOWER_DETERMINATION = {
    "number": "B-2026-0005",
    "kind": "lower_determination",
    "amount_cents": 140_000,
    "sent_on": "2027-01-12",
}


CLAIM = Clawback(
    "B-2026-0006", 140_000, date(2025, 3, 3), datetime(2025, 1, 20, 10, tzinfo=clock.AMSTERDAM)
)
INTEREST = InterestFacts(
    clawbacks=(CLAIM,),
    repayments=(
        Repayment(date(2025, 6, 2), datetime(2025, 6, 4, 9, tzinfo=clock.AMSTERDAM), 1_000, 40_000),
    ),
    rates=((date(2025, 1, 1), Decimal(6)), (date(2026, 1, 1), Decimal(4))),
    until=date(2026, 4, 30),
    before_cents=1_000,
    least_cents=2_000,
)
"""Of € 1,400.00 came € 410.00 in after three months, of which € 10.00 paid interest of before."""


OWED_INTEREST = OwedInterestFacts(
    award=AwardDue(
        "B-2025-0006",
        180_000,
        sent_on=date(2025, 5, 6),
        ended_on=date(2025, 4, 30),
        checked_on=date(2025, 5, 8),
        paid_on=date(2026, 3, 2),
        pauses=((date(2025, 9, 1), date(2025, 9, 10)),),
    ),
    rates=((date(2025, 1, 1), Decimal(6)), (date(2026, 1, 1), Decimal(4))),
    until=date(2026, 3, 1),
    before_cents=0,
    least_cents=1_000,
)
"""€ 1,800.00 that was due on 19 June 2025, and paid after the percentage changed."""

TOLD: dict[str, InterestFacts | OwedInterestFacts] = {
    "interest": INTEREST,
    "interest_owed": OWED_INTEREST,
}


ASKED = {
    "received_on": "2026-04-20",
    "wish_on": "2027-05-31",
    "wish_activities": "Geen banken, maar een picknicktafel.",
    "why": "De banken worden niet meer gemaakt.\nDe tafel komt in het voorjaar.",
    "before": "2026-11-30",
    "term": "account",
}
"""What an applicant asked to change."""
PLANS = {
    "plan_change": {
        **ASKED,
        "outcome": "part",
        "until": "2027-04-30",
        "activities": "Een picknicktafel van hout.",
    },
    "plan_refusal": {**ASKED, "outcome": "refusal", "until": "", "activities": ""},
}


def sample(
    kind: str,
    /,
    *,
    key: str | None = None,
    form: int = LETTER_FORM,
    grounds: Sequence[str] | None = None,
    **campaign: Any,
) -> Snapshot:
    """A snapshot of this kind; ``campaign`` changes what is told of the campaign."""
    key = key or {"refusal": SMALL}.get(kind, KEY)
    basis = Basis(
        "round",
        key,
        FACTS,
        sha256(FACTS),
        "2026-05-01T08:00:00+02:00",
        round_id="01970000-0000-7000-8000-0000000000bb",
        round_number=1,
    )
    rules = AMPLE if kind == "award" else RULES
    result = result_of(stored_ruleset(rules), basis, FACTS)
    explanation = result.told(NAMES, form)
    amount, before = AMOUNTS[kind]
    settles = kind in ("determination", "lower_determination", "clawback", "determination_change")
    return Snapshot(
        decision=Ruling(
            number="B-2026-0007",
            kind=kind,
            claim_cents=explanation.claim_cents,
            amount_cents=explanation.award_cents if amount is None else amount,
            before_cents=before,
            grounds=tuple(
                _ground(code, kind, form) for code in grounds or GROUNDS_OF.get(kind, ())
            ),
            reason=REASON_OF.get(kind, ""),
            proposed_at="2026-05-04T10:00:00+02:00",
            **TERMS.get(kind, {}),
        ),
        application=APPLICATION,
        campaign=replace(PLAN_OF_FORM1 if form == 1 else PLAN, **campaign),
        fund=replace(POT, ruleset_sha256=stored_ruleset(rules).sha256),
        municipality=Place("GM1901", "Zonnedam"),
        rules=rules,
        rule=ruleset_in_words(stored_ruleset(rules), form),
        basis=basis,
        computed=explanation,
        areas=_areas(key),
        imports=(FILE,),
        clock=CLOCK,
        earlier={
            "award": (),
            "partial_award": (),
            "refusal": (),
            "clawback": (AWARD, LOWER_DETERMINATION),
            "interest": (AWARD, LOWER_DETERMINATION),
            "interest_owed": (AWARD,),
            "determination_change": (AWARD, LOWER_DETERMINATION),
        }.get(kind, (AWARD,)),
        accounting={"on": "2026-12-01", "spent_cents": 480_000, "lines": []} if settles else None,
        form=form,
        interest=TOLD[kind].told() if kind in TOLD else None,
        plan=PLANS.get(kind),
    )


LIVE_RULES = jsontext.canonical(
    {
        **{key: value for key, value in _TERMS.items() if key != "divide"},
        "moment": "live",
        "ceiling_cents": 600_000,
        "divide": {"kind": "arrival"},
    }
)


def maximum_sample(kind: str, /) -> Snapshot:
    """The award, partial award or refusal of a live fund, before a gift was matched."""
    first = sample(kind, key=KEY, status="live")
    facts = jsontext.parse(FACTS)
    facts["applications"] = [{**facts["applications"][0], "contributions": []}]
    text = jsontext.canonical(facts)
    basis = Basis(
        "maximum", KEY, text, sha256(text), "2026-05-01T08:00:00+02:00", ceiling_cents=410_000
    )
    ruleset = stored_ruleset(LIVE_RULES)
    explanation = result_of(ruleset, basis, text).told(NAMES)
    most = explanation.award_cents
    return replace(
        first,
        decision=replace(
            first.decision,
            claim_cents=explanation.claim_cents,
            amount_cents={"award": most, "partial_award": most - 50_000, "refusal": 0}[kind],
        ),
        fund=replace(first.fund, live=True, ruleset_sha256=ruleset.sha256),
        rules=LIVE_RULES,
        rule=ruleset_in_words(ruleset),
        basis=basis,
        computed=explanation,
    )


def _ground(code: str, kind: str, form: int) -> dict[str, str]:
    ground = GROUNDS[code]
    if form == 1:
        texts = {name: catalogue(name, 1).text("ground", code) for name in ("nl", "en")}
    else:
        texts = {language: ground.text(language, kind) for language in ("nl", "en")}
    return {"code": code, **texts, "article": article_of(ground, kind)}


def _areas(key: str) -> tuple[dict[str, Any], ...]:
    other = key == OTHER
    return (
        {
            "code": "BU19010202" if other else "BU19010101",
            "name": "Dijkzicht" if other else "Zonneweide",
            "share": "1",
            "indicator": "p_hh_120",
            "figure": "8" if other else "21,4",
            "exact": "8" if other else "107/5",
            "source": "BU19010202" if other else "WK190101",
            "source_name": "Dijkzicht" if other else "Noord",
            "factor": "1" if other else "3/2",
            "import_id": IMPORT,
        },
    )


APPLICATION = ApplicationFacts(
    id="01970000-0000-7000-8000-000000000001",
    number="AV-2026-0003",
    received_at="2026-03-01T09:30:00.123+01:00",
    decide_by="2026-05-12",
    applicant="Fatima el Amrani",
    group="Buurtgroep De Bloem",
    reach="Kinderen en ouderen uit de flats.",
    groups=("ouderen",),
    verified_groups=(),
    groups_evidence="",
    undertaking=False,
)
PLAN_OF_FORM1 = Plan(
    id="01970000-0000-7000-8000-000000000002",
    title="Bomen op het Rozenplein",
    status="succeeded",
    goal_cents=500_000,
    location="Rozenplein",
    theme="green",
)
PLAN = replace(
    PLAN_OF_FORM1,
    kind="all_or_nothing",
    minimum_cents=400_000,
    deadline_on="2026-04-30",
    summary="Wij planten twaalf bomen op het Rozenplein.",
    for_whom="Voor iedereen die op het plein komt.",
    story="Het plein is nu van steen.\n\nMet bomen is er schaduw. Wij planten ze zelf.",
    budget=(
        {"label": "Twaalf bomen", "amount_cents": 380_000},
        {"label": "Aarde en palen", "amount_cents": 120_000},
    ),
)
POT = Pot(
    id="01970000-0000-7000-8000-000000000003",
    name="Buurtpot Zonnedam",
    purpose="Groen en ontmoeten in buurten waar dat minder vanzelf gaat.",
    legal_basis="Subsidieverordening Zonnedam 2025, artikel 4",
    sender=SENDER,
    objection_address=OBJECTIONS,
    live=False,
    prepaid=True,
    version=1,
    change="",
    published_at="2026-01-15T09:00:00+01:00",
    ceiling_cents=300_000,
    ruleset_sha256="",
)
FILE = {
    "id": IMPORT,
    "kind": "kwb",
    "vintage": 2024,
    "source": "Kerncijfers wijken en buurten",
    "filename": "kwb-2024.xlsx",
    "sha256": sha256("kwb"),
}
CLOCK = (
    {"kind": "completion_asked", "on": "2026-03-10", "until": "2026-03-24"},
    {"kind": "completed", "on": "2026-03-17", "until": None},
)
