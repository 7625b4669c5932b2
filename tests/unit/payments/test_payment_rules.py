"""States of payments and refunds: every pair that the tables refuse is refused."""

import pytest

from voorjebuurt.kernel.errors import TransitionError
from voorjebuurt.kernel.transitions import Transitions
from voorjebuurt.payments.rules import (
    PAYMENT_TRANSITIONS,
    REFUND_TRANSITIONS,
    UNDECIDED,
    UNPAID_FINAL,
    PaymentStatus,
    RefundStatus,
    provider_of,
    webhook_url,
)

PAYMENTS_REFUSED = {
    "open": "pending authorized paid failed canceled expired abandoned",
    "pending": "paid failed canceled expired abandoned",
    "authorized": "paid failed canceled expired abandoned",
    "paid": "",
    "failed": "paid",
    "canceled": "paid",
    "expired": "paid",
    "abandoned": "open pending authorized paid failed canceled expired",
}
"""Action -> the states from which it may not start, written out by hand."""

REFUNDS_REFUSED = {
    "queued": "pending processing refunded failed canceled",
    "pending": "processing refunded failed canceled",
    "processing": "refunded failed canceled",
    "refunded": "failed canceled",
    "failed": "canceled",
    "canceled": "refunded failed",
}


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return sorted((state, action) for action, states in table.items() for state in states.split())


@pytest.mark.parametrize(("state", "action"), pairs(PAYMENTS_REFUSED))
def test_a_refused_transition_of_a_payment(state: str, action: str) -> None:
    with pytest.raises(TransitionError) as error:
        PAYMENT_TRANSITIONS.after(PaymentStatus(state), action)
    assert error.value.values == {"state": state, "action": action}


def test_no_other_transition_of_a_payment_is_refused() -> None:
    illegal = {
        (state.value, action) for state, action in PAYMENT_TRANSITIONS.refused(PaymentStatus)
    }
    assert illegal == set(pairs(PAYMENTS_REFUSED))


@pytest.mark.parametrize(("state", "action"), pairs(REFUNDS_REFUSED))
def test_a_refused_transition_of_a_refund(state: str, action: str) -> None:
    with pytest.raises(TransitionError):
        REFUND_TRANSITIONS.after(RefundStatus(state), action)


def test_no_other_transition_of_a_refund_is_refused() -> None:
    illegal = {(state.value, action) for state, action in REFUND_TRANSITIONS.refused(RefundStatus)}
    assert illegal == set(pairs(REFUNDS_REFUSED))


@pytest.mark.parametrize("transitions", [PAYMENT_TRANSITIONS, REFUND_TRANSITIONS])
def test_an_action_leads_to_the_state_of_its_name(
    transitions: Transitions[PaymentStatus] | Transitions[RefundStatus],
) -> None:
    assert {action: to.value for action, (_, to) in transitions.table.items()} == {
        action: action for action in transitions.table
    }


def test_every_state_but_paid_is_undecided_or_ended_unpaid() -> None:
    assert set(PaymentStatus) == UNDECIDED | UNPAID_FINAL | {PaymentStatus.PAID}
    assert not UNDECIDED & UNPAID_FINAL


def test_the_address_of_a_webhook_names_its_provider() -> None:
    address = webhook_url("https://site.example/part", provider="mollie", token="t" * 43)
    assert address == f"https://site.example/part/hooks/mollie/{'t' * 43}"
    assert provider_of(address) == "mollie"
