"""Everything that staff read on their screens has a name: deeds, alerts, bookings, states."""

import ast

from tests.support.source import calls_of, nodes, place
from voorjebuurt.audit.actions import OLD_ACTIONS, Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.rulebook.bases import BASES
from voorjebuurt.rulebook.divides import DIVIDES
from voorjebuurt.web.words import fund_labels
from voorjebuurt.web.words import money_labels as labels
from voorjebuurt.web.words.trail_labels import ACTIONS, ALERTS, DETAILS, TOPICS, action_name


def named(enumeration: str) -> set[str]:
    """The members that the package writes: those named outside of their own list and the labels."""
    return {
        node.attr
        for name, node in nodes(ast.Attribute)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == enumeration
        and not name.startswith(("web/words/", "audit/actions.py", "audit/alerts.py"))
    }


def constants(method: str, argument: str) -> list[str]:
    """Where a function of the package is called with a bare text."""
    return [
        place(name, call)
        for name, call in calls_of(method)
        for keyword in call.keywords
        if keyword.arg == argument and isinstance(keyword.value, ast.Constant | ast.JoinedStr)
    ]


def test_what_is_written_is_a_member_and_not_a_text() -> None:
    assert constants("record", "action") == []
    assert constants("raise_alert", "kind") == []
    assert constants("post", "kind") == []
    assert [name for name, _ in calls_of("AuditEvent")] == ["audit/service.py"]


def test_every_action_is_written_somewhere_and_has_a_name() -> None:
    assert {action.name for action in Action} - named("Action") == set()
    assert set(Action) == ACTIONS.keys()
    assert {action.topic for action in Action} == TOPICS.keys()


def test_a_row_of_before_has_the_same_name_as_one_of_today() -> None:
    assert action_name("decision.propose") == action_name("decision.proposed")
    assert action_name("decision.propose") == "Proposed a decision"
    assert action_name("unmatched.named") == action_name("unmatched_giver.named")
    assert {action_name(old) for old in OLD_ACTIONS} & OLD_ACTIONS.keys() == set()
    assert action_name("never.heard_of") == "never.heard_of"


def test_every_alert_is_raised_somewhere_and_says_what_to_do() -> None:
    assert {kind.name for kind in AlertKind} - named("AlertKind") == set()
    assert set(AlertKind) == ALERTS.keys()
    assert all(str(name) and str(advice) for name, advice in ALERTS.values())


def test_every_detail_of_an_alert_has_a_name() -> None:
    details = [
        keyword.value
        for _, call in calls_of("raise_alert")
        for keyword in call.keywords
        if keyword.arg == "detail" and isinstance(keyword.value, ast.Dict)
    ]
    names = {
        key.value for mapping in details for key in mapping.keys if isinstance(key, ast.Constant)
    }
    assert len(names) > 8
    assert names - DETAILS.keys() == set()


def test_every_booking_and_account_has_a_name() -> None:
    assert {kind.name for kind in BookingKind} - named("BookingKind") == set()
    assert set(BookingKind) == labels.BOOKINGS.keys()


def test_every_kind_of_rule_has_a_name_a_note_and_texts_for_its_fields() -> None:
    bases = {base.kind for base in BASES}
    divides = {kind for divide in DIVIDES for kind in divide.kinds}
    assert bases == fund_labels.BASE_LABELS.keys() == fund_labels.BASE_NOTES.keys()
    assert divides == fund_labels.DIVIDE_LABELS.keys() == fund_labels.DIVIDE_NOTES.keys()
    kinds = [base.fields for base in BASES] + [divide.fields for divide in DIVIDES]
    fields = {field.name for kind_fields in kinds for field in kind_fields}
    assert fields == fund_labels.RULESET_FIELDS.keys()
