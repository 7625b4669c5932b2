"""Whether the account that a campaign has is still the account of who runs it now.

An account is not inherited: once who gave it left, or who signs for the campaign took over from
another without having agreed to it, they confirm it or give another one first. A trigger on
payouts holds the same.
"""

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.payouts.models import Payee

GIVER_STAYS: ColumnElement[bool] = exists().where(
    CampaignMember.campaign_id == Payee.campaign_id,
    CampaignMember.person_id == Payee.submitted_by,
    CampaignMember.left_at.is_(None),
)
"""Accounts whose giver runs the campaign now, for a statement that selects from payees."""

_campaign = aliased(Campaign)
STANDS: ColumnElement[bool] = GIVER_STAYS & exists().where(
    _campaign.id == Payee.campaign_id,
    or_(
        _campaign.initiator_id == Payee.submitted_by,
        _campaign.initiator_id == Payee.agreed_by,
        _campaign.initiator_id == Payee.signer_id,
    ),
)
"""Accounts of who runs the campaign now, for a statement that selects from payees."""


def stands(session: Session, payee: Payee) -> bool:
    """Whether money may go to this account, as far as it is about whose it is."""
    statement = select(Payee.id).where(Payee.id == payee.id, STANDS)
    return session.scalar(statement) is not None
