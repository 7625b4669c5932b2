"""What an initiator is mailed about the account and the money."""

from datetime import datetime, time
from typing import Any

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.clock import AMSTERDAM
from voorjebuurt.mail import links
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.payouts.iban import masked
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.people.models import Person


def payee_asked(session: Session, *, campaign: Campaign, round_number: int) -> bool:
    """Ask for an account; once per ``round_number``. Returns whether the mail is new."""
    key = f"payee_asked:{campaign.id}:{round_number}"
    return _queue(session, campaign, key=key, template="payee_asked")


def payee_changed(session: Session, *, campaign: Campaign, payee: Payee) -> None:
    """Tell that the account was changed, so that somebody whose mailbox it is may protest."""
    _queue(
        session,
        campaign,
        key=f"payee_changed:{payee.id}",
        template="payee_changed",
        iban=masked(payee.iban),
        payable_from=payee.payable_from.isoformat(),
    )


def payee_verified(session: Session, *, campaign: Campaign, payee: Payee) -> None:
    """Tell that the account was checked and found right."""
    _queue(
        session,
        campaign,
        key=f"payee_verified:{payee.id}",
        template="payee_verified",
        iban=masked(payee.iban),
        holder=payee.holder,
        succeeded=campaign.decided_at is not None,
    )


def payee_refused(session: Session, *, campaign: Campaign, payee: Payee) -> None:
    """Tell why the account can't be used."""
    _queue(
        session,
        campaign,
        key=f"payee_refused:{payee.id}",
        template="payee_refused",
        iban=masked(payee.iban),
        holder=payee.holder,
        reason=payee.refusal,
    )


def paid_out(session: Session, *, campaign: Campaign, payout: Payout, payee: Payee) -> None:
    """Tell that the money has gone."""
    day = payout.executed_on
    moment = datetime.combine(day, time(12), AMSTERDAM).isoformat() if day else None
    _queue(
        session,
        campaign,
        key=f"paid_out:{payout.id}",
        template="paid_out",
        iban=masked(payee.iban),
        holder=payee.holder,
        amount_cents=payout.amount_cents,
        executed_on=moment,
        end_to_end_id=payout.end_to_end_id,
    )


def payout_returned(session: Session, *, campaign: Campaign, payout: Payout, payee: Payee) -> None:
    """Tell that the bank could not deliver the money, and ask for a look at the account."""
    _queue(
        session,
        campaign,
        key=f"payout_returned:{payout.id}",
        template="payout_returned",
        iban=masked(payee.iban),
        holder=payee.holder,
        amount_cents=payout.amount_cents,
    )


def _queue(
    session: Session, campaign: Campaign, *, key: str, template: str, **context: Any
) -> bool:
    initiator = session.get_one(Person, campaign.initiator_id)
    return queue_mail(
        session,
        key=key,
        template=template,
        recipient=initiator.email,
        locale=initiator.locale,
        name=initiator.name,
        title=campaign.title,
        payee_path=links.my_payee(campaign.id),
        campaign_path=links.campaign(campaign.slug),
        desk_path=links.my_campaign(campaign.id),
        **context,
    )
