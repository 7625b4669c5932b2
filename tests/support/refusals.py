"""Rules and facts that are refused: each with where and why."""

from typing import Any

from tests.support.rules_and_facts import application, faults, gift, rules

FACTS = {"applications": [application("A", 100)]}
EQUITY = {"indicator": "p_hh_120", "bands": [{"at_least": 25, "factor": "3/2"}]}
QF = {"kind": "qf"}
LIVE = {"moment": "live", "divide": {"kind": "arrival"}}


def refused(ruleset: Any, facts: Any = FACTS) -> set[tuple[str, str]]:
    """Path and code of everything that is refused."""
    return {(fault.path, fault.code) for fault in faults(ruleset, facts)}


def requirement(**more: Any) -> dict[str, Any]:
    """A requirement, with differences."""
    return {"field": "donors", "op": ">=", "value": 2, "reason": "reden", **more}


def without(data: dict[str, Any], key: str) -> dict[str, Any]:
    """The same without one key."""
    return {name: value for name, value in data.items() if name != key}


RULES = [
    ([], "rules", "not_an_object"),
    (without(rules(), "schema"), "rules.schema", "missing"),
    (rules() | {"schema": "matchregel/2"}, "rules.schema", "not_one_of"),
    (without(rules(), "ceiling_cents"), "rules.ceiling_cents", "missing"),
    (without(rules(), "base"), "rules.base", "missing"),
    (without(rules(), "divide"), "rules.divide", "missing"),
    (rules(colour="red"), "rules.colour", "unknown_key"),
    (rules(**{"a b": 1}), 'rules["a b"]', "unknown_key"),
    (rules(ceiling_cents=0), "rules.ceiling_cents", "too_low"),
    (rules(ceiling_cents=-5), "rules.ceiling_cents", "too_low"),
    (rules(ceiling_cents=10.5), "rules.ceiling_cents", "not_whole"),
    (rules(ceiling_cents=10.0), "rules.ceiling_cents", "not_whole"),
    (rules(ceiling_cents="100"), "rules.ceiling_cents", "not_whole"),
    (rules(ceiling_cents=True), "rules.ceiling_cents", "not_whole"),
    (rules(ceiling_cents=None), "rules.ceiling_cents", "not_whole"),
    (rules(ceiling_cents=2**53), "rules.ceiling_cents", "too_high"),
    (rules(moment="soon"), "rules.moment", "not_one_of"),
    (rules(moment=None), "rules.moment", "not_one_of"),
    (rules(require={}), "rules.require", "not_a_list"),
    (rules(require=[5]), "rules.require[0]", "not_an_object"),
    (rules(require=[without(requirement(), "reason")]), "rules.require[0].reason", "missing"),
    (rules(require=[requirement(reason="")]), "rules.require[0].reason", "not_a_text"),
    (rules(require=[requirement(note="x")]), "rules.require[0].note", "unknown_key"),
    (rules(require=[requirement(field="age")]), "rules.require[0].field", "not_one_of"),
    (rules(require=[requirement(field="name")]), "rules.require[0].field", "not_one_of"),
    (rules(require=[requirement(op="any")]), "rules.require[0].op", "not_one_of"),
    (rules(require=[requirement(op="!=")]), "rules.require[0].op", "not_one_of"),
    (rules(require=[requirement(value=-1)]), "rules.require[0].value", "too_low"),
    (rules(require=[requirement(value=1.5)]), "rules.require[0].value", "not_whole"),
    (
        rules(require=[requirement(field="crowd_pct", value="x")]),
        "rules.require[0].value",
        "not_a_number",
    ),
    (
        rules(require=[requirement(field="crowd_pct", value=-1)]),
        "rules.require[0].value",
        "too_low",
    ),
    (rules(require=[requirement(field="theme", op=">=")]), "rules.require[0].op", "not_one_of"),
    (
        rules(require=[requirement(field="theme", op="in", value="x")]),
        "rules.require[0].value",
        "not_a_list",
    ),
    (
        rules(require=[requirement(field="theme", op="==", value=["x"])]),
        "rules.require[0].value",
        "not_a_text",
    ),
    (
        rules(require=[requirement(field="groups", op="any", value=["a", 5])]),
        "rules.require[0].value[1]",
        "not_a_text",
    ),
    (
        rules(require=[requirement(field="first_time", op="==", value="yes")]),
        "rules.require[0].value",
        "not_a_flag",
    ),
    (rules("ratio"), "rules.base", "not_an_object"),
    (rules({}), "rules.base.kind", "missing"),
    (rules({"kind": "gift"}), "rules.base.kind", "not_one_of"),
    (rules({"kind": ["ratio"]}), "rules.base.kind", "not_one_of"),
    (rules({"kind": "ratio"}), "rules.base.ratio", "missing"),
    (rules({"kind": "ratio", "ratio": "1:1"}), "rules.base.ratio", "not_a_number"),
    (rules({"kind": "ratio", "ratio": 0}), "rules.base.ratio", "not_above_zero"),
    (rules({"kind": "ratio", "ratio": "-1"}), "rules.base.ratio", "not_above_zero"),
    (rules({"kind": "ratio", "ratio": 10**200}), "rules.base.ratio", "number_too_long"),
    (
        rules({"kind": "ratio", "ratio": 1, "donor_cap_cents": 0}),
        "rules.base.donor_cap_cents",
        "too_low",
    ),
    (rules({"kind": "ratio", "ratio": 1, "last_pct": 1}), "rules.base.last_pct", "unknown_key"),
    (rules({"kind": "per_donor"}), "rules.base.amount_cents", "missing"),
    (rules({"kind": "per_donor", "amount_cents": 0}), "rules.base.amount_cents", "too_low"),
    (
        rules({"kind": "per_donor", "amount_cents": 1, "min_gift_cents": 0}),
        "rules.base.min_gift_cents",
        "too_low",
    ),
    (rules({"kind": "threshold", "min_pct": 50}), "rules.base", "one_award"),
    (rules({"kind": "threshold", "award_pct": 5, "award_cents": 5}), "rules.base", "one_award"),
    (
        rules({"kind": "threshold", "award_pct": 5, "min_pct": -1}),
        "rules.base.min_pct",
        "too_low",
    ),
    (
        rules({"kind": "threshold", "award_cents": 5, "min_donors": "20"}),
        "rules.base.min_donors",
        "not_whole",
    ),
    (rules({"kind": "topup"}), "rules.base.last_pct", "missing"),
    (rules({"kind": "topup", "last_pct": 101}), "rules.base.last_pct", "too_high"),
    (rules({"kind": "qf", "pair_bound_cents": 0}), "rules.base.pair_bound_cents", "too_low"),
    (rules({"kind": "qf", "fill": True}), "rules.base.fill", "unknown_key"),
    (rules(equity={"indicator": "p_hh_120"}), "rules.equity", "indicator_or_bands_alone"),
    (rules(equity={"bands": []}), "rules.equity", "indicator_or_bands_alone"),
    (
        rules(equity={**EQUITY, "indicator": "p_niet_westers"}),
        "rules.equity.indicator",
        "indicator_not_allowed",
    ),
    (rules(equity={**EQUITY, "combine": "sum"}), "rules.equity.combine", "not_one_of"),
    (
        rules(equity={**EQUITY, "bands": [{"factor": 2}]}),
        "rules.equity.bands[0]",
        "one_bound",
    ),
    (
        rules(equity={**EQUITY, "bands": [{"at_least": 1, "at_most": 2, "factor": 2}]}),
        "rules.equity.bands[0]",
        "one_bound",
    ),
    (
        rules(equity={**EQUITY, "bands": [{"at_least": 1}]}),
        "rules.equity.bands[0].factor",
        "missing",
    ),
    (
        rules(equity={**EQUITY, "bands": [{"at_least": 1, "factor": "0.99"}]}),
        "rules.equity.bands[0].factor",
        "factor_below_one",
    ),
    (
        rules(equity={"groups": {"minima": "1/2"}}),
        "rules.equity.groups.minima",
        "factor_below_one",
    ),
    (rules(equity={"groups": ["minima"]}), "rules.equity.groups", "not_an_object"),
    (rules(caps={"project_cents": 0}), "rules.caps.project_cents", "too_low"),
    (rules(caps={"pct_of_goal": 0}), "rules.caps.pct_of_goal", "not_above_zero"),
    (rules(caps={"to_gap": "yes"}), "rules.caps.to_gap", "not_a_flag"),
    (rules(caps={"max": 5}), "rules.caps.max", "unknown_key"),
    (rules(divide="first"), "rules.divide.kind", "not_one_of"),
    (rules(divide=[]), "rules.divide", "not_an_object"),
    (
        rules(divide={"kind": "arrival", "min_partial_cents": 0}),
        "rules.divide.min_partial_cents",
        "too_low",
    ),
    (
        rules(divide={"kind": "waterfill", "weights": "score"}),
        "rules.divide.weights",
        "not_one_of",
    ),
    (
        rules(divide={"kind": "proportional", "min_partial_cents": 5}),
        "rules.divide.min_partial_cents",
        "unknown_key",
    ),
    (rules(divide="qf_pot"), "rules.divide.kind", "needs_qf"),
    (rules(divide={"kind": "waterfill", "fill": True}), "rules.divide.fill", "unknown_key"),
    (rules(QF, {"kind": "qf_pot", "fill": 1}), "rules.divide.fill", "not_a_flag"),
    (rules(moment="live"), "rules.divide.kind", "live_needs_arrival"),
    (rules(divide="lottery", moment="live"), "rules.divide.kind", "live_needs_arrival"),
    (
        rules(divide={"kind": "arrival", "min_partial_cents": 5}, moment="live"),
        "rules.divide.min_partial_cents",
        "live_no_min_partial",
    ),
    (rules(QF) | LIVE, "rules.base.kind", "live_claim_can_fall"),
    (
        rules({"kind": "topup", "last_pct": 5}) | LIVE,
        "rules.base.kind",
        "live_claim_can_fall",
    ),
    (rules(caps={"to_gap": True}) | LIVE, "rules.caps.to_gap", "live_claim_can_fall"),
    *(
        (
            rules(require=[requirement(), requirement(field=field, op=op)]) | LIVE,
            "rules.require[1].op",
            "live_claim_can_fall",
        )
        for field in ("donors", "local_donors", "crowd_cents", "crowd_pct")
        for op in ("<", "<=", "==")
    ),
]


