"""A gift as its donor sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.payments.models import Refund
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.payments.rules import REFUND_UNDECIDED, PaymentStatus, RefundStatus
from voorjebuurt.pledges.dedications.choosing import is_correctable
from voorjebuurt.pledges.dedications.queries import GiftDedication, dedication_of_gift
from voorjebuurt.pledges.dedications.rules import DedicationKind
from voorjebuurt.pledges.erasing.detaching import is_erased
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rewards.queries import GiftReward, reward_of_gift
from voorjebuurt.pledges.rules import (
    UNPAID_GIFT,
    GiftState,
    PledgeStatus,
    RefundReason,
    gift_state,
    why_not_taken_back,
)
from voorjebuurt.pledges.service import takes_pledges
from voorjebuurt.pledges.successors import counting_token, successor


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
    short_code: str | None


@dataclass(frozen=True)
class Gift:
    """A gift (eurocents) with what became of it.

    Of a second payment, ``paid_twice_cents`` is on its way back and ``sent_back_cents`` is there.
    ``counting_token`` is of the gift that counts, of those that correct each other.
    """

    id: UUID
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
    sent_back_cents: int
    no_answer: str = "back"
    """What no answer means when the campaign nearly makes it, as said at pledging."""
    successor_token: str | None = None
    """Of the gift as it was corrected: this one is not to be paid any more."""
    counting_token: str | None = None
    reward: GiftReward | None = None
    by_hand: bool = False
    """Whether its donor has no address of mail, and is told of it on paper."""
    in_cash: bool = False
    dedication: GiftDedication | None = None
    dedication_changeable: bool = False
    """Whether its donor may still correct in whose name it is, or for whom."""
    can_be_taken_back: bool = False
    """Whether its donor may take it back now: its campaign's last day is not over."""

    @property
    def known(self) -> bool:
        """Whether its donor was not erased."""
        return self.email is not None or self.by_hand

    @property
    def address_changeable(self) -> bool:
        """Whether it was paid, and its donor is known: one that wasn't is corrected as a whole."""
        return (self.paid_at is not None or self.in_cash) and self.known

    @property
    def wording_changeable(self) -> bool:
        """Whether the donor may change the name and message that stand with it."""
        return self.state is GiftState.BOOKED and self.known

    @property
    def takes_logo(self) -> bool:
        """Whether a group gives it, which may send its logo: it counts, and its donor is known."""
        is_group = self.dedication is not None and self.dedication.kind == DedicationKind.GROUP
        return is_group and self.wording_changeable

    @property
    def has_card(self) -> bool:
        """Whether there is a card to print of it: it counts, and is for or of somebody named."""
        is_personal = self.dedication is not None and self.dedication.kind != DedicationKind.GROUP
        return is_personal and self.wording_changeable and self.campaign.short_code is not None

    @property
    def total_cents(self) -> int:
        """Gift and tip together."""
        return self.amount_cents + self.tip_cents

    @property
    def forgotten(self) -> bool:
        """Whether it was never paid, and who it was from is not kept any more."""
        is_unpaid = self.state is GiftState.TO_PAY or self.state in UNPAID_GIFT
        return not self.known and is_unpaid

    @property
    def changeable(self) -> bool:
        """Whether the donor may still correct it: nothing was paid, and nothing can be now."""
        if self.successor_token is not None or self.forgotten or self.by_hand:
            return False
        is_new = self.state is GiftState.TO_PAY and self.payment_id is None
        return is_new or self.state in UNPAID_GIFT


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
    decisive = next((p for p in payments if p.status == PaymentStatus.PAID), last)
    contribution = next((p for p in payments if p.booked_as == "contribution"), None)
    later_pledge = successor(session, pledge)
    twice, sent_back = _paid_twice(session, [p.id for p in payments])
    return Gift(
        id=pledge.id,
        token=pledge.token,
        number=str(pledge.id)[-12:].upper(),
        state=gift_state(
            PledgeStatus(pledge.status),
            PaymentStatus(decisive.status) if decisive else None,
            decisive.booked_as if decisive else None,
        ),
        campaign=_campaign(campaign),
        amount_cents=pledge.amount_cents,
        tip_cents=pledge.tip_cents,
        name=pledge.name,
        name_public=pledge.name_public,
        email=None if is_erased(pledge) else pledge.email,
        message=pledge.message,
        postcode=pledge.postcode,
        created_at=pledge.created_at,
        paid_at=contribution.paid_at if contribution else None,
        payment_id=last.id if last else None,
        refund_reason=pledge.refund_reason,
        refund_asked_at=pledge.refund_asked_at,
        refunded_at=pledge.refunded_at,
        paid_twice_cents=twice,
        sent_back_cents=sent_back,
        no_answer=pledge.no_answer,
        successor_token=later_pledge.token if later_pledge else None,
        counting_token=counting_token(session, pledge),
        reward=reward_of_gift(session, pledge.id),
        by_hand=pledge.by_hand and not is_erased(pledge),
        in_cash=pledge.by_hand and pledge.booked_at is not None and not payments,
        dedication=dedication_of_gift(session, pledge.id),
        dedication_changeable=is_correctable(session, pledge),
        can_be_taken_back=_is_returnable(pledge, campaign),
    )


def _is_returnable(pledge: Pledge, campaign: Campaign) -> bool:
    reason = why_not_taken_back(
        PledgeStatus(pledge.status),
        CampaignStatus(campaign.status),
        closes_at=campaign.closes_at,
        now=clock.now(),
    )
    return reason is None


def _paid_twice(session: Session, payment_ids: list[UUID]) -> tuple[int, int]:
    """What is on its way back of second payments, and what was sent back (eurocents)."""
    is_refunded = Refund.status == RefundStatus.REFUNDED
    under_way = Refund.status.in_(sorted(REFUND_UNDECIDED))
    statement = select(
        func.coalesce(func.sum(Refund.amount_cents).filter(under_way), 0),
        func.coalesce(func.sum(Refund.amount_cents).filter(is_refunded), 0),
    ).where(Refund.payment_id.in_(payment_ids), Refund.reason == RefundReason.PAID_TWICE)
    twice, sent_back = session.execute(statement).one()
    return int(twice), int(sent_back)


def _campaign(campaign: Campaign) -> GiftCampaign:
    return GiftCampaign(
        id=campaign.id,
        slug=campaign.slug,
        title=campaign.title,
        status=campaign.status,
        kind=campaign.kind,
        deadline_on=campaign.deadline_on,
        takes_pledges=takes_pledges(campaign),
        short_code=campaign.short_code,
    )
