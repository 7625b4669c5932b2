"""Mailing followers of a campaign, in batches."""

from typing import Any
from uuid import UUID

from voorjebuurt.kernel.batches import in_batches
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.pledges.live.follower_news import FollowerNews, mail_next_followers

_READERS_AT_ONCE = 200


@task("pledges.tell_followers")
def tell_followers(
    runtime: Runtime, *, campaign_id: str, template: str, context: dict[str, Any]
) -> None:
    """Mail all who follow a campaign, so many in a transaction: resumable, each once."""
    news = FollowerNews(template, context)
    in_batches(
        runtime.database,
        lambda session: mail_next_followers(
            session, campaign_id=UUID(campaign_id), news=news, limit=_READERS_AT_ONCE
        ),
        size=_READERS_AT_ONCE,
    )
