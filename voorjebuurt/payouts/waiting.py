"""What waits for staff, counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.abuse.queries import waiting_report_count
from voorjebuurt.audit.queries import open_alert_count
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.mail.queries import undeliverable_count
from voorjebuurt.matching.pots.deposit_queries import waiting_deposit_count
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payouts.fund_returns.queries import waiting_return_count
from voorjebuurt.payouts.payee_queries import payee_counts
from voorjebuurt.payouts.queries import payable_campaigns, payout_counts
from voorjebuurt.pledges.models import Pledge

REFUND_DAYS = 3
"""A refund that is not done after so many days deserves a look."""

_OPEN_REFUND = (Refund.reason != "dashboard") & Refund.status.in_(
    ["asked", "queued", "pending", "processing"]
)


@dataclass(frozen=True)
class DeskCounts:
    """How much there is of each kind of waiting work."""

    payees: int
    to_propose: int
    to_release: int
    to_export: int
    to_execute: int
    alerts: int
    stuck_refunds: int
    mails: int
    deposits: int
    returns: int
    """What goes back to municipalities and waits for a person."""
    abuse: int
    """Reports of abuse that nobody decided on."""

    @property
    def any(self) -> bool:
        """Whether something waits at all."""
        others = self.alerts + self.stuck_refunds + self.mails + self.abuse
        return self.payouts + self.payees + self.municipal_money + others > 0

    @property
    def municipal_money(self) -> int:
        """Everything about money of municipalities that waits for a person."""
        return self.deposits + self.returns

    @property
    def payouts(self) -> int:
        """Everything about payouts that waits for a person."""
        return self.to_propose + self.to_release + self.to_export + self.to_execute


def desk_counts(session: Session) -> DeskCounts:
    """Everything that waits now."""
    payouts = payout_counts(session)
    stuck = select(func.count()).where(_OPEN_REFUND, Refund.asked_at < _stuck_before())
    return DeskCounts(
        payees=payee_counts(session).get("submitted", 0),
        to_propose=len(payable_campaigns(session)),
        to_release=payouts.get("proposed", 0),
        to_export=payouts.get("released", 0),
        to_execute=payouts.get("exported", 0),
        alerts=open_alert_count(session),
        stuck_refunds=session.scalar(stuck) or 0,
        mails=undeliverable_count(session),
        deposits=waiting_deposit_count(session),
        returns=waiting_return_count(session),
        abuse=waiting_report_count(session),
    )


@dataclass(frozen=True)
class RefundRow:
    """A refund on its way, and whose it is (eurocents)."""

    id: UUID
    amount_cents: int
    status: str
    reason: str
    asked_at: datetime
    provider_id: str | None
    donor: str
    campaign_id: UUID
    title: str


def stuck_refunds(session: Session, *, limit: int) -> list[RefundRow]:
    """Refunds that should have been done by now, the oldest first."""
    statement = (
        select(
            Refund.id,
            Refund.amount_cents,
            Refund.status,
            Refund.reason,
            Refund.asked_at,
            Refund.provider_id,
            Pledge.name,
            Campaign.id,
            Campaign.title,
        )
        .join(Payment, Payment.id == Refund.payment_id)
        .join(Pledge, Pledge.id == Payment.pledge_id)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(_OPEN_REFUND, Refund.asked_at < _stuck_before())
        .order_by(Refund.asked_at, Refund.id)
        .limit(limit)
    )
    return [RefundRow(*row) for row in session.execute(statement)]


def _stuck_before() -> datetime:
    return clock.now() - timedelta(days=REFUND_DAYS)
