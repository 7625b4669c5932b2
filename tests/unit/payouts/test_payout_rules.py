"""States of payees and payouts, account numbers, and the bank's days."""

from datetime import date

import pytest

from voorjebuurt.kernel.errors import DomainError, TransitionError
from voorjebuurt.payouts.iban import grouped, masked, normal_iban
from voorjebuurt.payouts.rules import (
    CURRENT_PAYEE,
    PAYEE_TRANSITIONS,
    PAYOUT_TRANSITIONS,
    UNDER_WAY,
    PayeeStatus,
    PayoutStatus,
    working_day,
)


@pytest.mark.parametrize(("state", "action"), PAYEE_TRANSITIONS.refused(PayeeStatus))
def test_a_payee_is_not_moved_from_a_wrong_state(state: PayeeStatus, action: str) -> None:
    with pytest.raises(TransitionError):
        PAYEE_TRANSITIONS.after(state, action)


@pytest.mark.parametrize(("state", "action"), PAYOUT_TRANSITIONS.refused(PayoutStatus))
def test_a_payout_is_not_moved_from_a_wrong_state(state: PayoutStatus, action: str) -> None:
    with pytest.raises(TransitionError):
        PAYOUT_TRANSITIONS.after(state, action)


def test_a_payout_goes_its_way() -> None:
    state = PayoutStatus.PROPOSED
    for action in ("release", "export", "execute"):
        state = PAYOUT_TRANSITIONS.after(state, action)
    assert state is PayoutStatus.EXECUTED
    assert PAYOUT_TRANSITIONS.after(state, "return") is PayoutStatus.RETURNED


def test_what_is_in_a_bank_file_can_not_be_cancelled() -> None:
    assert not PAYOUT_TRANSITIONS.allowed(PayoutStatus.EXPORTED, "cancel")
    assert PayoutStatus.EXPORTED in UNDER_WAY


def test_a_refused_or_replaced_payee_does_not_come_back() -> None:
    for state in set(PayeeStatus) - CURRENT_PAYEE - {PayeeStatus.PROPOSAL}:
        assert not any(PAYEE_TRANSITIONS.allowed(state, a) for a in PAYEE_TRANSITIONS.table)


@pytest.mark.parametrize(
    "text",
    [
        "NL91ABNA0417164300",
        "nl91 abna 0417 1643 00",
        " NL91\u00a0ABNA 0417 1643 00\t",
        "NL91.ABNA.0417.1643.00",
        "NL91-ABNA-0417164300",
        "IBAN: NL91 ABNA 0417 1643 00",
        "iban nl91abna0417164300",
        "IBAN-nummer: NL91ABNA0417164300",
        "\u202aNL91\u202fABNA\u200b0417\u20091643\ufeff00\u202c",
    ],
)
def test_an_iban_has_one_spelling(text: str) -> None:
    assert normal_iban(text) == "NL91ABNA0417164300"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "iban_missing"),
        ("   ", "iban_missing"),
        ("NL91ABNA0417164301", "iban_invalid"),
        ("NL91ABNA041716430", "iban_invalid"),
        ("0417164300", "iban_invalid"),
        ("NL91 ABNA ٠٤١٧ ١٦٤٣ ٠٠", "iban_invalid"),
        ("XX91ABNA0417164300", "iban_invalid"),
        ("<script>alert(1)</script>", "iban_invalid"),
        ("BR1800360305000010009795493C1", "iban_not_sepa"),
        ("TR330006100519786457841326", "iban_not_sepa"),
    ],
)
def test_what_is_no_usable_iban_is_refused_at_its_field(text: str, code: str) -> None:
    with pytest.raises(DomainError) as error:
        normal_iban(text)
    assert (error.value.code, error.value.field) == (code, "iban")


@pytest.mark.parametrize(
    "iban", ["DE89370400440532013000", "BE68539007547034", "GB29NWBK60161331926819"]
)
def test_ibans_from_other_sepa_countries_are_taken(iban: str) -> None:
    assert normal_iban(iban) == iban


def test_an_iban_is_shown_whole_or_masked() -> None:
    assert grouped("NL91ABNA0417164300") == "NL91 ABNA 0417 1643 00"
    assert masked("NL91ABNA0417164300") == "NL91 •••• 4300"
    assert "ABNA0417" not in masked("NL91ABNA0417164300")


@pytest.mark.parametrize(
    ("day", "day_after"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 11, 23), date(2026, 11, 23)),
    ],
)
def test_banks_do_not_work_in_the_weekend(day: date, day_after: date) -> None:
    assert working_day(day) == day_after
