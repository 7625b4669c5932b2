"""What initiators are mailed about gifts: the first at once, the others as often as they choose."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import everybody_now
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.mail.bundles import PAUSE
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.mail.choices import cadences_of, choose_cadences
from voorjebuurt.mail.models import MailChoice
from voorjebuurt.mail.subscriptions import is_refused, take_refusal_back
from voorjebuurt.people.models import Person
from voorjebuurt.pledges import mails
from voorjebuurt.pledges.models import GiftNews, Pledge
from voorjebuurt.pledges.queries import gifts_between, public_contribution
from voorjebuurt.pledges.rules import PledgeStatus

_TEMPLATE = "gift_digest"
MAIL_KIND = "gift"
"""What mails about gifts are called among the choices of a person."""
RUNNING = frozenset({CampaignStatus.LIVE, CampaignStatus.CLOSING})
_TOLD_THROUGH = func.greatest(
    func.coalesce(CampaignMember.gifts_told_through_at, GiftNews.through_at),
    CampaignMember.joined_at,
)
"""Of gifts after that a member was not mailed: at first, those after the first gift."""
_LINES = 40
"""A mail lists so many gifts at most, and says how many more there are."""


def tell_of_first_gift(session: Session, *, pledge: Pledge, campaign: Campaign) -> None:
    """Mail the initiator that the first gift came; of a later one nothing. The row says which.

    The campaign must be locked.
    """
    session.flush()
    is_first = session.execute(
        insert(GiftNews)
        .values(campaign_id=campaign.id, through_at=pledge.booked_at)
        .on_conflict_do_nothing()
        .returning(GiftNews.campaign_id)
    ).scalar()
    row = public_contribution(session, pledge.id) if is_first is not None else None
    if row is None:
        return
    for person in everybody_now(session, campaign):
        if gift_cadence(session, person.id) is not Cadence.NEVER:
            mails.first_gift(session, campaign=campaign, person=person, row=row)


def gift_cadence(session: Session, person_id: UUID) -> Cadence:
    """How often somebody wants mail about gifts: once a day if they said nothing.

    Who refused it by a mail from before one could choose gets none until they choose.
    """
    person = select(Person.id).where(Person.id == person_id, _has_refused())
    if session.scalar(person) is not None:
        return Cadence.NEVER
    return cadences_of(session, person_id).get(MAIL_KIND, Cadence.DAILY)


def choose_gift_cadence(
    session: Session, *, person_id: UUID, cadence: Cadence, actor: Actor
) -> None:
    """Choose how often mail about gifts comes. What is so already changes nothing."""
    email = session.get_one(Person, person_id).email
    take_refusal_back(session, email=email, template=_TEMPLATE, topic="")
    choose_cadences(session, person_id=person_id, cadences={MAIL_KIND: cadence}, actor=actor)


def _has_refused() -> ColumnElement[bool]:
    return is_refused(Person.email, template=_TEMPLATE, topic="")


def members_with_news(session: Session, cadence: Cadence = Cadence.DAILY) -> Sequence[UUID]:
    """Who runs a campaign, chose this, and was not mailed about gifts of it: ids of members.

    At once is one mail an hour at most. Of the last gifts of one that is over, the mail about how
    it ended tells.
    """
    is_new = select(Pledge.id).where(
        Pledge.campaign_id == GiftNews.campaign_id,
        Pledge.status == PledgeStatus.BOOKED,
        Pledge.booked_at > _TOLD_THROUGH,
    )
    statement = (
        select(CampaignMember.id)
        .join(GiftNews, GiftNews.campaign_id == CampaignMember.campaign_id)
        .join(Campaign, Campaign.id == CampaignMember.campaign_id)
        .join(Person, Person.id == CampaignMember.person_id)
        .outerjoin(
            MailChoice,
            and_(MailChoice.person_id == CampaignMember.person_id, MailChoice.kind == MAIL_KIND),
        )
        .where(
            CampaignMember.left_at.is_(None),
            Campaign.status.in_(sorted(RUNNING)),
            is_new.exists(),
            ~_has_refused(),
            func.coalesce(MailChoice.cadence, Cadence.DAILY.value) == cadence.value,
        )
        .order_by(CampaignMember.campaign_id, CampaignMember.id)
    )
    if cadence is Cadence.AT_ONCE:
        statement = statement.where(clock.now() - PAUSE >= _TOLD_THROUGH)
    return session.scalars(statement).all()


def mail_digest(session: Session, *, member_id: UUID) -> None:
    """Mail one who runs a campaign about its gifts since the last time; nothing when none came.

    The campaign's row is held, as it is by every booking: no gift falls between two digests.
    """
    member = session.get_one(CampaignMember, member_id)
    campaign = locked_campaign(session, member.campaign_id)
    session.refresh(member)
    if member.left_at is not None:
        return
    news = session.get_one(GiftNews, campaign.id, populate_existing=True)
    since = max(member.gifts_told_through_at or news.through_at, member.joined_at)
    until = member.gifts_told_through_at = clock.now()
    new = gifts_between(session, campaign.id, since=since, until=until, limit=_LINES)
    if new.gifts:
        mails.gift_digest(
            session,
            campaign=campaign,
            person=session.get_one(Person, member.person_id),
            new=new,
            through_at=until,
            cadence=gift_cadence(session, member.person_id),
        )
