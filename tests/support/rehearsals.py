"""Rehearsals for tests: a report of rules on facts, and facts whose outcome is known."""

from typing import Any

from tests.support.rules_and_facts import INDICATORS, application, as_read, gift, rules
from voorjebuurt.matching.rehearsal.comparison import NOTHING_BESIDE, Beside, rehearse
from voorjebuurt.matching.rehearsal.inputs import read_all
from voorjebuurt.matching.rehearsal.report import as_json

BANDS = [{"at_least": 15, "factor": "5/4"}, {"at_least": 25, "factor": "3/2"}]
LIFTING = rules(
    {"kind": "ratio", "ratio": "1/1", "donor_cap_cents": 10_000},
    {"kind": "waterfill", "weights": "equity"},
    ceiling_cents=40_000,
    equity={"indicator": "p_hh_120", "bands": BANDS},
    require=[{"field": "donors", "op": ">=", "value": 2, "reason": "te weinig donateurs"}],
)
PLAIN = rules(divide="arrival", ceiling_cents=40_000)
POOR, MIDDLE, RICH = "BU00010101", "BU00010102", "BU00010103"
AREAS = {
    POOR: {"parent": "WK000101", "values": {"p_hh_120": 31}},
    MIDDLE: {"parent": "WK000101"},
    RICH: {"parent": "WK000101", "values": {"p_hh_120": "6.5"}},
    "WK000101": {"parent": "GM0001", "values": {"p_hh_120": "18.2"}},
    "GM0001": {},
}
BESIDE = Beside(
    residents={POOR: 1000, MIDDLE: 1000, RICH: 2000},
    places={POOR: "Lindenveld", MIDDLE: "De Vaart", RICH: "Kastanjehof", "WK000101": "Oost"},
    titles={"A": "Een bank", "B": "Een tuin", "C": "Een feest", "D": "Een koor"},
)


def facts() -> dict[str, Any]:
    """Four applications: the well-off one came first, with one donor."""
    return {
        "areas": AREAS,
        "applications": [
            came(application("A", 35_000, area={RICH: 1}), 1),
            came(application("B", 5_000, 6_000, area={POOR: "1/2", MIDDLE: "1/2"}), 2),
            came(application("C", 3_000, 3_000, area={MIDDLE: 1}), 3),
            came(application("D", gift("d", 4_000), gift("e", 1_000)), 4),
        ],
    }


def came(case: dict[str, Any], minute: int) -> dict[str, Any]:
    """The application, received at this minute."""
    return {**case, "received_at": f"2026-03-01T09:{minute:02}:00+01:00"}


def report(
    ruleset: Any, against: Any = None, facts: Any = None, beside: Beside = NOTHING_BESIDE
) -> dict[str, Any]:
    """The report of a rehearsal."""
    raw = None if against is None else as_read(against)
    files = read_all(as_read(ruleset), raw, as_read(facts), indicators=INDICATORS)
    return as_json(rehearse(*files, beside=beside))
