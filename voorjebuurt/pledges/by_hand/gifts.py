"""Which gift at a desk a gift in cash, or a pledge, belongs to."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voorjebuurt.pledges.by_hand.models import DeskGift


def desk_gift_of_cash(session: Session, cash_id: UUID) -> DeskGift | None:
    """The gift at a desk for which this cash was put into the tin."""
    return session.scalars(select(DeskGift).where(DeskGift.cash_id == cash_id)).one_or_none()


def leave_pledge(session: Session, pledge_id: UUID) -> None:
    """Its cash does not count after all: another pledge comes when it does."""
    gift = select(DeskGift).where(DeskGift.pledge_id == pledge_id)
    desk = session.scalars(gift).one_or_none()
    if desk is not None:
        desk.pledge_id = None


def forget_desk_address(session: Session, pledge_id: UUID) -> None:
    """Throw away where letters about a gift went."""
    session.execute(
        update(DeskGift)
        .where(DeskGift.pledge_id == pledge_id)
        .values(recipient="", street="", postcode="", town="")
    )
