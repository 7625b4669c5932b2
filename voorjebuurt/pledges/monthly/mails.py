"""The mails about a monthly gift, each once; each carries the link by which it is stopped."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.mail import links
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rows import donor_pledge
from voorjebuurt.pledges.monthly.rules import CollectionState


def begun(session: Session, monthly: MonthlyGift, *, next_on: str | None) -> None:
    """The first payment is in: what is collected from now on, how often, and how to stop."""
    _tell(
        session,
        monthly,
        "monthly_begun",
        str(monthly.id),
        day=monthly.day,
        most=monthly.most,
        most_cents=monthly.most * (monthly.amount_cents + monthly.tip_cents),
        until_on=monthly.until_on.isoformat(),
        next_on=next_on,
    )


def announced(session: Session, monthly: MonthlyGift, collection: MonthlyCollection) -> None:
    """Days before: on which day how much is collected."""
    _tell(
        session,
        monthly,
        "monthly_announced",
        str(collection.id),
        collection_id=str(collection.id),
        due_on=collection.due_on.isoformat(),
        total_cents=collection.amount_cents + collection.tip_cents,
    )


@still_true("monthly_announced")
def is_still_planned(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether it is still to be collected, or was just now."""
    collection = session.get(MonthlyCollection, UUID(context["collection_id"]))
    return collection is not None and collection.state != CollectionState.SKIP


def failed(session: Session, monthly: MonthlyGift, collection: MonthlyCollection) -> None:
    """A collection came to nothing; it is not tried again in that month."""
    pledge = session.get(Pledge, collection.pledge_id) if collection.pledge_id else None
    _tell(
        session,
        monthly,
        "monthly_failed",
        str(collection.id),
        due_on=collection.due_on.isoformat(),
        total_cents=collection.amount_cents + collection.tip_cents,
        gift_path=links.gift(pledge.token) if pledge else None,
    )


def changed(session: Session, monthly: MonthlyGift, *, before_cents: int) -> None:
    """Another amount from the next announcement on."""
    _tell(
        session,
        monthly,
        "monthly_changed",
        f"{monthly.id}:{monthly.version}",
        before_cents=before_cents,
        total_cents=monthly.amount_cents + monthly.tip_cents,
    )


def over(session: Session, monthly: MonthlyGift) -> None:
    """Nothing is collected any more, and why."""
    _tell(session, monthly, "monthly_over", str(monthly.id), cause=monthly.reason)


def _tell(session: Session, monthly: MonthlyGift, template: str, key: str, **context: Any) -> None:
    pledge = donor_pledge(session, monthly)
    if pledge is None or pledge.email is None:
        return
    campaign = session.get_one(Campaign, monthly.campaign_id)
    queue_mail(
        session,
        key=f"{template}:{key}",
        template=template,
        recipient=pledge.email,
        locale=pledge.locale,
        name=pledge.name,
        title=campaign.title,
        amount_cents=monthly.amount_cents,
        tip_cents=monthly.tip_cents,
        monthly_path=links.monthly_gift(monthly.token),
        **context,
    )
