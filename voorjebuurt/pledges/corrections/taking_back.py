"""Taking a gift back before the last day of its campaign is over: once, and only by its donor."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.payments.queries import locked_payment
from voorjebuurt.pledges.booking import locked_pledge
from voorjebuurt.pledges.closing import return_contribution
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.returns import counted_payment_id
from voorjebuurt.pledges.rules import PledgeStatus, RefundReason, why_not_taken_back

_ON_ITS_WAY = frozenset({PledgeStatus.REFUNDING, PledgeStatus.REFUNDED, PledgeStatus.UNCLAIMED})


def take_back(session: Session, *, token: str, actor: Actor) -> None:
    """Order back what is left of the gift behind a link; a gift that goes back already is left.

    Raises ``NotFoundError`` for an unknown token, and ``DomainError`` when nothing of it counts or
    its campaign runs no more: from the moment its last day ends, whenever it is closed.
    """
    pledge_id = session.scalar(select(Pledge.id).where(Pledge.token == token))
    if pledge_id is None:
        raise NotFoundError("pledge_not_found")
    payment_id = counted_payment_id(session, pledge_id)
    # The order of all bookings: payment, gift, campaign. The end of a campaign holds its row too.
    if payment_id is not None:
        locked_payment(session, payment_id)
    pledge = locked_pledge(session, pledge_id)
    if payment_id is None and not pledge.by_hand:
        raise DomainError("gift_not_there")
    if PledgeStatus(pledge.status) in _ON_ITS_WAY:
        return
    campaign = locked_campaign(session, pledge.campaign_id)
    reason = why_not_taken_back(
        PledgeStatus(pledge.status),
        CampaignStatus(campaign.status),
        closes_at=campaign.closes_at,
        now=clock.now(),
    )
    if reason is not None:
        raise DomainError(reason)
    return_contribution(session, pledge_id=pledge.id, reason=RefundReason.DONOR_CHOICE, actor=actor)
