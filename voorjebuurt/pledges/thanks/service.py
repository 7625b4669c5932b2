"""Thanking donors, within bounds, and stopping thanks that break the rules."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from voorjebuurt.asking.service import checked_text
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.campaigns.updates.texts import SPEAKING
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    NotFoundError,
    TransitionError,
)
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.news.readers import donor_addresses
from voorjebuurt.pledges.rules import PledgeStatus
from voorjebuurt.pledges.thanks.models import Thanks

THANKS_MAX_LENGTH = 1_500
MOST_TO_ALL, MOST_TO_ONE_A_DAY = 3, 30
"""Letters to all donors of a campaign, ever; and letters to one donor, in a day."""
_DAY = timedelta(days=1)


def thank_donors(
    session: Session, *, campaign_id: UUID, pledge_id: UUID | None, body: str, actor: Actor
) -> None:
    """Mail thanks to who gave this, or to all who gave. The same words twice are sent once.

    Raises ``ForbiddenError``, ``TransitionError``, or ``DomainError`` at ``body`` or ``to``.
    """
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    if CampaignStatus(campaign.status) not in SPEAKING:
        raise TransitionError("wrong_state", state=campaign.status, action="thank_donors")
    body = checked_text(body, "body", "thanks_missing", THANKS_MAX_LENGTH)
    is_same = select(Thanks.id).where(
        Thanks.campaign_id == campaign.id,
        Thanks.pledge_id.is_not_distinct_from(pledge_id),
        Thanks.body == body,
    )
    if session.scalar(is_same.limit(1)) is not None:
        return
    _judge(session, campaign, pledge_id)
    thanks = Thanks(
        id=new_id(),
        campaign_id=campaign.id,
        pledge_id=pledge_id,
        body=body,
        sent_at=clock.now(),
        sent_by=actor.person_id,
    )
    session.add(thanks)
    session.flush()
    jobs.defer(session, "pledges.tell_thanks", thanks_id=str(thanks.id))
    _record(session, campaign, thanks, Action.CAMPAIGN_DONORS_THANKED, actor)


def hide_thanks(session: Session, *, thanks_id: UUID, reason: str, actor: Actor) -> None:
    """Send thanks no further; mails that went out can't be taken back. Twice is once."""
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    campaign_id = session.scalar(select(Thanks.campaign_id).where(Thanks.id == thanks_id))
    if campaign_id is None:
        raise NotFoundError("thanks_not_found")
    campaign = locked_campaign(session, campaign_id)
    thanks = session.get_one(Thanks, thanks_id, populate_existing=True)
    if thanks.hidden_at is not None:
        return
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    thanks.hidden_at, thanks.hidden_by = clock.now(), actor.person_id
    thanks.hidden_reason = reason.strip()
    _record(session, campaign, thanks, Action.CAMPAIGN_THANKS_HIDDEN, actor)


def forget_thanks(session: Session, person_id: UUID) -> None:
    """Throw away the thanks that somebody wrote; what was mailed was mailed."""
    session.execute(delete(Thanks).where(Thanks.sent_by == person_id))


def _judge(session: Session, campaign: Campaign, pledge_id: UUID | None) -> None:
    number = select(func.count(Thanks.id)).where(Thanks.campaign_id == campaign.id)
    if pledge_id is None:
        if (session.scalar(number.where(Thanks.pledge_id.is_(None))) or 0) >= MOST_TO_ALL:
            raise DomainError("thanks_to_all_full", field="to", most=MOST_TO_ALL)
        return
    since = clock.now() - _DAY
    today = number.where(Thanks.pledge_id.is_not(None), Thanks.sent_at > since)
    if (session.scalar(today) or 0) >= MOST_TO_ONE_A_DAY:
        raise DomainError("thanks_of_a_day", field="to", most=MOST_TO_ONE_A_DAY)
    is_thanked = select(Thanks.id).where(Thanks.pledge_id == pledge_id)
    is_donor = select(Pledge.id).where(
        Pledge.id == pledge_id,
        Pledge.campaign_id == campaign.id,
        Pledge.status == PledgeStatus.BOOKED.value,
        Pledge.email.in_(donor_addresses(campaign.id)),
    )
    if session.scalar(is_thanked) is not None or session.scalar(is_donor) is None:
        raise DomainError("thanks_not_possible", field="to")


def _record(
    session: Session, campaign: Campaign, thanks: Thanks, action: Action, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        reason=thanks.hidden_reason,
        detail={"thanks": str(thanks.id), "to_all": thanks.pledge_id is None},
    )
