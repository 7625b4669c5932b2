"""What must be true of the ledger by itself, whatever the other tables say.

Each check compares everything there is and names the rows that differ. They should run in one
snapshot (``Database.snapshot``), or a booking that happens meanwhile looks like a difference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from sqlalchemy import Row, case, func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.catalogues import catalogue, languages
from voorjebuurt.ledger.models import (
    LedgerAccount,
    LedgerBalance,
    LedgerEntry,
    LedgerTransaction,
)
from voorjebuurt.ledger.names import account_name_and_code
from voorjebuurt.ledger.rules import CHART, PROVIDER, Kind

MOST_ROWS = 100
"""No check names more differing rows than this; the first ones tell enough."""

MONEY = (PROVIDER.base, "settling", "bank")
"""Assets that can pay a debt today; what others owe us can't."""

COMES_FIRST = ("municipal_receivable", "clawback_receivable", "interest_receivable")
"""What others owe us of money that we pass on only after it has come in."""


class CheckLine(str):
    """What a check says of one row: in English for logs and alerts, in their language for readers.

    The English template, with its values in braces, is the key of its text in every catalogue.
    """

    _template: str
    _values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Self:
        """The template filled in."""
        line = super().__new__(cls, template.format_map(values))
        line._template, line._values = template, values
        return line

    def in_language(self, language: str) -> str:
        """The same in a language, with accounts by name and code.

        Raises ``KeyError`` where the line has no text in it.
        """
        values = dict(self._values)
        if "code" in values:
            values["code"] = account_name_and_code(str(values["code"]), language)
        if "kind" in values:
            values["kind"] = catalogue(language).name("ledger kind", str(values["kind"]))
        return catalogue(language).text("check line", self._template).format_map(values)

    def in_languages(self) -> dict[str, str]:
        """The same in every language of today, by code: to keep with an alert."""
        return {language: self.in_language(language) for language in languages()}


