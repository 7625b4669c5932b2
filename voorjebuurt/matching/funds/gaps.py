"""What a fund needs before it can be published. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FundFacts:
    """What a draft says so far, for judging whether it may be published."""

    purpose: str
    legal_basis: str
    sender: str
    objection_address: str
    opens_at: datetime | None
    closes_at: datetime | None
    checklist: tuple[str, ...]
    by_lottery: bool
    lottery_source: str


@dataclass(frozen=True)
class FundGap:
    """Something that keeps a draft from being published: the field, and the code of a text."""

    name: str
    code: str


def publishing_gaps(fund: FundFacts, *, now: datetime) -> Iterator[FundGap]:
    """Everything that is missing or wrong, in the order of the details form."""
    if not fund.purpose:
        yield FundGap("purpose", "fund_purpose_missing")
    if not fund.legal_basis:
        yield FundGap("legal_basis", "fund_legal_basis_missing")
    if fund.opens_at is None or fund.closes_at is None:
        yield FundGap("opens_on", "fund_period_missing")
    elif fund.opens_at <= now:
        yield FundGap("opens_on", "fund_opens_in_past")
    if not fund.checklist:
        yield FundGap("checklist", "fund_checklist_missing")
    if fund.by_lottery and not fund.lottery_source:
        yield FundGap("lottery_source", "fund_lottery_source_missing")
    if not fund.sender:
        yield FundGap("sender", "fund_sender_missing")
    if not fund.objection_address:
        yield FundGap("objection_address", "fund_objection_address_missing")
