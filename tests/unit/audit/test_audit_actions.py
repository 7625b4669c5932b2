"""Audit actions have one grammar, rows of before keep their meaning, and tables are complete."""

import re
from typing import Any

import pytest

from voorjebuurt.audit.actions import OLD_ACTIONS, Action, action_of, texts_of
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns import lifecycle as campaigns
from voorjebuurt.campaigns.rules import CAMPAIGN_TRANSITIONS
from voorjebuurt.decisions.objections import rows as objections
from voorjebuurt.decisions.rules.objections import OBJECTION_TRANSITIONS
from voorjebuurt.kernel.transitions import Transitions
from voorjebuurt.matching.applications import rows as applications
from voorjebuurt.matching.applications.states import APPLICATION_TRANSITIONS
from voorjebuurt.matching.funds import lifecycle as funds
from voorjebuurt.matching.funds.states import FUND_TRANSITIONS
from voorjebuurt.payments.rules import PaymentStatus
from voorjebuurt.payments.service import STATUS_ACTIONS

GRAMMAR = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*", re.ASCII)
IRREGULAR = {
    "begun",
    "left",
    "put",
    "seen",
    "told",
    "taken",
    "chosen",
    "done",
    "fell",
    "found",
    "made",
    "paid",
    "sent",
    "written",
    "drawn",
    "laid",
    "set",
    "undone",
    "hidden",
    "shown",
    "upheld",
    "withdrawn",
}
"""Verbs in the past that don't end in -ed."""
LATER = {"objection.uphold_in_part", "objection.reopen"}
"""Transitions from after the grammar."""

NEW = frozenset({"fall_back"})
"""Transitions that came after the grammar: no row has their bare name."""

MACHINES = [
    (CAMPAIGN_TRANSITIONS, campaigns.TRANSITION_ACTIONS, "campaign"),
    (FUND_TRANSITIONS, funds.TRANSITION_ACTIONS, "fund"),
    (APPLICATION_TRANSITIONS, applications.TRANSITION_ACTIONS, "application"),
    (OBJECTION_TRANSITIONS, objections.TRANSITION_ACTIONS, "objection"),
]


@pytest.mark.parametrize("action", Action)
def test_an_action_is_a_subject_and_a_verb_in_the_past(action: Action) -> None:
    assert GRAMMAR.fullmatch(action.value)
    assert action.name == action.value.replace(".", "_").upper()
    verb = action.value.removeprefix(f"{action.topic}.").split("_")
    assert [word for word in verb if word.endswith("ed") or word in IRREGULAR]


@pytest.mark.parametrize(("table", "actions", "topic"), MACHINES, ids=["c", "f", "a", "o"])
def test_every_transition_has_an_action_of_its_own(
    table: Transitions[Any], actions: dict[str, Action], topic: str
) -> None:
    assert actions.keys() == table.table.keys()
    assert len(set(actions.values())) == len(actions)
    assert {action.topic for action in actions.values()} == {topic}


def test_every_status_of_a_payment_has_an_action_of_its_own() -> None:
    assert STATUS_ACTIONS.keys() == set(PaymentStatus) - {PaymentStatus.CREATING}
    assert len(set(STATUS_ACTIONS.values())) == len(STATUS_ACTIONS)


@pytest.mark.parametrize(("table", "actions", "topic"), MACHINES, ids=["c", "f", "a", "o"])
def test_a_transition_of_before_is_read_as_the_action_of_today(
    table: Transitions[Any], actions: dict[str, Action], topic: str
) -> None:
    """Machines wrote the name of the transition after their subject."""
    old = {name for name in table.table if f"{topic}.{name}" not in LATER and name not in NEW}
    assert {name: action_of(f"{topic}.{name}") for name in old} == {
        name: actions[name] for name in old
    }


def test_an_old_text_is_no_text_of_today_and_of_the_same_sort() -> None:
    assert len(OLD_ACTIONS) == 52
    assert not OLD_ACTIONS.keys() & set(Action)
    renames = {"unmatched": "unmatched_giver"}
    for text, action in OLD_ACTIONS.items():
        topic = text.partition(".")[0]
        assert renames.get(topic, topic) == action.topic


def test_the_texts_of_an_action_are_those_of_today_and_before() -> None:
    assert texts_of([Action.DECISION_PROPOSED]) == {"decision.proposed", "decision.propose"}
    assert texts_of([Action.PLEDGE_MADE]) == {"pledge.made"}
    assert texts_of([]) == frozenset()
    assert [action_of(text) for text in sorted(texts_of(Action))].count(None) == 0
    assert action_of("decision.invented") is None


def test_alerts_are_named_as_they_are_stored() -> None:
    assert [kind.name.lower() for kind in AlertKind] == [kind.value for kind in AlertKind]
