"""Asking cash back before it counts: until the last day of its campaign is over."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.pledges.tins.models import CashGift
from voorjebuurt.pledges.tins.rows import locked_gift, note
from voorjebuurt.pledges.tins.rules import UNCERTAIN


def ask_cash_back(session: Session, *, token: str, actor: Actor) -> None:
    """Write down that its giver wants it back: it never counts, and who took it gives it back.

    Asking again changes nothing. Raises ``NotFoundError`` for an unknown token, and
    ``DomainError`` for cash that counts, or of a campaign whose last day is over.
    """
    row = session.execute(
        select(CashGift.campaign_id, CashGift.id).where(CashGift.token == token)
    ).one_or_none()
    if row is None:
        raise NotFoundError("cash_not_found")
    campaign, gift = locked_gift(session, row.campaign_id, row.id)
    if gift.back_asked_at is not None:
        return
    is_over = campaign.closes_at is None or campaign.closes_at <= clock.now()
    if gift.state not in UNCERTAIN or campaign.status != CampaignStatus.LIVE or is_over:
        raise DomainError("gift_stays")
    gift.back_asked_at = clock.now()
    note(session, campaign, Action.CAMPAIGN_CASH_ASKED_BACK, actor, cash=str(gift.id))
