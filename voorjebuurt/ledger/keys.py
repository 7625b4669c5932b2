"""The grammar of the ledger's keys: one function per form, and the same form in SQL.

A key makes a booking happen once, so its text never changes for what is booked already. The parts
are joined by colons: whose number or id it is, the number itself, and what happened.
"""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import SQLColumnExpression, literal

from voorjebuurt.ledger.kinds import BookingKind


class ProviderEvent(StrEnum):
    """What the payment provider tells of its payments, refunds and chargebacks."""

    PAID = "paid"
    REFUNDED = "refunded"
    FAILED = "failed"
    CHARGED = "charged"
    REVERSED = "reversed"


_PAYOUT_EVENTS = {
    BookingKind.PAYOUT_EXPORTED: "exported",
    BookingKind.PAYOUT_EXECUTED: "executed",
    BookingKind.PAYOUT_RETURNED: "returned",
}


def payment_key(provider: str, provider_id: str | None, event: ProviderEvent) -> str:
    """What happened to a payment, refund or chargeback with this number at the provider.

    Raises ``ValueError`` without a number: what the provider does not know can't have happened.
    """
    if not provider_id:
        raise ValueError(f"{event.value}, without a number at {provider}")
    return f"{provider}:{provider_id}:{event.value}"


def payment_key_sql(
    provider: str | SQLColumnExpression[str],
    provider_id: SQLColumnExpression[str],
    event: ProviderEvent,
) -> SQLColumnExpression[str]:
    """The same as ``payment_key`` in a query; NULL without a number."""
    name = literal(provider) if isinstance(provider, str) else provider
    return name + ":" + provider_id + f":{event.value}"


def given_back_key(reversed_key: str) -> str:
    """What a bank gave back goes on to the initiator; the key is that of the reversal."""
    return f"{reversed_key}:released"


def refund_asked_key(refund_id: UUID) -> str:
    """We ordered a refund."""
    return f"refund:{refund_id}:asked"


def late_news_key(pledge_id: UUID) -> str:
    """News of a gift came after its campaign had succeeded."""
    return f"pledge:{pledge_id}:late_news"


def succeeded_key(campaign_id: UUID) -> str:
    """A campaign succeeded."""
    return f"campaign:{campaign_id}:succeeded"


def succeeded_again_key(campaign_id: UUID, near_miss_id: UUID) -> str:
    """A campaign succeeded by the choices of its donors, at the end of this near miss."""
    return f"campaign:{campaign_id}:succeeded:{near_miss_id}"


def fell_back_key(campaign_id: UUID, near_miss_id: UUID) -> str:
    """A success was taken back, and this near miss began."""
    return f"campaign:{campaign_id}:fell_back:{near_miss_id}"


def promised_again_key(application_id: UUID, near_miss_id: UUID) -> str:
    """Match that was owed is only promised again, because this near miss began."""
    return f"match:{application_id}:promised_again:{near_miss_id}"


def payout_key(payout_id: UUID, kind: BookingKind) -> str:
    """A payout was exported, executed or returned, as ``kind`` says. Raises ``KeyError``."""
    return f"payout:{payout_id}:{_PAYOUT_EVENTS[kind]}"


def cash_arrival_key(arrival_id: UUID) -> str:
    """A line of the bank statement about a deposit of cash came in."""
    return f"cash_arrival:{arrival_id}:booked"


def cash_arrival_reversed_key(arrival_id: UUID) -> str:
    """That line was booked wrongly and was taken back."""
    return f"cash_arrival:{arrival_id}:reversed"


def cash_counted_key(gift_id: UUID, turn: int) -> str:
    """Cash of a deposit that is whole counts for its campaign; ``turn``: see ``CashGift``."""
    return f"cash:{gift_id}:counted{_again(turn)}"


def cash_undone_key(gift_id: UUID, turn: int) -> str:
    """It does not count after all: what came for it was booked wrongly."""
    return f"cash:{gift_id}:undone{_again(turn)}"


def cash_late_key(gift_id: UUID, turn: int) -> str:
    """The news of it came after the campaign had succeeded."""
    return f"cash:{gift_id}:late_news{_again(turn)}"


def cash_back_key(gift_id: UUID) -> str:
    """It counts no longer."""
    return f"cash:{gift_id}:uncounted"


def _again(turn: int) -> str:
    return f":{turn}" if turn else ""


def cash_return_key(return_id: UUID) -> str:
    """Money of deposits was transferred back to who made them."""
    return f"cash_return:{return_id}:sent"


def fund_return_key(fund_return_id: UUID, kind: BookingKind) -> str:
    """What is left of a fund was exported, executed or refused, as ``kind`` says."""
    return f"fund_return:{fund_return_id}:{kind.value.removeprefix('fund_return_')}"


def municipal_payment_key(fund_id: UUID, reference: str) -> str:
    """A municipality paid for its fund, under this reference on the bank's statement.

    So it was booked by one person; since deposits are entered and booked by two, see
    ``deposit_key``. Kept to know a reference again.
    """
    return f"receipt:{fund_id}:{reference}"


def clawback_key(application_id: UUID, reference: str) -> str:
    """An initiator paid match money back, under this reference; booked by one, as above."""
    return f"clawback:{application_id}:{reference}"


def clawback_offset_key(application_id: UUID, source_id: UUID) -> str:
    """A payout came back and paid what was claimed of this match: the payout, or the look at it."""
    return f"{clawback_offset_prefix(application_id)}{source_id}"


def clawback_offset_prefix(application_id: UUID) -> str:
    """How all such keys of a match begin."""
    return f"clawback_offset:{application_id}:"


def deposit_key(deposit_id: UUID) -> str:
    """Money that two people read on the bank's statement came in."""
    return f"deposit:{deposit_id}:booked"


def deposit_reversed_key(deposit_id: UUID) -> str:
    """That deposit was a mistake and was taken back."""
    return f"deposit:{deposit_id}:reversed"


def interest_key(decision_id: UUID) -> str:
    """This decision laid interest down."""
    return f"interest:{decision_id}:laid_down"


def owed_interest_key(decision_id: UUID) -> str:
    """This decision laid down interest that the municipality owes."""
    return f"owed_interest:{decision_id}:laid_down"


def owed_interest_undone_key(decision_id: UUID) -> str:
    """What was not paid of it was taken back, as that decision was undone."""
    return f"owed_interest:{decision_id}:undone"


def owed_interest_received_key(application_id: UUID, number: int) -> str:
    """The municipality's money for such interest is here, for this time."""
    return f"owed_interest:{application_id}:received:{number}"


def owed_interest_reversed_key(application_id: UUID, deposit_id: UUID) -> str:
    """The municipality's money for it was taken out of the books again."""
    return f"owed_interest:{application_id}:reversed:{deposit_id}"


def interest_written_off_key(application_id: UUID, number: int) -> str:
    """Interest was written off on an application, for this time."""
    return f"interest:{application_id}:written_off:{number}"


def pot_key(move_key: str) -> str:
    """Money of a pot moved; ``move_key`` is the key of the move."""
    return f"pot:{move_key}"


def owed_key(move_key: str) -> str:
    """Match money became the initiator's, by what this key of a move stands for."""
    return f"owed:{move_key}"
