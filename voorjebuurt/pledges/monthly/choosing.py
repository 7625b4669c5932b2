"""Choosing to give each month, beside the promise of the first gift."""

from datetime import date
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id, new_token
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rows import move, note
from voorjebuurt.pledges.monthly.rules import (
    CollectionState,
    MonthlyPlan,
    MonthlyStatus,
    OverReason,
    month_of,
    plan_of,
)
from voorjebuurt.pledges.successors import family_id


class GivenTo(Protocol):
    """A campaign, as its row or as a page has it."""

    @property
    def status(self) -> str:
        """What it is at."""

    @property
    def deadline_on(self) -> date | None:
        """Its last day."""


def offered_plan(campaign: GivenTo) -> MonthlyPlan | None:
    """What giving each month from today on comes to; None where it can't be chosen."""
    if campaign.status != CampaignStatus.LIVE or campaign.deadline_on is None:
        return None
    return plan_of(clock.today(), campaign.deadline_on)


def choose_monthly(session: Session, *, pledge: Pledge, wish: bool, actor: Actor) -> None:
    """Let a promise that is not paid yet come back each month, or only once after all.

    Done again it follows what was corrected, also into another pledge of the same gift. Raises
    ``DomainError`` at ``often`` where no other month fits any more.
    """
    same_gift = _of_same_gift(pledge)
    monthly = session.scalar(
        select(MonthlyGift)
        .where(
            same_gift,
            MonthlyGift.status == MonthlyStatus.FIRST,
        )
        .with_for_update()
    )
    if not wish:
        if monthly is not None:
            move(monthly, "stop", reason=OverReason.DONOR)
        return
    plan = offered_plan(session.get_one(Campaign, pledge.campaign_id))
    if plan is None:
        raise DomainError("monthly_too_late", field="often")
    if monthly is None or monthly.first_pledge_id != pledge.id:
        if monthly is not None:
            move(monthly, "stop", reason=OverReason.DONOR)
            session.flush()
        customer_id = _customer_before(session, same_gift)
        monthly_id = new_id()
        monthly = MonthlyGift(
            id=monthly_id,
            token=new_token(),
            campaign_id=pledge.campaign_id,
            municipality_id=pledge.municipality_id,
            first_pledge_id=pledge.id,
            status=MonthlyStatus.FIRST.value,
            customer_key=f"customer-{monthly_id}",
            customer_id=customer_id,
            created_at=clock.now(),
            version=1,
        )
    monthly.amount_cents, monthly.tip_cents = pledge.amount_cents, pledge.tip_cents
    monthly.day, monthly.most, monthly.until_on = plan.day, plan.most, plan.until_on
    session.add(monthly)
    session.flush()
    note(session, monthly, Action.PLEDGE_MONTHLY_CHOSEN, actor, day=plan.day, most=plan.most)


def _of_same_gift(pledge: Pledge) -> ColumnElement[bool]:
    first_id = family_id(pledge)
    pledges = select(Pledge.id).where(or_(Pledge.id == first_id, Pledge.first_id == first_id))
    return MonthlyGift.first_pledge_id.in_(pledges)


def _customer_before(session: Session, same_gift: ColumnElement[bool]) -> str | None:
    """The customer of an earlier choice for the same gift, taken over: a late first payment of then
    begins a mandate that is this one's.
    """
    earlier = session.scalar(
        select(MonthlyGift).where(same_gift, MonthlyGift.customer_id.is_not(None))
    )
    if earlier is None:
        return None
    customer_id, earlier.customer_id = earlier.customer_id, None
    session.flush()
    return customer_id


def start_collecting(session: Session, monthly: MonthlyGift) -> bool:
    """Its first payment counts: from now on the mandate that it began is used.

    Returns whether there is one already: the provider may tell it later than the payment.
    """
    pledge = session.get_one(Pledge, monthly.first_pledge_id)
    for payment in payments_of_pledge(session, pledge.id):
        if payment.booked_as != "contribution" or payment.paid_at is None:
            continue
        if payment.mandate_id is None or payment.customer_id is None:
            return False
        paid_on = clock.local(payment.paid_at).date()
        monthly.customer_id, monthly.mandate_id = payment.customer_id, payment.mandate_id
        move(monthly, "start")
        session.add(
            MonthlyCollection(
                monthly_gift_id=monthly.id,
                month=month_of(paid_on),
                due_on=paid_on,
                amount_cents=pledge.amount_cents,
                tip_cents=pledge.tip_cents,
                state=CollectionState.ARRIVAL.value,
                pledge_id=pledge.id,
                notice_at=monthly.created_at,
            )
        )
        session.flush()
        note(session, monthly, Action.PLEDGE_MONTHLY_STARTED)
        return True
    return False


def monthly_of_first(session: Session, pledge_id: UUID) -> MonthlyGift | None:
    """The one that waits for this gift to be paid."""
    return session.scalar(
        select(MonthlyGift).where(
            MonthlyGift.first_pledge_id == pledge_id, MonthlyGift.status == MonthlyStatus.FIRST
        )
    )
