"""Mailing an update: to each donor and follower once, whatever stops halfway."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.texts import Audience
from voorjebuurt.kernel.markdown import plain_beginning
from voorjebuurt.mail import links
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.pledges.news.readers import (
    TEMPLATE,
    NewsReader,
    next_donors,
    next_followers,
)

_SHOWN = 600
"""Characters of the text that a mail has; the rest is on the page."""


def mail_next_readers(session: Session, *, update_id: UUID, limit: int) -> int:
    """Write the mails of the next readers who have none; returns of how many, at most ``limit``.

    Nobody is left once the update was taken back or hidden.
    """
    update = _readable(session, update_id)
    if update is None:
        return 0
    prefix = f"{TEMPLATE}:{update.id}:"
    readers = next_donors(session, update.campaign_id, prefix=prefix, limit=limit)
    room = limit - len(readers)
    if room and update.audience == Audience.EVERYBODY:
        session.flush()
        _write(session, update, prefix, readers)
        followers = next_followers(session, update.campaign_id, prefix=prefix, limit=room)
        _write(session, update, prefix, followers)
        return len(readers) + len(followers)
    _write(session, update, prefix, readers)
    return len(readers)


@still_true(TEMPLATE)
def is_readable(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether the update is still there to be read."""
    return _readable(session, UUID(context["update_id"])) is not None


def _readable(session: Session, update_id: UUID) -> CampaignUpdate | None:
    update = session.get(CampaignUpdate, update_id, populate_existing=True)
    if update is None or update.published_at is None:
        return None
    is_off = update.withdrawn_at is not None or update.hidden_at is not None
    return None if is_off else update


def _write(
    session: Session, update: CampaignUpdate, prefix: str, readers: list[NewsReader]
) -> None:
    campaign = session.get_one(Campaign, update.campaign_id)
    for reader in readers:
        queue_mail(
            session,
            key=f"{prefix}{reader.key_id}",
            template=TEMPLATE,
            recipient=reader.email,
            locale=reader.locale,
            topic=str(campaign.id),
            update_id=str(update.id),
            name=reader.name,
            title=campaign.title,
            update_title=update.title,
            beginning=plain_beginning(update.body, _SHOWN),
            for_donors=update.audience == Audience.DONORS,
            is_donor=reader.gift_token is not None,
            path=_path(campaign, update, reader),
        )


def _path(campaign: Campaign, update: CampaignUpdate, reader: NewsReader) -> str:
    """Donors read what is for them behind the link of their gift; all else has a public page."""
    if update.audience == Audience.DONORS:
        return links.gift_updates(reader.gift_token or "")
    return links.update(campaign.slug, update.number or 0)
