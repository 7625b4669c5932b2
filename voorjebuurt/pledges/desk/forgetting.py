"""Who gave at a desk is kept for what they must be told, and no longer than that."""

from datetime import timedelta

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.pledges.by_hand.models import DeskGift, DeskLetter
from voorjebuurt.pledges.erasing.detaching import detach_donor
from voorjebuurt.pledges.models import Pledge

KEPT = timedelta(days=365)


def forget_desk_donors(session: Session) -> None:
    """Forget names, addresses and the texts of letters, a year after the campaign's end.

    Not while somebody is still to be told something.
    """
    over = select(Campaign.id).where(Campaign.decided_at < clock.now() - KEPT)
    waits = exists().where(DeskLetter.desk_gift_id == DeskGift.id, DeskLetter.told_at.is_(None))
    old = select(DeskGift.id).where(DeskGift.campaign_id.in_(over), ~waits)
    session.execute(
        update(DeskLetter)
        .where(DeskLetter.desk_gift_id.in_(old), DeskLetter.context != {})
        .values(context={})
    )
    pledges = session.scalars(
        select(Pledge)
        .join(DeskGift, DeskGift.pledge_id == Pledge.id)
        .where(DeskGift.id.in_(old), Pledge.by_hand)
        .order_by(Pledge.id)
        .with_for_update(of=Pledge)
    ).all()
    for pledge in pledges:
        detach_donor(session, pledge)
        pledge.erased_as = new_id()
    session.execute(
        update(DeskGift)
        .where(DeskGift.id.in_(old), DeskGift.street != "")
        .values(recipient="", street="", postcode="", town="")
    )
