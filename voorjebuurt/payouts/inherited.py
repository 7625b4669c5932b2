"""Asking who runs a campaign now to confirm the account that they inherited."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.payouts import mails
from voorjebuurt.payouts.amounts import payable_now
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.payee_rows import withdraw_waiting_payouts
from voorjebuurt.payouts.rules import CURRENT_PAYEE, PAYEE_CAMPAIGNS, reminder_round
from voorjebuurt.payouts.validity import STANDS


def ask_to_confirm(session: Session, *, campaign_id: UUID) -> bool:
    """When the account was inherited, withdraw what is not in a bank file yet and mail everybody
    who runs the campaign; returns whether there was a mail to send, at most one a week.
    """
    campaign = locked_campaign(session, campaign_id)
    payee = session.scalar(
        select(Payee).where(
            Payee.campaign_id == campaign_id, Payee.status.in_(CURRENT_PAYEE), ~STANDS
        )
    )
    if payee is None or campaign.orphaned_at is not None:
        return False
    withdraw_waiting_payouts(session, campaign_id, reason="payee_to_confirm", actor=SYSTEM)
    if campaign.status not in PAYEE_CAMPAIGNS or _is_over(session, campaign):
        return False
    since = campaign.decided_at
    number = reminder_round(since, clock.now()) if since is not None else 0
    return mails.payee_to_confirm(session, campaign=campaign, payee=payee, round_number=number)


def _is_over(session: Session, campaign: Campaign) -> bool:
    is_paid_out = campaign.status == CampaignStatus.PAID_OUT
    return is_paid_out and not payable_now(session, campaign.id)
