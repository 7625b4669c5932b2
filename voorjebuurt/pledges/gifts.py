"""A gift as its donor sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.payments.models import Refund
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.payments.rules import PaymentStatus
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import GiftState, PledgeStatus, gift_state


@dataclass(frozen=True)
class GiftCampaign:
    """The campaign that a gift is for."""

    id: UUID
    slug: str
    title: str
    status: str
    kind: str
    deadline_on: date | None
    takes_pledges: bool


@dataclass(frozen=True)
class Gift:
    """A gift (eurocents) with what became of it; ``paid_twice_cents`` is on its way back."""

    token: str
    number: str
    state: GiftState
    campaign: GiftCampaign
    amount_cents: int
    tip_cents: int
    name: str
    name_public: bool
    email: str | None
    message: str
    postcode: str | None
    created_at: datetime
    paid_at: datetime | None
    payment_id: UUID | None
    refund_reason: str | None
    refund_asked_at: datetime | None
    refunded_at: datetime | None
    paid_twice_cents: int

    @property
    def total_cents(self) -> int:
        """Gift and tip together."""
        return self.amount_cents + self.tip_cents

    @property
    def changeable(self) -> bool:
        """Whether the donor may still correct it."""
        return self.state is GiftState.TO_PAY


def gift_by_token(session: Session, token: str) -> Gift | None:
    """The gift behind an unguessable link."""
    row = session.execute(
        select(Pledge, Campaign)
        .join(Campaign, Campaign.id == Pledge.campaign_id)
        .where(Pledge.token == token)
    ).one_or_none()
    if row is None:
        return None
    pledge, campaign = row
    payments = payments_of_pledge(session, pledge.id)
    last = payments[-1] if payments else None
    counted = next((p for p in payments if p.booked_as == "contribution"), None)
    twice = select(Refund.amount_cents).where(
        Refund.payment_id.in_([p.id for p in payments]), Refund.reason == "paid_twice"
    )
    return Gift(
        token=pledge.token,
        number=str(pledge.id)[-12:].upper(),
        state=gift_state(PledgeStatus(pledge.status), PaymentStatus(last.status) if last else None),
        campaign=_campaign(campaign),
        amount_cents=pledge.amount_cents,
        tip_cents=pledge.tip_cents,
        name=pledge.name,
        name_public=pledge.name_public,
        email=pledge.email,
        message=pledge.message,
        postcode=pledge.postcode,
        created_at=pledge.created_at,
        paid_at=counted.paid_at if counted else None,
        payment_id=last.id if last else None,
        refund_reason=pledge.refund_reason,
        refund_asked_at=pledge.refund_asked_at,
        refunded_at=pledge.refunded_at,
        paid_twice_cents=sum(session.scalars(twice)),
    )


def _campaign(campaign: Campaign) -> GiftCampaign:
    return GiftCampaign(
        id=campaign.id,
        slug=campaign.slug,
        title=campaign.title,
        status=campaign.status,
        kind=campaign.kind,
        deadline_on=campaign.deadline_on,
        takes_pledges=campaign.status == "live" and campaign.pledges_stopped_at is None,
    )
