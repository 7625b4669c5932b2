"""Who a gift was from, taken away from it: its amounts, dates and ids stay for the books."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, select, update
from sqlalchemy.orm import Session

from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.rules import UNPAID_FINAL
from voorjebuurt.pledges.by_hand.gifts import forget_desk_address
from voorjebuurt.pledges.dedications.models import Dedication, GroupLogo
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.rewards.models import RewardChoice
from voorjebuurt.pledges.rules import PledgeStatus


def detach_donor(session: Session, pledge: Pledge) -> None:
    """Take away who a gift was from, and what they wrote. A second time changes nothing.

    The database refuses half of it. Money can still go back: the provider needs no name for it.
    Of a gift whose money never came also goes what matching rules would have known of it.
    """
    if pledge.by_hand:
        forget_desk_address(session, pledge.id)
        pledge.by_hand = False
    pledge.email = pledge.address_kept_for = None
    take_words_away(session, pledge)
    if pledge.status == PledgeStatus.OPEN:
        pledge.donor_key = pledge.local_code = None


def take_words_away(session: Session, pledge: Pledge) -> None:
    """Take away all that the donor filled in beside the address, and whose account it was."""
    pledge.postcode = pledge.donor_id = None
    pledge.name = pledge.message = ""
    pledge.name_public = False
    session.execute(delete(HiddenWords).where(HiddenWords.pledge_id == pledge.id))
    session.execute(delete(GroupLogo).where(GroupLogo.pledge_id == pledge.id))
    session.execute(delete(Dedication).where(Dedication.pledge_id == pledge.id))
    # What they were to get stays taken, and nobody can be asked for an address any more.
    nobody = {"recipient": "", "street": "", "postcode": "", "town": ""}
    of_gift = RewardChoice.pledge_id == pledge.id
    session.execute(update(RewardChoice).where(of_gift).values(nobody))


def payment_may_come() -> ColumnElement[bool]:
    """SQL for: a payment of the gift may still come to something, or is not booked yet."""
    return exists().where(
        Payment.pledge_id == Pledge.id,
        Payment.status.not_in(sorted(UNPAID_FINAL)),
        Payment.booked_at.is_(None),
    )


def detach_unpaid(session: Session, *, before: datetime, limit: int) -> int:
    """Take away who gifts were from that were made before a moment and never paid, so many at once.

    Returns how many. Not while a payment of it may still come to something: what is paid is booked
    with its donor.
    """
    may_be_paid = exists().where(
        Payment.pledge_id == Pledge.id, Payment.status.not_in(sorted(UNPAID_FINAL))
    )
    statement = (
        select(Pledge)
        .where(
            Pledge.status == PledgeStatus.OPEN,
            Pledge.email.is_not(None),
            Pledge.created_at < before,
            ~may_be_paid,
        )
        .limit(limit)
        .with_for_update(of=Pledge, skip_locked=True)
    )
    pledges = session.scalars(statement).all()
    for pledge in pledges:
        detach_donor(session, pledge)
    session.flush()
    return len(pledges)


def is_erased(pledge: Pledge) -> bool:
    """Whether its donor was erased: nobody pays or corrects it any more."""
    return (pledge.email is None and not pledge.by_hand) or pledge.erased_as is not None
