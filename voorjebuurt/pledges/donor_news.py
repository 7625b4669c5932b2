"""Telling all donors of a campaign something: one mail for each, however many they are.

The fact is written down with a job, which makes the mails in batches. What stopped halfway is
run again: who has the mail already gets no second one.
"""

from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, String, Uuid, cast, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import jobs
from voorjebuurt.mail import links
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.pledges.by_hand.letters import has_letter, write_letter
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus


class DonorNews(NamedTuple):
    """What donors are told: the mail's template, and what it says beside the gift and the title.

    A donor gets it once for each ``fact``: a text that is the fact's own within the campaign.
    """

    template: str
    fact: str
    context: dict[str, Any]


class _Reader(NamedTuple):
    """A donor: the first pledge ever of the address, and the last gift and the sum that count."""

    first_id: UUID
    last_id: UUID
    amount_cents: int


def tell_donors(
    session: Session, *, campaign_id: UUID, template: str, fact: str = "once", **context: Any
) -> None:
    """Write the job that mails everybody whose gift counts; the names are those of ``DonorNews``.

    ``context`` must be JSON.
    """
    jobs.defer(
        session,
        "pledges.tell_donors",
        campaign_id=str(campaign_id),
        template=template,
        fact=fact,
        context=context,
    )


def mail_next_donors(session: Session, *, campaign_id: UUID, news: DonorNews, limit: int) -> int:
    """Write the mails of the next donors who have none; returns of how many, at most ``limit``."""
    campaign = session.get_one(Campaign, campaign_id)
    readers = _readers(session, campaign_id, news, limit)
    for reader in readers:
        pledge = session.get_one(Pledge, reader.last_id)
        queue_mail(
            session,
            key=f"{_prefix(news)}{reader.first_id}",
            template=news.template,
            recipient=pledge.email or "",
            locale=pledge.locale,
            campaign_id=str(campaign.id),
            name=pledge.name,
            title=campaign.title,
            amount_cents=reader.amount_cents,
            gift_path=links.gift(pledge.token),
            campaign_path=links.campaign(campaign.slug),
            **news.context,
        )
    return len(readers) + _write_letters(session, campaign, news, limit - len(readers))


def _write_letters(session: Session, campaign: Campaign, news: DonorNews, limit: int) -> int:
    """The same on paper, for the next who gave at a desk and have no address of mail."""
    key = literal(_prefix(news)) + cast(Pledge.id, String)
    statement = (
        select(Pledge)
        .where(
            Pledge.campaign_id == campaign.id,
            Pledge.by_hand,
            Pledge.status == PledgeStatus.BOOKED,
            ~has_letter(key),
        )
        .order_by(Pledge.id)
        .limit(limit)
    )
    pledges = session.scalars(statement).all()
    for pledge in pledges:
        write_letter(
            session,
            key=f"{_prefix(news)}{pledge.id}",
            template=news.template,
            pledge_id=pledge.id,
            context={
                "campaign_id": str(campaign.id),
                "name": pledge.name,
                "title": campaign.title,
                "amount_cents": pledge.amount_cents,
                "gift_path": links.gift(pledge.token),
                "campaign_path": links.campaign(campaign.slug),
                **news.context,
            },
        )
    return len(pledges)


def _prefix(news: DonorNews) -> str:
    return f"{news.template}:{news.fact}:"


def _readers(session: Session, campaign_id: UUID, news: DonorNews, limit: int) -> list[_Reader]:
    """The first pledge of an address names its mail: it stays the same whatever is given later."""
    counts = Pledge.status == PledgeStatus.BOOKED
    ids = ARRAY(Uuid())
    first = func.array_agg(aggregate_order_by(Pledge.id, Pledge.created_at, Pledge.id), type_=ids)
    last = func.array_agg(
        aggregate_order_by(Pledge.id, Pledge.booked_at.desc(), Pledge.id.desc()), type_=ids
    ).filter(counts)
    donors = (
        select(
            first[1].label("first_id"),
            last[1].label("last_id"),
            func.sum(Pledge.amount_cents).filter(counts).label("amount_cents"),
        )
        .where(Pledge.campaign_id == campaign_id, Pledge.email.is_not(None))
        .group_by(Pledge.email)
        .having(func.count().filter(counts) > 0)
        .subquery()
    )
    key = literal(_prefix(news)) + cast(donors.c.first_id, String)
    is_mailed = select(MailMessage.id).where(MailMessage.key == key).exists()
    rows = session.execute(select(donors).where(~is_mailed).limit(limit))
    return [_Reader(row.first_id, row.last_id, int(row.amount_cents)) for row in rows]