def facts_with(**more: Any) -> dict[str, Any]:
    """Facts of one application, with differences."""
    return {"applications": [{**application("A", 100), **more}]}


def gift_with(**more: Any) -> dict[str, Any]:
    """Facts with two gifts, of which the second differs."""
    return facts_with(contributions=[gift("d", 5), gift("e", 5) | more])


FIRST = "facts.applications[0]"
GIFT = f"{FIRST}.contributions[1]"
FACT_FAULTS: list[tuple[Any, str, str]] = [
    (None, "facts", "not_an_object"),
    ({}, "facts.applications", "missing"),
    ({"applications": {}}, "facts.applications", "not_a_list"),
    ({"applications": [], "names": []}, "facts.names", "unknown_key"),
    ({"applications": [5]}, FIRST, "not_an_object"),
    ({"applications": [without(application(), "id")]}, f"{FIRST}.id", "missing"),
    (facts_with(id=5), f"{FIRST}.id", "not_a_text"),
    (facts_with(id=""), f"{FIRST}.id", "not_a_text"),
    (
        {"applications": [application("A"), application("B"), application("A")]},
        "facts.applications[2].id",
        "repeated_id",
    ),
    (facts_with(received_at="2026-03-01T09:00:00"), f"{FIRST}.received_at", "not_an_instant"),
    (facts_with(received_at=1772352000), f"{FIRST}.received_at", "not_an_instant"),
    (facts_with(goal_cents=0), f"{FIRST}.goal_cents", "too_low"),
    (facts_with(goal_cents=1000.0), f"{FIRST}.goal_cents", "not_whole"),
    (facts_with(name="Anna"), f"{FIRST}.name", "unknown_key"),
    (facts_with(groups="minima"), f"{FIRST}.groups", "not_a_list"),
    (facts_with(theme=5), f"{FIRST}.theme", "not_a_text"),
    (facts_with(first_time=1), f"{FIRST}.first_time", "not_a_flag"),
    (facts_with(score="good"), f"{FIRST}.score", "not_a_number"),
    (facts_with(area="BU1"), f"{FIRST}.area", "not_an_object"),
    (facts_with(area={}), f"{FIRST}.area", "shares_not_one"),
    (facts_with(area={"BU1": "0.5", "BU2": "0.4"}), f"{FIRST}.area", "shares_not_one"),
    (facts_with(area={"BU1": "0.3", "BU2": "0.8"}), f"{FIRST}.area", "shares_not_one"),
    (facts_with(area={"BU1": "2", "BU2": "-1"}), f"{FIRST}.area.BU2", "too_low"),
    (facts_with(area={"BU1": "all"}), f"{FIRST}.area.BU1", "not_a_number"),
    (facts_with(contributions=None), f"{FIRST}.contributions", "not_a_list"),
    (gift_with(amount_cents=0), f"{GIFT}.amount_cents", "too_low"),
    (gift_with(amount_cents=-100), f"{GIFT}.amount_cents", "too_low"),
    (gift_with(amount_cents=1.5), f"{GIFT}.amount_cents", "not_whole"),
    (gift_with(amount_cents=True), f"{GIFT}.amount_cents", "not_whole"),
    (gift_with(donor=5), f"{GIFT}.donor", "not_a_text"),
    (gift_with(donor=""), f"{GIFT}.donor", "not_a_text"),
    (gift_with(matchable="no"), f"{GIFT}.matchable", "not_a_flag"),
    (gift_with(matchable=None), f"{GIFT}.matchable", "not_a_flag"),
    (gift_with(paid_at="yesterday"), f"{GIFT}.paid_at", "not_an_instant"),
    (gift_with(area=5), f"{GIFT}.area", "not_a_text"),
    (gift_with(name="Anna"), f"{GIFT}.name", "unknown_key"),
    (gift_with(email="a@example.org"), f"{GIFT}.email", "unknown_key"),
    (FACTS | {"areas": []}, "facts.areas", "not_an_object"),
    (FACTS | {"areas": {"BU1": {"name": "x"}}}, "facts.areas.BU1.name", "unknown_key"),
    (FACTS | {"areas": {"BU1": {"parent": 5}}}, "facts.areas.BU1.parent", "not_a_text"),
    (
        FACTS | {"areas": {"BU1": {"values": {"p_hh_120": "."}}}},
        "facts.areas.BU1.values.p_hh_120",
        "not_a_number",
    ),
    (
        FACTS | {"areas": {"BU1": {"values": {"a_geb_nl": 5}}}},
        "facts.areas.BU1.values.a_geb_nl",
        "indicator_not_allowed",
    ),
    (
        FACTS | {"areas": {"BU1": {"parent": "BU1"}}},
        "facts.areas.BU1.parent",
        "parents_in_a_circle",
    ),
    (
        FACTS | {"areas": {"A": {"parent": "B"}, "B": {"parent": "C"}, "C": {"parent": "B"}}},
        "facts.areas.B.parent",
        "parents_in_a_circle",
    ),
    (FACTS | {"lottery_seed": 5}, "facts.lottery_seed", "not_a_text"),
]
