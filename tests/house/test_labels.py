"""Everything that staff read on their screens has a name: deeds, alerts, bookings, states."""

import ast

from tests.support.source import calls_of
from voorjebuurt.campaigns.rules import CAMPAIGN_TRANSITIONS, CampaignStatus
from voorjebuurt.decisions.rules.kinds import DECISION_TRANSITIONS, DecisionKind, DecisionStatus
from voorjebuurt.decisions.rules.objections import (
    OBJECTION_TRANSITIONS,
    Channel,
    ObjectionStatus,
)
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.ledger.rules import CHART
from voorjebuurt.matching.applications.states import APPLICATION_TRANSITIONS, ApplicationStatus
from voorjebuurt.matching.funds.states import FUND_TRANSITIONS
from voorjebuurt.payments.rules import PaymentStatus, RefundStatus
from voorjebuurt.payouts.rules import PayeeStatus, PayoutStatus
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges.rules import PledgeStatus
from voorjebuurt.web.words import case_labels
from voorjebuurt.web.words import money_labels as labels
from voorjebuurt.web.words.campaign_labels import STATES
from voorjebuurt.web.words.trail_labels import ACTIONS, ALERTS


def given(method: str, argument: str, position: int | None = None) -> set[str]:
    """The constants with which a function of the package is called."""
    constants = set()
    for _, call in calls_of(method):
        values = [keyword.value for keyword in call.keywords if keyword.arg == argument]
        if position is not None:
            values += call.args[position : position + 1]
        constants |= {
            value.value
            for value in values
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
        }
    return constants


def test_every_deed_in_the_trail_has_a_name() -> None:
    actions = given("record", "action")
    actions |= {f"campaign.{action}" for action in CAMPAIGN_TRANSITIONS.table}
    actions |= {f"application.{action}" for action in APPLICATION_TRANSITIONS.table}
    actions |= {f"decision.{action}" for action in DECISION_TRANSITIONS.table}
    actions |= {f"objection.{action}" for action in OBJECTION_TRANSITIONS.table}
    actions |= {f"application.{deed}" for deed in given("record_application", "deed", 2)}
    actions |= {f"fund.{action}" for action in FUND_TRANSITIONS.table}
    actions |= {f"fund.{action}" for action in given("record_fund", "action")}
    actions |= {f"payment.{status}" for status in PaymentStatus if status != "creating"}
    actions -= {"payment.authorized"}  # cards that are captured later: we offer none
    assert len(actions) > 30
    assert actions - ACTIONS.keys() == set()


def test_every_alert_says_what_to_do() -> None:
    kinds = given("raise_alert", "kind") | given("_alert", "kind", 2)
    assert len(kinds) > 8
    assert kinds - ALERTS.keys() == set()
    assert all(str(name) and str(advice) for name, advice in ALERTS.values())


def test_every_booking_and_account_has_a_name() -> None:
    assert given("post", "kind") - labels.BOOKINGS.keys() == set()
    assert CHART.keys() - labels.ACCOUNTS.keys() == set()


def test_every_state_has_a_name() -> None:
    assert set(CampaignStatus) == STATES.keys()
    assert {state.value for state in PledgeStatus} == labels.GIFT_STATES.keys()
    assert {state.value for state in RefundStatus} == labels.REFUND_STATES.keys()
    assert {state.value for state in PayeeStatus} == labels.PAYEE_STATES.keys()
    assert {state.value for state in PayoutStatus} == labels.PAYOUT_STATES.keys()
    assert {state.value for state in ApplicationStatus} == case_labels.APPLICATION_STATES.keys()
    assert {kind.value for kind in DecisionKind} == case_labels.DECISION_KINDS.keys()
    assert {state.value for state in DecisionStatus} == case_labels.DECISION_STATES.keys()
    assert {state.value for state in ObjectionStatus} == case_labels.OBJECTION_STATES.keys()
    assert {channel.value for channel in Channel} == case_labels.OBJECTION_CHANNELS.keys()
    assert {kind.value for kind in WorkKind} == case_labels.WORK_KINDS.keys()
    assert {kind.value for kind in TermEventKind} == case_labels.TERM_EVENTS.keys()
    assert {role.value for role in Role} == labels.ROLES.keys()
