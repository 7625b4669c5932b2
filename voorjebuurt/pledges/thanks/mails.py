"""Mailing thanks: to each donor once, whatever stops halfway, and no further once hidden."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.mail import links
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.pledges.news.readers import next_donors
from voorjebuurt.pledges.thanks.models import Thanks

TEMPLATE = "campaign_thanks"


def mail_next_thanks(session: Session, *, thanks_id: UUID, limit: int) -> int:
    """Write the mails of the next donors who have none; returns of how many, at most ``limit``."""
    thanks = session.get(Thanks, thanks_id, populate_existing=True)
    if thanks is None or thanks.hidden_at is not None:
        return 0
    prefix = f"{TEMPLATE}:{thanks.id}:"
    readers = next_donors(
        session, thanks.campaign_id, prefix=prefix, limit=limit, pledge_id=thanks.pledge_id
    )
    campaign = session.get_one(Campaign, thanks.campaign_id)
    for reader in readers:
        queue_mail(
            session,
            key=f"{prefix}{reader.key_id}",
            template=TEMPLATE,
            recipient=reader.email,
            locale=reader.locale,
            topic=str(campaign.id),
            thanks_id=str(thanks.id),
            name=reader.name,
            title=campaign.title,
            body=thanks.body,
            path=links.gift(reader.gift_token or ""),
        )
    return len(readers)


@still_true(TEMPLATE)
def is_not_hidden(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether staff did not stop these thanks, and they were not erased."""
    thanks = session.get(Thanks, UUID(context["thanks_id"]), populate_existing=True)
    return thanks is not None and thanks.hidden_at is None
