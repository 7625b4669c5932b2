"""The chart of accounts and the form of a posting. Pure.

An entry's amount is signed: a debit is positive, a credit negative, so that a transaction's
entries add up to zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Kind(StrEnum):
    """The five kinds of account."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


@dataclass(frozen=True)
class AccountName:
    """An account by its code: ``mollie``, or ``held`` of one campaign."""

    base: str
    owner: UUID | None = None

    @classmethod
    def from_code(cls, code: str) -> "AccountName":
        """The name that a code stands for."""
        base, _, owner = code.partition(":")
        return cls(base, UUID(owner) if owner else None)

    @property
    def code(self) -> str:
        """The unique code, ``held:<uuid>`` for an account that belongs to something."""
        return f"{self.base}:{self.owner}" if self.owner else self.base

    @property
    def kind(self) -> Kind:
        """What kind of account this is."""
        return CHART[self.base].kind

    @property
    def guarded(self) -> bool:
        """Whether the database refuses to let it go below zero (on its normal side)."""
        return CHART[self.base].guarded


@dataclass(frozen=True)
class ChartLine:
    """One line of the chart: ``owned`` accounts exist per campaign or fund."""

    kind: Kind
    guarded: bool = False
    owned: bool = False


CHART: dict[str, ChartLine] = {
    # What we have. External facts may push these anywhere, so the database can't refuse that.
    "mollie": ChartLine(Kind.ASSET),
    "settling": ChartLine(Kind.ASSET),
    "bank": ChartLine(Kind.ASSET),
    "municipal_receivable": ChartLine(Kind.ASSET, owned=True),
    "chargeback_receivable": ChartLine(Kind.ASSET, owned=True),
    "clawback_receivable": ChartLine(Kind.ASSET, owned=True),
    "interest_receivable": ChartLine(Kind.ASSET, owned=True),
    # What we owe. Our own orders can't spend more of it than there is.
    "held": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "payable": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "tips_deferred": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "refunds_in_flight": ChartLine(Kind.LIABILITY, guarded=True),
    "payouts_in_flight": ChartLine(Kind.LIABILITY, guarded=True),
    "unclaimed": ChartLine(Kind.LIABILITY, guarded=True),
    "cash_received": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "fund_free": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "fund_reserved": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "interest_pending": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "owed_interest": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "owed_interest_pending": ChartLine(Kind.LIABILITY, guarded=True, owned=True),
    "suspense": ChartLine(Kind.LIABILITY),
    "own_funds": ChartLine(Kind.EQUITY),
    "tips": ChartLine(Kind.INCOME),
    "fee": ChartLine(Kind.INCOME),
    "psp_fee": ChartLine(Kind.EXPENSE),
    "chargeback_loss": ChartLine(Kind.EXPENSE),
    "rounding": ChartLine(Kind.EXPENSE),
}

PROVIDER = AccountName("mollie")
"""What stands at the payment provider. The code is stored with every entry, so it stays."""

BANK = AccountName("bank")
REFUNDS_IN_FLIGHT = AccountName("refunds_in_flight")
PAYOUTS_IN_FLIGHT = AccountName("payouts_in_flight")
UNCLAIMED = AccountName("unclaimed")
SUSPENSE = AccountName("suspense")
TIPS = AccountName("tips")
OWN_FUNDS = AccountName("own_funds")


def held(campaign_id: UUID) -> AccountName:
    """Donors' money for a campaign that is not decided yet."""
    return AccountName("held", campaign_id)


def payable(campaign_id: UUID) -> AccountName:
    """Money that a successful campaign will be paid."""
    return AccountName("payable", campaign_id)


def tips_deferred(campaign_id: UUID) -> AccountName:
    """Tips that become income when the campaign succeeds."""
    return AccountName("tips_deferred", campaign_id)


def chargeback_receivable(campaign_id: UUID) -> AccountName:
    """What a bank took back after it had been paid out."""
    return AccountName("chargeback_receivable", campaign_id)


def cash_received(campaign_id: UUID) -> AccountName:
    """Deposits of cash for a campaign that do not count (yet), or go back to who made them."""
    return AccountName("cash_received", campaign_id)


def fund_free(fund_id: UUID) -> AccountName:
    """Money that a municipality paid in and no campaign has a claim on."""
    return AccountName("fund_free", fund_id)


def fund_reserved(application_id: UUID) -> AccountName:
    """Money of a prepaid fund that is kept ready for one application."""
    return AccountName("fund_reserved", application_id)


def municipal_receivable(fund_id: UUID) -> AccountName:
    """What a municipality owes us of what its fund has committed in arrears."""
    return AccountName("municipal_receivable", fund_id)


def clawback_receivable(application_id: UUID) -> AccountName:
    """Match money that was paid out and is claimed back from the initiator."""
    return AccountName("clawback_receivable", application_id)


def interest_receivable(application_id: UUID) -> AccountName:
    """Interest that a decision laid down, and that the initiator still has to pay."""
    return AccountName("interest_receivable", application_id)


def interest_pending(application_id: UUID) -> AccountName:
    """The same interest, which becomes its fund's (the municipality's) once it has come in."""
    return AccountName("interest_pending", application_id)


def owed_interest(application_id: UUID) -> AccountName:
    """Interest that the municipality owes the initiator, and that the next payout takes along."""
    return AccountName("owed_interest", application_id)


def owed_interest_pending(application_id: UUID) -> AccountName:
    """The same, while the municipality still has to pay it to us."""
    return AccountName("owed_interest_pending", application_id)


@dataclass(frozen=True)
class Entry:
    """One line of a posting, in signed eurocents: debit positive, credit negative."""

    account: AccountName
    cents: int


def debit(account: AccountName, cents: int) -> Entry:
    """A debit of ``cents`` (not negative)."""
    return _side(account, cents, 1)


def credit(account: AccountName, cents: int) -> Entry:
    """A credit of ``cents`` (not negative)."""
    return _side(account, cents, -1)


def _side(account: AccountName, cents: int, sign: int) -> Entry:
    if cents < 0:
        raise ValueError(f"a debit or credit is not negative: {cents}")
    if CHART[account.base].owned != (account.owner is not None):
        raise ValueError(f"account {account.code} has the wrong form")
    return Entry(account, sign * cents)


def merged(entries: Iterable[Entry]) -> dict[AccountName, int]:
    """Entries added up per account, without the zeros, in the order of account codes.

    One entry per account lets the database check overdrafts entry by entry; one order for
    everybody keeps two postings from waiting for each other. Raises ``ValueError`` when the
    entries don't add up to zero or nothing is left.
    """
    totals: dict[AccountName, int] = {}
    for entry in entries:
        totals[entry.account] = totals.get(entry.account, 0) + entry.cents
    nonzero = {
        account: cents
        for account, cents in sorted(totals.items(), key=lambda item: item[0].code)
        if cents
    }
    if not nonzero or sum(nonzero.values()) != 0:
        raise ValueError(f"a posting must balance and not be empty: {totals}")
    return nonzero