@dataclass(frozen=True)
class CheckResult:
    """One check: how many things it compared, worth how much together (eurocents), and what
    differed. A remark is worth knowing and no difference.
    """

    name: str
    compared: int
    total_cents: int
    differences: tuple[CheckLine, ...] = ()
    remarks: tuple[CheckLine, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing differed."""
        return not self.differences


def check_ledger(session: Session) -> list[CheckResult]:
    """Every check that needs nothing but the ledger."""
    return [
        _transactions_sum_to_zero(session),
        _entries_are_as_posted(session),
        _balances_equal_entries(session),
        _accounts_follow_the_chart(session),
        _money_covers_what_is_owed(session),
    ]


def shown(rows: Iterable[Row[*tuple[object, ...]]], line: str) -> tuple[CheckLine, ...]:
    """``line`` filled in for every row, up to ``MOST_ROWS``."""
    return tuple(CheckLine(line, dict(row._mapping)) for row in rows)[:MOST_ROWS]


def _transactions_sum_to_zero(session: Session) -> CheckResult:
    lines = func.count(LedgerEntry.id)
    total = func.coalesce(func.sum(LedgerEntry.amount_cents), 0)
    per_transaction = (
        select(LedgerTransaction.key, lines.label("lines"), total.label("cents"))
        .outerjoin(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .group_by(LedgerTransaction.id)
    )
    wrong = per_transaction.having((total != 0) | (lines < 2)).limit(MOST_ROWS)
    debits = func.coalesce(func.sum(LedgerEntry.amount_cents).filter(_is_debit), 0)
    return CheckResult(
        name="transactions_sum_to_zero",
        compared=_count(session, LedgerTransaction),
        total_cents=int(session.scalar(select(debits)) or 0),
        differences=shown(
            session.execute(wrong), "{key}: {lines} entries that sum to {cents} cents"
        ),
    )


_is_debit = LedgerEntry.amount_cents > 0


def _entries_are_as_posted(session: Session) -> CheckResult:
    """The entries of a transaction are those that its ``posting`` remembers."""
    entries = (
        select(
            LedgerEntry.transaction_id,
            func.jsonb_object_agg(LedgerAccount.code, LedgerEntry.amount_cents).label("posting"),
        )
        .join(LedgerAccount, LedgerAccount.id == LedgerEntry.account_id)
        .group_by(LedgerEntry.transaction_id)
        .subquery()
    )
    wrong = (
        select(LedgerTransaction.key, LedgerTransaction.posting, entries.c.posting.label("booked"))
        .outerjoin(entries, entries.c.transaction_id == LedgerTransaction.id)
        .where(entries.c.posting.is_distinct_from(LedgerTransaction.posting))
        .limit(MOST_ROWS)
    )
    return CheckResult(
        name="entries_are_as_posted",
        compared=_count(session, LedgerEntry),
        total_cents=0,
        differences=shown(
            session.execute(wrong), "{key}: posted as {posting}, entries say {booked}"
        ),
    )


def _balances_equal_entries(session: Session) -> CheckResult:
    normal = case((LedgerAccount.kind.in_([Kind.ASSET, Kind.EXPENSE]), 1), else_=-1)
    entries_sum = func.coalesce(func.sum(LedgerEntry.amount_cents * normal), 0)
    per_account = (
        select(
            LedgerAccount.code,
            func.coalesce(LedgerBalance.balance_cents, 0).label("balance"),
            entries_sum.label("entries"),
        )
        .outerjoin(LedgerBalance, LedgerBalance.account_id == LedgerAccount.id)
        .outerjoin(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .where(LedgerAccount.guarded | LedgerBalance.account_id.is_not(None))
        .group_by(LedgerAccount.id, LedgerBalance.balance_cents)
    )
    wrong = per_account.having(func.coalesce(LedgerBalance.balance_cents, 0) != entries_sum)
    total = select(func.coalesce(func.sum(LedgerBalance.balance_cents), 0))
    return CheckResult(
        name="balances_equal_entries",
        compared=_count(session, LedgerBalance),
        total_cents=int(session.scalar(total) or 0),
        differences=shown(
            session.execute(wrong.limit(MOST_ROWS)),
            "{code}: balance {balance} cents, its entries sum to {entries}",
        ),
    )


def _accounts_follow_the_chart(session: Session) -> CheckResult:
    """An account of the wrong kind, or without its guard, would escape the database's checks."""
    accounts = session.scalars(select(LedgerAccount).order_by(LedgerAccount.code)).all()
    return CheckResult(
        name="accounts_follow_the_chart",
        compared=len(accounts),
        total_cents=0,
        differences=tuple(_off_the_chart(accounts))[:MOST_ROWS],
    )


def _off_the_chart(accounts: Sequence[LedgerAccount]) -> Iterable[CheckLine]:
    for account in accounts:
        line = CHART.get(account.base)
        if line is None:
            yield CheckLine("{code}: not in the chart of accounts", {"code": account.code})
        elif (account.kind, account.guarded) != (line.kind, line.guarded):
            values = {"code": account.code, "kind": account.kind, "guarded": account.guarded}
            yield CheckLine("{code}: is {kind}, guarded={guarded}", values)
        elif account.code != f"{account.base}{f':{account.owner_id}' if account.owner_id else ''}":
            values = {"code": account.code, "owner": account.owner_id}
            yield CheckLine("{code}: belongs to {owner}", values)


def _money_covers_what_is_owed(session: Session) -> CheckResult:
    money, debt = money_and_owed(session)
    short = debt - money
    line = "top-up needed: {short} cents (owed {debt}, there is {money})"
    values = {"short": short, "debt": debt, "money": money}
    return CheckResult(
        name="money_covers_what_is_owed",
        compared=2,
        total_cents=debt,
        differences=(CheckLine(line, values),) if short > 0 else (),
    )


def money_and_owed(session: Session) -> tuple[int, int]:
    """What there is to pay with, and what is owed to donors, initiators and funds (eurocents).

    Money taken from us that nothing explains (suspense below zero) does not lessen a debt. Match
    in arrears is owed once its municipality has paid, and what is claimed back from an initiator,
    with interest on it, is owed to its fund once it has come in; until then no payout of it can be
    made.
    """
    by_base = (
        select(LedgerAccount.base, LedgerAccount.kind, func.sum(LedgerEntry.amount_cents))
        .join(LedgerEntry, LedgerEntry.account_id == LedgerAccount.id)
        .group_by(LedgerAccount.base, LedgerAccount.kind)
    )
    totals = [(base, kind, int(cents)) for base, kind, cents in session.execute(by_base)]
    money = sum(cents for base, _, cents in totals if base in MONEY)
    debts = sum(max(0, -cents) for _, kind, cents in totals if kind == Kind.LIABILITY)
    return money, debts - sum(cents for base, _, cents in totals if base in COMES_FIRST)


def _count(session: Session, table: type) -> int:
    return int(session.scalar(select(func.count()).select_from(table)) or 0)
