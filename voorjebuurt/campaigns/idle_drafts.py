"""A draft that nobody touches: its owner is reminded, then warned, and then it is erased.

An address that nobody confirmed gets no mail, and so has no warning to wait for.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.gallery.service import forget_gallery
from voorjebuurt.campaigns.lifecycle import campaign_subject, locked_campaign, touched_at
from voorjebuurt.campaigns.members.acting import everybody_now
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs.service import forget_needs
from voorjebuurt.campaigns.rewards.service import forget_rewards
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.mail.addresses import is_confirmed
from voorjebuurt.settings import CampaignSettings


def look_after_draft(session: Session, *, campaign_id: UUID, terms: CampaignSettings) -> None:
    """Do what is due with one draft: remind, warn, or erase it. Again on a day changes nothing."""
    campaign = locked_campaign(session, campaign_id)
    if campaign.status != CampaignStatus.DRAFT or campaign.submitted_at is not None:
        return
    since = touched_at(session, campaign)
    idle_days = (clock.today() - clock.local(since).date()).days
    if not _reads_mail(session, campaign):
        if idle_days >= terms.draft_erase_days:
            erase_draft(session, campaign=campaign, idle_days=idle_days)
    elif idle_days >= terms.draft_warn_days:
        _warn_or_erase(session, campaign, since, terms)
    elif idle_days >= terms.draft_remind_days:
        mails.draft_waits(session, campaign, since)


def _reads_mail(session: Session, campaign: Campaign) -> bool:
    if campaign.guest_name is not None:
        return False  # whoever typed the address never showed that they read its mail
    return any(is_confirmed(session, each.email) for each in everybody_now(session, campaign))


def _warn_or_erase(
    session: Session, campaign: Campaign, since: datetime, terms: CampaignSettings
) -> None:
    """Nothing is erased before the day that a mail named, however late that mail was written."""
    warned_at = mails.draft_warned_at(session, campaign, since)
    day = _erase_on(since, warned_at or clock.now(), terms)
    if warned_at is None:
        mails.draft_ends(session, campaign, since, erase_on=day)
    elif clock.today() >= day:
        idle_days = (clock.today() - clock.local(since).date()).days
        erase_draft(session, campaign=campaign, idle_days=idle_days)


def _erase_on(since: datetime, warned_at: datetime, terms: CampaignSettings) -> date:
    notice = timedelta(days=terms.draft_erase_days - terms.draft_warn_days)
    term_ends = clock.local(since).date() + timedelta(days=terms.draft_erase_days)
    return max(term_ends, clock.local(warned_at).date() + notice)


def erase_draft(session: Session, *, campaign: Campaign, idle_days: int) -> None:
    """Erase a draft that is locked, with all that was written in it; the trail says that it was.

    Its picture goes with the next sweep of pictures that no campaign uses.
    """
    audit.record(
        session,
        actor=SYSTEM,
        action=Action.CAMPAIGN_ERASED,
        subject=campaign_subject(campaign),
        detail={"idle_days": idle_days},
    )
    forget_needs(session, campaign.id)
    forget_rewards(session, campaign.id)
    forget_gallery(session, campaign.id)
    session.delete(campaign)
    session.flush()
