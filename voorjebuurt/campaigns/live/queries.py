"""Reading what an initiator changed about a live campaign."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import cancel_reason
from voorjebuurt.campaigns.live.models import CampaignExtension, CampaignStop


class StopRow(NamedTuple):
    """That an initiator stopped a campaign; ``reason`` is None once staff keep it off the page."""

    reason: str | None
    at: datetime
    hidden_reason: str | None


class ExtensionRow(NamedTuple):
    """That the last day moved, from when to when, and why."""

    from_on: date
    until_on: date
    reason: str
    at: datetime


def extension_of(session: Session, campaign_id: UUID) -> ExtensionRow | None:
    """How the last day of a campaign moved; None when it did not."""
    row = session.get(CampaignExtension, campaign_id)
    return None if row is None else ExtensionRow(row.from_on, row.until_on, row.reason, row.at)


def stop_of(session: Session, campaign_id: UUID) -> StopRow | None:
    """How its initiator stopped a campaign; None when nobody did, or staff."""
    row = session.get(CampaignStop, campaign_id)
    if row is None:
        return None
    return StopRow(None if row.hidden_at else row.reason, row.at, row.hidden_reason)


def told_reason(session: Session, campaign_id: UUID) -> str | None:
    """Why a campaign was stopped, for mails: in the words of who did, unless staff hid them."""
    stop = stop_of(session, campaign_id)
    return cancel_reason(session, campaign_id) if stop is None else stop.reason
