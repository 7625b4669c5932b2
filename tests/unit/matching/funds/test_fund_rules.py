"""A fund's states as a table, and what publishing asks of a draft."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.matching.funds.gaps import FundFacts, publishing_gaps
from voorjebuurt.matching.funds.states import FUND_TRANSITIONS, FundStatus

S = FundStatus
LIFE = ("rehearse", "publish", "open", "close", "divide", "settle")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WHOLE = FundFacts(
    purpose="Voor de buurt",
    legal_basis="Subsidieregeling, artikel 4",
    sender="Namens het college",
    objection_address="Postbus 1",
    opens_at=NOW + timedelta(days=1),
    closes_at=NOW + timedelta(days=30),
    checklist=("In de gemeente",),
    by_lottery=False,
    lottery_source="",
)


@pytest.mark.parametrize(("state", "action"), FUND_TRANSITIONS.refused(FundStatus), ids=str)
def test_a_refused_transition_of_a_fund(state: FundStatus, action: str) -> None:
    with pytest.raises(TransitionError) as refusal:
        FUND_TRANSITIONS.after(state, action)
    assert refusal.value.values == {"state": state.value, "action": action}


def test_a_fund_lives_from_draft_to_settled() -> None:
    state = S.DRAFT
    states = [state]
    for action in LIFE:
        state = FUND_TRANSITIONS.after(state, action)
        states.append(state)
    assert states == [
        *(S.DRAFT, S.REHEARSED, S.PUBLISHED, S.OPEN),
        *(S.CLOSED, S.DIVIDED, S.SETTLED),
    ]


def test_only_what_is_not_open_yet_can_be_withdrawn() -> None:
    withdrawable = {state for state in S if FUND_TRANSITIONS.allowed(state, "withdraw")}
    assert withdrawable == {S.DRAFT, S.REHEARSED, S.PUBLISHED}


def test_nothing_follows_on_settled_or_withdrawn() -> None:
    for action in FUND_TRANSITIONS.table:
        assert not FUND_TRANSITIONS.allowed(S.SETTLED, action)
        assert not FUND_TRANSITIONS.allowed(S.WITHDRAWN, action)


def test_a_whole_draft_may_be_published() -> None:
    assert list(publishing_gaps(WHOLE, now=NOW)) == []


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"purpose": ""}, "purpose", "fund_purpose_missing"),
        ({"legal_basis": ""}, "legal_basis", "fund_legal_basis_missing"),
        ({"opens_at": None}, "opens_on", "fund_period_missing"),
        ({"closes_at": None}, "opens_on", "fund_period_missing"),
        ({"opens_at": NOW}, "opens_on", "fund_opens_in_past"),
        ({"checklist": ()}, "checklist", "fund_checklist_missing"),
        ({"by_lottery": True}, "lottery_source", "fund_lottery_source_missing"),
        ({"sender": ""}, "sender", "fund_sender_missing"),
        ({"objection_address": ""}, "objection_address", "fund_objection_address_missing"),
    ],
)
def test_what_is_missing_is_told_with_its_field(
    change: dict[str, Any], field: str, code: str
) -> None:
    gaps = list(publishing_gaps(replace(WHOLE, **change), now=NOW))
    assert [(gap.name, gap.code) for gap in gaps] == [(field, code)]
