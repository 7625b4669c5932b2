"""What initiators and donors are mailed about the account and the money that is paid out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.acting import acts_for, everybody_now, mail_turn
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.accounting.queries import accounting_day
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.seals import mask_of
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.donor_news import tell_donors


def payee_asked(session: Session, *, campaign: Campaign, round_number: int) -> bool:
    """Ask for an account; once per ``round_number``. Returns whether the mail is new."""
    key = f"payee_asked:{campaign.id}:{round_number}"
    return _queue(session, campaign, key=key, template="payee_asked")


def payee_to_confirm(
    session: Session, *, campaign: Campaign, payee: Payee, round_number: int
) -> bool:
    """Ask everybody who runs the campaign whether an account that they inherited is right.

    Once per ``round_number``, and for each who signs. Returns whether the mail is new.
    """
    return _queue(
        session,
        campaign,
        key=f"payee_to_confirm:{payee.id}:{campaign.initiator_id}:{round_number}",
        template="payee_to_confirm",
        iban=mask_of(payee),
        holder=payee.holder,
        giver_left=not acts_for(session, campaign.id, payee.submitted_by),
        is_together=len(everybody_now(session, campaign)) > 1,
    )


def payee_changed(
    session: Session, *, campaign: Campaign, payee: Payee, is_same: bool = False
) -> None:
    """Tell that the account was changed, or confirmed (``is_same``), so that somebody whose
    mailbox it is may protest.
    """
    _queue(
        session,
        campaign,
        key=f"payee_changed:{payee.id}",
        template="payee_changed",
        iban=mask_of(payee),
        is_same=is_same,
        payable_from=payee.payable_from.isoformat(),
    )


def payee_proposed(session: Session, *, campaign: Campaign, payee: Payee) -> None:
    """Ask the others who run the campaign to agree; who proposed it needs no mail."""
    proposer = session.get_one(Person, payee.submitted_by)
    for person in everybody_now(session, campaign):
        if person.id != payee.submitted_by:
            _queue_one(
                session,
                person,
                campaign,
                key=f"payee_proposed:{payee.id}",
                template="payee_proposed",
                iban=mask_of(payee),
                proposer=proposer.name or proposer.email,
            )


def payee_agreed(session: Session, *, campaign: Campaign, payee: Payee) -> None:
    """Tell everybody who runs the campaign to which account two of them agreed."""
    names = {
        role: person.name or person.email
        for role, person in (
            ("proposer", session.get_one(Person, payee.submitted_by)),
            ("agreer", session.get_one(Person, payee.agreed_by)),
        )
    }
    _queue(
        session,
        campaign,
        key=f"payee_agreed:{payee.id}",
        template="payee_agreed",
        iban=mask_of(payee),
        payable_from=payee.payable_from.isoformat(),
        waits=payee.payable_from > payee.submitted_at,
        **names,
    )


def payee_not_agreed(session: Session, *, campaign: Campaign, payee: Payee) -> None:
    """Tell who proposed an account that another said no."""
    _queue_one(
        session,
        session.get_one(Person, payee.submitted_by),
        campaign,
        key=f"payee_not_agreed:{payee.id}",
        template="payee_not_agreed",
        iban=mask_of(payee),
    )


def payee_verified(session: Session, *, campaign: Campaign, payee: Payee) -> None:
    """Tell that the account was checked and found right."""
    _queue(
        session,
        campaign,
        key=f"payee_verified:{payee.id}",
        template="payee_verified",
        iban=mask_of(payee),
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
        iban=mask_of(payee),
        holder=payee.holder,
        reason=payee.refusal,
    )


def paid_out(session: Session, *, campaign: Campaign, payout: Payout, payee: Payee) -> None:
    """Tell that the money has gone."""
    day = payout.executed_on
    moment = clock.noon(day).isoformat() if day else None
    _queue(
        session,
        campaign,
        key=f"paid_out:{payout.id}",
        template="paid_out",
        iban=mask_of(payee),
        holder=payee.holder,
        amount_cents=payout.amount_cents,
        executed_on=moment,
        end_to_end_id=payout.end_to_end_id,
    )


def paid_out_to_donors(session: Session, *, campaign: Campaign, payout: Payout) -> None:
    """Tell the donors, once, that the group has the money, and by when it accounts for match."""
    accounts_by = accounting_day(session, campaign.id)
    tell_donors(
        session,
        campaign_id=campaign.id,
        template="paid_out_donor",
        executed_on=clock.noon(payout.executed_on or clock.today()).isoformat(),
        accounts_by=clock.noon(accounts_by).isoformat() if accounts_by else None,
    )


@still_true("paid_out_donor")
def money_is_with_the_group(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the bank has not sent the money back since."""
    campaign = session.get(Campaign, UUID(context["campaign_id"]))
    return campaign is not None and campaign.status == CampaignStatus.PAID_OUT


def payout_returned(session: Session, *, campaign: Campaign, payout: Payout, payee: Payee) -> None:
    """Tell that the bank could not deliver the money, and ask for a look at the account."""
    _queue(
        session,
        campaign,
        key=f"payout_returned:{payout.id}",
        template="payout_returned",
        iban=mask_of(payee),
        holder=payee.holder,
        amount_cents=payout.amount_cents,
    )


def _queue(
    session: Session, campaign: Campaign, *, key: str, template: str, **context: Any
) -> bool:
    """A mail to everybody who runs the campaign; whether it is new to one of them."""
    results = [
        _queue_one(session, person, campaign, key=key, template=template, **context)
        for person in everybody_now(session, campaign)
    ]
    return any(results)


def _queue_one(
    session: Session,
    person: Person,
    campaign: Campaign,
    *,
    key: str,
    template: str,
    **context: Any,
) -> bool:
    return queue_mail(
        session,
        key=key + mail_turn(campaign, person),
        template=template,
        recipient=person.email,
        locale=person.locale,
        name=person.name,
        title=campaign.title,
        payee_path=links.my_payee(campaign.id),
        campaign_path=links.campaign(campaign.slug),
        desk_path=links.my_campaign(campaign.id),
        **context,
    )
