"""Whether a donor whose payment failed is asked to try again."""

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.rules import UNPAID_FINAL
from voorjebuurt.pledges.erasing.detaching import is_erased
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus
from voorjebuurt.pledges.service import takes_pledges
from voorjebuurt.pledges.successors import successor


def is_worth_another_try(session: Session, pledge: Pledge) -> bool:
    """Whether a gift is unpaid, can be paid, and its donor has not given in another way since.

    Another way is a newer gift to the same campaign with the same address, paid or being paid.
    """
    if pledge.status != PledgeStatus.OPEN or is_erased(pledge):
        return False
    if successor(session, pledge) is not None:
        return False
    if not takes_pledges(session.get_one(Campaign, pledge.campaign_id)):
        return False
    is_alive = exists().where(
        Payment.pledge_id == Pledge.id, Payment.status.not_in(tuple(UNPAID_FINAL))
    )
    given_since = select(Pledge.id).where(
        Pledge.campaign_id == pledge.campaign_id,
        Pledge.email == pledge.email,
        Pledge.created_at >= pledge.created_at,
        or_(Pledge.status != PledgeStatus.OPEN, is_alive),
    )
    return session.scalar(given_since.limit(1)) is None
