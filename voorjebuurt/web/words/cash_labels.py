"""What cash, and where it is, is called; and what is said when something can't be done."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.pledges.by_hand.rules import DeskWay, Telling
from voorjebuurt.pledges.tins.rules import (
    ArrivalState,
    CashState,
    DepositState,
    Giver,
    ReturnState,
    ReversalState,
)

_l = lazy_gettext

GIVERS: dict[str, LazyString] = {
    Giver.PERSON.value: _l("Somebody who tells their name"),
    Giver.STRANGER.value: _l("Somebody who tells no name"),
    Giver.COLLECTION.value: _l("A collection, of many together"),
}
DESK_WAYS: dict[str, LazyString] = {
    DeskWay.CHECKOUT.value: _l("With a bank app or card, on the payment page"),
    DeskWay.CASH.value: _l("In cash, into the tin"),
}
TELLINGS: dict[str, LazyString] = {
    Telling.HAND.value: _l("I told them myself"),
    Telling.LETTER.value: _l("I brought or sent the letter"),
    Telling.NOBODY.value: _l("I could not reach them"),
}
CASH_STATES: dict[str, tuple[LazyString, str]] = {
    CashState.ENTRY.value: (_l("Waits for a second person"), "warning"),
    CashState.TIN.value: (_l("In the tin"), "info"),
    CashState.WAY.value: (_l("On its way to the bank"), "info"),
    CashState.BANK.value: (_l("At the bank: it counts"), "positive"),
    CashState.BACK.value: (_l("To be given back"), "warning"),
    CashState.HOME.value: (_l("Given back"), "neutral"),
    CashState.VOID.value: (_l("Crossed out"), "neutral"),
}
CASH_DEPOSIT_STATES: dict[str, tuple[LazyString, str]] = {
    DepositState.WAY.value: (_l("On its way to the bank"), "info"),
    DepositState.BANK.value: (_l("At the bank: it counts"), "positive"),
    DepositState.BACK.value: (_l("Came too late: it goes back"), "warning"),
    DepositState.VOID.value: (_l("Not transferred"), "neutral"),
}
ARRIVAL_STATES: dict[str, tuple[LazyString, str]] = {
    ArrivalState.ENTRY.value: (_l("Waits for a second person"), "warning"),
    ArrivalState.BANK.value: (_l("Cash that is booked"), "positive"),
    ArrivalState.REVERSAL.value: (_l("Cash that was reversed"), "neutral"),
    ArrivalState.VOID.value: (_l("Cash that was dismissed"), "neutral"),
}
RETURN_STATES: dict[str, tuple[LazyString, str]] = {
    ReturnState.PROPOSAL.value: (_l("Waits for a second person"), "warning"),
    ReturnState.TRANSFER.value: (_l("Transferred back"), "positive"),
    ReturnState.VOID.value: (_l("Not transferred"), "neutral"),
}
REVERSAL_STATES: dict[str, tuple[LazyString, str]] = {
    ReversalState.PROPOSAL.value: (_l("Waits for a second person"), "warning"),
    ReversalState.BOOKING.value: (_l("Cash that was reversed"), "neutral"),
    ReversalState.VOID.value: (_l("Proposal withdrawn"), "neutral"),
}

CASH_MESSAGES: dict[str, LazyString] = {
    "cash_amount_missing": _l("Enter an amount above € 0."),
    "cash_anonymous_too_high": _l(
        "Above %(maximum)s we must know who gives. Write down the name, or take less."
    ),
    "cash_day_wrong": _l("Choose today, or a day within %(most)s days."),
    "cash_deposit_not_found": _l("We can't find this deposit."),
    "cash_deposit_seen": _l(
        "Money of this deposit was seen at the bank. So it can't be withdrawn any more."
    ),
    "cash_gift_too_high": _l("At most %(maximum)s of one gift is taken in cash."),
    "cash_helper_not_found": _l("We can't find this helper."),
    "cash_helpers_full": _l("At most %(most)s people help to collect."),
    "cash_in_future": _l("This day is still to come."),
    "cash_link_over": _l("This link does not work any more. Ask for another one."),
    "cash_name_missing": _l("Write down the name, or choose that no name was told."),
    "cash_not_found": _l("We can't find this gift in cash."),
    "cash_not_now": _l("This campaign takes no cash now."),
    "cash_note_missing": _l("Tell what became of it: nobody is known who gets it back."),
    "cash_reason_missing": _l("Say what was booked wrongly."),
    "cash_reference_unknown": _l("There is no deposit with this reference."),
    "cash_reversal_below_zero": _l(
        "This money went back or counts already. So this line can't be reversed."
    ),
    "cash_reversal_too_late": _l(
        "The campaign is over and counts on this money. So this line can't be reversed."
    ),
    "cash_reversal_waits": _l("A colleague looks at this already."),
    "cash_sent_before_proposal": _l("It was proposed after that day."),
    "cash_still_at_bank": _l(
        "This money is still at our bank. We transfer it back first; then you give it back."
    ),
    "cash_tin_empty": _l("Nothing is in the tin that can be taken to the bank."),
    "cash_tin_full": _l(
        "At most %(maximum)s may be in the tin and on its way. First take it to the bank."
    ),
    "cash_written_down": _l(
        "This form was sent already. Look in the list below: this is a new form."
    ),
    "desk_address_half": _l("Enter the whole address, or leave it empty."),
    "desk_letter_not_found": _l("We can't find this letter."),
    "own_cash": _l("You wrote this down yourself. Somebody else confirms it."),
}
