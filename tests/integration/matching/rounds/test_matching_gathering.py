"""Gifts added up by PostgreSQL and in arrays: the same outcome as gift by gift, to the letter."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, Uuid, func, select
from sqlalchemy.orm import Session

from tests.support import matching_strategies as some
from tests.support.aggregation import decide_gathered, gifts_of
from tests.support.certain import certain
from tests.support.profiles import slow
from tests.support.rules_and_facts import INDICATORS, application, as_read, gift, rules
from voorjebuurt.kernel.db import Database
from voorjebuurt.rulebook.evaluation import add_up, decide, read
from voorjebuurt.rulebook.facts import Facts
from voorjebuurt.rulebook.ruleset import Ruleset

few = slow(10)

BASES = {
    "ratio": {"kind": "ratio", "ratio": "2/3"},
    "ratio with a donor cap": {"kind": "ratio", "ratio": "1/1", "donor_cap_cents": 300},
    "per_donor": {"kind": "per_donor", "amount_cents": 250, "min_gift_cents": 100},
    "threshold by share": {"kind": "threshold", "min_pct": 20, "min_donors": 2, "award_pct": 50},
    "threshold in cents": {"kind": "threshold", "min_donors": 1, "award_cents": 333},
    "topup": {"kind": "topup", "last_pct": 60},
    "qf": {"kind": "qf"},
    "qf with a pair bound": {"kind": "qf", "pair_bound_cents": 99},
}
DIVIDES = {
    "arrival": {"kind": "arrival", "min_partial_cents": 50},
    "tender": {"kind": "tender"},
    "lottery": {"kind": "lottery"},
    "proportional": {"kind": "proportional"},
    "waterfill": {"kind": "waterfill"},
    "waterfill by factor": {"kind": "waterfill", "weights": "equity"},
    "qf_pot": {"kind": "qf_pot"},
    "qf_pot with fill": {"kind": "qf_pot", "fill": True},
}
PAIRS = [
    (base, divide)
    for base in BASES
    for divide in DIVIDES
    if base.startswith("qf") or not divide.startswith("qf_pot")
]
EVERYTHING = {
    "equity": {"indicator": "p_hh_120", "bands": [{"at_least": 10, "factor": "4/3"}]},
    "caps": {"pct_of_goal": 75},
}


def case_of(ruleset: Any, facts: Any) -> tuple[Ruleset, Facts]:
    return read(as_read(ruleset), as_read(facts), indicators=INDICATORS)


def told(outcome: Any) -> str:
    return json.dumps(outcome.as_json(), ensure_ascii=False)


@pytest.mark.parametrize(("base", "divide"), PAIRS)
def test_the_outcome_is_the_plain_engines(database: Database, base: str, divide: str) -> None:
    @few
    @given(some.facts(), st.integers(1, 3000), st.lists(some.requirements(), max_size=2))
    def the_same(facts: Any, ceiling: int, require: Any) -> None:
        more = {**EVERYTHING, "ceiling_cents": ceiling, "require": require}
        ruleset, read_in = case_of(rules(BASES[base], DIVIDES[divide], **more), facts)
        with database.snapshot() as session:
            outcome = decide_gathered(session, ruleset, read_in, gifts_of(read_in))
        assert told(outcome) == told(decide(ruleset, read_in))

    the_same()


@given(case=st.tuples(some.closing_rules(), some.facts()))
def test_any_rules_give_the_plain_engines_outcome(database: Database, case: Any) -> None:
    ruleset, facts = case_of(*case)
    with database.snapshot() as session:
        outcome = decide_gathered(session, ruleset, facts, gifts_of(facts))
    assert told(outcome) == told(decide(ruleset, facts))


LOCALS = [{"field": "local_donors", "op": ">=", "value": 0, "reason": "omdat het zo is"}]


@few
@given(facts=some.facts())
def test_every_measure_is_the_plain_engines(database: Database, facts: Any) -> None:
    ruleset, read_in = case_of(rules(BASES["per_donor"], require=LOCALS), facts)
    with database.snapshot() as session:
        outcome = decide_gathered(session, ruleset, read_in, gifts_of(read_in))
    measures = add_up(ruleset, read_in).measures
    assert {key: case.measures for key, case in outcome.cases.items()} == measures


UUIDS = [f"01900000-0000-7000-8000-00000000000{digit}" for digit in range(3)]


@pytest.mark.parametrize("kind", [Uuid(), LargeBinary()])
def test_keys_may_be_uuids_or_bytes(session: Session, kind: Any) -> None:
    gifts = [gift(UUIDS[0], 500), gift(UUIDS[1], 500), gift(UUIDS[0], 300, area="BU1")]
    facts = {"applications": [application(UUIDS[2], *gifts, area={"BU1": 1})]}
    ruleset, read_in = case_of(rules({"kind": "qf"}, require=LOCALS), facts)
    selectable = gifts_of(read_in, application=Uuid(), donor=kind)
    outcome = decide_gathered(session, ruleset, read_in, selectable)
    assert told(outcome) == told(decide(ruleset, read_in))
    assert outcome.cases[UUIDS[2]].measures.local_donors == 1


def test_gifts_to_other_applications_are_left_out(session: Session) -> None:
    both = {"applications": [application("A", 100, 300), application("B", 900)]}
    ruleset, read_in = case_of(rules(), both)
    only = Facts(read_in.applications[:1], read_in.gifts, {})
    outcome = decide_gathered(session, ruleset, only, gifts_of(read_in))
    assert outcome.claims == {"A": 400}


def test_amounts_below_a_cent_are_refused(session: Session) -> None:
    ruleset, read_in = case_of(rules(), {"applications": [application("A", 100)]})
    given_back = select(
        *(
            (-each).label(each.name) if each.name == "amount_cents" else each
            for each in gifts_of(read_in).c
        )
    ).subquery()
    with pytest.raises(ValueError, match="below one cent"):
        decide_gathered(session, ruleset, read_in, given_back)


def test_the_query_leaves_the_connection_as_it_was(session: Session) -> None:
    memory = session.scalar(select(func.current_setting("work_mem")))
    cursors = certain(session.connection().connection.driver_connection).cursor_factory
    ruleset, read_in = case_of(rules(), {"applications": [application("A", 100)]})
    decide_gathered(session, ruleset, read_in, gifts_of(read_in))
    assert session.scalar(select(func.current_setting("work_mem"))) == memory
    assert certain(session.connection().connection.driver_connection).cursor_factory is cursors
