"""What cash may do: limits, the last day, and references that banks check."""

from datetime import date

import pytest

from tests.support.cash import LIMITS
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.pledges.tins.rules import (
    CASH_TRANSITIONS,
    CashState,
    Giver,
    bare_reference,
    creditor_reference,
    judge_amount,
    still_counts,
)

DAY = date(2026, 3, 31)


@pytest.mark.parametrize("number", [1, 42, 9_999_999])
def test_a_reference_is_one_that_banks_accept(number: int) -> None:
    reference = creditor_reference(number)
    assert len(reference) <= 25
    digits = reference[4:] + reference[:4]
    assert int("".join(str(int(each, 36)) for each in digits)) % 97 == 1
    assert bare_reference(f"{reference[:4]} {reference[4:8]} {reference[8:].lower()}") == reference


@pytest.mark.parametrize(
    ("status", "received_on", "counts"),
    [
        (CampaignStatus.LIVE, DAY, True),
        (CampaignStatus.CLOSING, DAY, True),
        (CampaignStatus.CLOSING, date(2026, 4, 1), False),
        (CampaignStatus.SUCCEEDED, DAY, True),
        (CampaignStatus.NEAR_MISS, DAY, False),
        (CampaignStatus.FAILED, DAY, False),
        (CampaignStatus.CANCELLED, DAY, False),
    ],
)
def test_a_deposit_counts_that_was_there_on_the_last_day(
    status: CampaignStatus, received_on: date, counts: bool
) -> None:
    assert still_counts(status, received_on=received_on, deadline_on=DAY) is counts
    assert not still_counts(status, received_on=received_on, deadline_on=None)


def test_amounts_up_to_the_limits_are_taken() -> None:
    judge_amount(Giver.STRANGER, "", LIMITS.anonymous_max_cents, 0, LIMITS)
    judge_amount(Giver.PERSON, "Noor", LIMITS.gift_max_cents, 0, LIMITS)
    room = LIMITS.tin_max_cents - LIMITS.gift_max_cents
    judge_amount(Giver.COLLECTION, "", LIMITS.gift_max_cents, room, LIMITS)
    with pytest.raises(DomainError, match="cash_tin_full"):
        judge_amount(Giver.COLLECTION, "", LIMITS.gift_max_cents, room + 1, LIMITS)


def test_what_is_home_or_crossed_out_goes_nowhere() -> None:
    for state in (CashState.HOME, CashState.VOID):
        assert not any(CASH_TRANSITIONS.allowed(state, action) for action in CASH_TRANSITIONS.table)
