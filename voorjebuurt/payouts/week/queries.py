"""Counting what happened in a week, from the trail and the books, by the moments that index them.

Each query reads one week of an index on a moment; none looks at what was before or after.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, func, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.models import Alert, AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.models import LedgerEntry, LedgerTransaction
from voorjebuurt.payouts.week.rules import Week

_DAY = 86_400
MONEY = (
    BookingKind.PAYMENT_PAID,
    BookingKind.REFUND_DONE,
    BookingKind.CHARGEBACK,
    BookingKind.PAYOUT_EXECUTED,
)
EVENTS = (
    Action.CAMPAIGN_DRAFTED,
    Action.CAMPAIGN_SUBMITTED,
    Action.CAMPAIGN_OPENED,
    Action.CAMPAIGN_SUCCEEDED,
    Action.CAMPAIGN_FAILED,
    Action.ABUSE_REPORT_RECEIVED,
)
COACHED = (Action.CAMPAIGN_OPENED, Action.CAMPAIGN_SENT_BACK, Action.CAMPAIGN_REJECTED)
"""How a coach answers a plan."""


@dataclass(frozen=True)
class Sum:
    """So many, and how much together (eurocents)."""

    number: int = 0
    cents: int = 0


@dataclass(frozen=True)
class WeekNumbers:
    """What happened in one week; days are medians, None where nothing waited."""

    week: Week
    drafts: int
    submitted: int
    live: int
    won: int
    failed: int
    gifts: Sum
    refunds: Sum
    chargebacks: Sum
    payouts: Sum
    coach_days: Decimal | None
    payout_days: Decimal | None
    abuse: int
    alerts: int
    """Open when the week was over, or now."""


def numbers_of(session: Session, week: Week) -> WeekNumbers:
    """What happened in a week."""
    counts = _counts(session, week)
    money = _money(session, week)
    return WeekNumbers(
        week=week,
        drafts=counts.get(Action.CAMPAIGN_DRAFTED, 0),
        submitted=counts.get(Action.CAMPAIGN_SUBMITTED, 0),
        live=counts.get(Action.CAMPAIGN_OPENED, 0),
        won=counts.get(Action.CAMPAIGN_SUCCEEDED, 0),
        failed=counts.get(Action.CAMPAIGN_FAILED, 0),
        gifts=money.get(BookingKind.PAYMENT_PAID, Sum()),
        refunds=money.get(BookingKind.REFUND_DONE, Sum()),
        chargebacks=money.get(BookingKind.CHARGEBACK, Sum()),
        payouts=money.get(BookingKind.PAYOUT_EXECUTED, Sum()),
        coach_days=_coach_days(session, week),
        payout_days=_payout_days(session, week),
        abuse=counts.get(Action.ABUSE_REPORT_RECEIVED, 0),
        alerts=_open_alerts(session, week.end),
    )


def _counts(session: Session, week: Week) -> Mapping[str, int]:
    """Of how many things each of these was done; twice to the same thing counts once."""
    statement = (
        select(AuditEvent.action, func.count(AuditEvent.subject_id.distinct()))
        .where(AuditEvent.at >= week.start, AuditEvent.at < week.end, AuditEvent.action.in_(EVENTS))
        .group_by(AuditEvent.action)
    )
    return {action: int(number) for action, number in session.execute(statement)}


def _money(session: Session, week: Week) -> Mapping[str, Sum]:
    """What was booked of each kind: how many bookings, and their amount once."""
    statement = (
        select(
            LedgerTransaction.kind,
            func.count(LedgerTransaction.id.distinct()),
            func.sum(LedgerEntry.amount_cents),
        )
        .join(LedgerEntry, LedgerEntry.transaction_id == LedgerTransaction.id)
        .where(
            LedgerTransaction.booked_at >= week.start,
            LedgerTransaction.booked_at < week.end,
            LedgerTransaction.kind.in_(MONEY),
            LedgerEntry.amount_cents > 0,
        )
        .group_by(LedgerTransaction.kind)
    )
    return {
        kind: Sum(int(number), int(cents)) for kind, number, cents in session.execute(statement)
    }


def _coach_days(session: Session, week: Week) -> Decimal | None:
    """From when a plan was sent to the coach's answer, of the answers of this week."""
    answer, sending = aliased(AuditEvent), aliased(AuditEvent)
    since = (
        select(func.max(sending.at))
        .where(
            sending.subject_kind == answer.subject_kind,
            sending.subject_id == answer.subject_id,
            sending.at <= answer.at,
            sending.action == Action.CAMPAIGN_SUBMITTED,
        )
        .scalar_subquery()
    )
    waits = (
        select(extract("epoch", answer.at - since).label("seconds"))
        .where(answer.at >= week.start, answer.at < week.end, answer.action.in_(COACHED))
        .subquery()
    )
    return _median(session, waits.c.seconds)


def _payout_days(session: Session, week: Week) -> Decimal | None:
    """From success to money at the bank, of what was paid out in this week."""
    waits = (
        select(extract("epoch", AuditEvent.at - Campaign.decided_at).label("seconds"))
        .join(Campaign, Campaign.id == AuditEvent.subject_id)
        .where(
            AuditEvent.at >= week.start,
            AuditEvent.at < week.end,
            AuditEvent.action == Action.PAYOUT_EXECUTED,
            Campaign.decided_at.is_not(None),
        )
        .subquery()
    )
    return _median(session, waits.c.seconds)


def _median(session: Session, seconds: ColumnElement[Any]) -> Decimal | None:
    value = session.scalar(select(func.percentile_cont(0.5).within_group(seconds)))
    return None if value is None else round(Decimal(value) / _DAY, 1)


def _open_alerts(session: Session, moment: datetime) -> int:
    """Alerts that were open at a moment: some still are, some were resolved after it."""
    statement = select(func.count()).where(
        Alert.raised_at < moment,
        or_(
            Alert.resolved_at.is_(None),
            and_(Alert.resolved_at.is_not(None), Alert.resolved_at >= moment),
        ),
    )
    return session.scalar(statement) or 0
