"""One step of a monthly gift: what became of its collections, the next announced, or its end.

``advance`` looks at what is there and may be run at any time, any number of times: by news of a
payment, by the timetable, after a crash. What is due is collected by ``make_collection``, which
asks again for everything under the row's lock: never two in one month, whoever runs.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.ids import new_token
from voorjebuurt.mail import links
from voorjebuurt.payments import service as payments
from voorjebuurt.payments.models import Payment
from voorjebuurt.payments.queries import payments_of_pledge
from voorjebuurt.payments.rules import UNPAID_FINAL, PaymentSequence, PaymentStatus
from voorjebuurt.payments.service import MandatePart
from voorjebuurt.payments.tasks import sync_later
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.monthly import mails
from voorjebuurt.pledges.monthly.choosing import start_collecting
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rows import (
    collections_of,
    donor_pledge,
    locked_monthly,
    move,
    note,
    pass_over_planned,
)
from voorjebuurt.pledges.monthly.rules import (
    GRACE_DAYS,
    NOTICE_DAYS,
    OVER,
    TRIES,
    CollectionState,
    MonthlyStatus,
    OverReason,
    month_of,
    next_due,
)
from voorjebuurt.pledges.rules import PledgeStatus
from voorjebuurt.pledges.service import DESCRIPTION_LENGTH, takes_pledges

MANDATE_WITHIN = timedelta(days=1)
"""A mandate that the provider does not tell by then after the first payment never comes."""


def monthly_of_pledge(session: Session, pledge_id: UUID) -> UUID | None:
    """The monthly gift that a pledge is a part of, as its first or as the one of a month."""
    part = select(MonthlyCollection.monthly_gift_id).where(MonthlyCollection.pledge_id == pledge_id)
    statement = select(MonthlyGift.id).where(
        or_(MonthlyGift.first_pledge_id == pledge_id, MonthlyGift.id.in_(part))
    )
    return session.scalar(statement.order_by(MonthlyGift.created_at.desc()).limit(1))


def advance(session: Session, monthly_id: UUID) -> None:
    """Do what can be done about a monthly gift without asking the provider."""
    monthly = locked_monthly(session, monthly_id)
    if monthly.status == MonthlyStatus.FIRST:
        _look_at_first(session, monthly)
    _follow(session, monthly)
    if monthly.released_at is not None and _mandate_came_late(session, monthly):
        monthly.released_at = None
    if monthly.status in OVER or monthly.status == MonthlyStatus.FIRST:
        return
    reason = _reason_to_end(session, monthly)
    if reason is not None:
        end(session, monthly, reason)
    elif monthly.status == MonthlyStatus.RUN:
        _announce(session, monthly)


def _look_at_first(session: Session, monthly: MonthlyGift) -> None:
    pledge = session.get_one(Pledge, monthly.first_pledge_id)
    campaign = session.get_one(Campaign, monthly.campaign_id)
    if pledge.status == PledgeStatus.OPEN:
        if campaign.status != CampaignStatus.LIVE or pledge.email is None:
            move(monthly, "end", reason=OverReason.UNPAID)
        return
    if start_collecting(session, monthly):
        due = _next(session, monthly)
        mails.begun(session, monthly, next_on=due.isoformat() if due else None)
        return
    contribution = _contribution(session, pledge.id)
    if contribution is None:
        move(monthly, "end", reason=OverReason.UNPAID)
    elif contribution.paid_at and contribution.paid_at < clock.now() - MANDATE_WITHIN:
        move(monthly, "break", reason=OverReason.MANDATE)
        note(session, monthly, Action.PLEDGE_MONTHLY_ENDED, reason=monthly.reason)
    else:
        sync_later(session, contribution.id)


def _mandate_came_late(session: Session, monthly: MonthlyGift) -> bool:
    """Whether a first payment was paid, and began a mandate, when all were let go already."""
    attempts = payments_of_pledge(session, monthly.first_pledge_id)
    released_at = monthly.released_at
    return any(p.paid_at and released_at and p.paid_at > released_at for p in attempts)


def _contribution(session: Session, pledge_id: UUID) -> Payment | None:
    contributions = (
        p for p in payments_of_pledge(session, pledge_id) if p.booked_as == "contribution"
    )
    return next(contributions, None)


def _next(session: Session, monthly: MonthlyGift) -> date | None:
    months = [collection.month for collection in collections_of(session, monthly.id)]
    return next_due(day=monthly.day, until_on=monthly.until_on, today=clock.today(), months=months)


def _follow(session: Session, monthly: MonthlyGift) -> None:
    """Let each collection be what its gift came to, however late or often the news is."""
    for collection in collections_of(session, monthly.id):
        if collection.pledge_id is None:
            continue
        pledge = session.get_one(Pledge, collection.pledge_id, populate_existing=True)
        state = _state_of(session, pledge)
        if state.value == collection.state:
            continue
        collection.state = state.value
        if state is CollectionState.FAILURE:
            note(session, monthly, Action.PLEDGE_MONTHLY_FAILED, month=collection.month.isoformat())
            if pledge.status == PledgeStatus.OPEN:
                # What a bank takes back after it arrived is told where that is booked.
                mails.failed(session, monthly, collection)
    session.flush()


def _state_of(session: Session, pledge: Pledge) -> CollectionState:
    if pledge.status == PledgeStatus.CHARGED_BACK:
        return CollectionState.FAILURE
    if pledge.status != PledgeStatus.OPEN:
        return CollectionState.ARRIVAL
    attempts = payments_of_pledge(session, pledge.id)
    is_over = attempts and all(payment.status in UNPAID_FINAL for payment in attempts)
    return CollectionState.FAILURE if is_over else CollectionState.WAY


def _reason_to_end(session: Session, monthly: MonthlyGift) -> OverReason | None:
    campaign = session.get_one(Campaign, monthly.campaign_id)
    is_past = campaign.closes_at is not None and campaign.closes_at <= clock.now()
    if campaign.status != CampaignStatus.LIVE or is_past:
        return OverReason.CAMPAIGN
    if donor_pledge(session, monthly) is None:
        return OverReason.ERASURE
    collections = collections_of(session, monthly.id)
    outcomes = [c.state for c in collections if c.state in ("arrival", "failure")]
    if outcomes[-TRIES:] == [CollectionState.FAILURE.value] * TRIES:
        return OverReason.FAILURES
    open_states = (CollectionState.PLAN.value, CollectionState.WAY.value)
    has_open = any(collection.state in open_states for collection in collections)
    if not has_open and _next(session, monthly) is None:
        return OverReason.COMPLETE
    return None


def end(
    session: Session, monthly: MonthlyGift, reason: OverReason, *, actor: Actor = SYSTEM
) -> None:
    """Let nothing be collected any more, and tell the donor; its row must be locked."""
    action = {OverReason.MANDATE: "break", OverReason.FAILURES: "stop", OverReason.DONOR: "stop"}
    move(monthly, action.get(reason, "end"), reason=reason)
    pass_over_planned(session, monthly)
    session.flush()
    note(session, monthly, Action.PLEDGE_MONTHLY_ENDED, actor, reason=reason.value)
    if reason is not OverReason.ERASURE:
        mails.over(session, monthly)


def _announce(session: Session, monthly: MonthlyGift) -> None:
    """Tell of the next collection when its time has come; one at a time is announced or open."""
    collections = collections_of(session, monthly.id)
    campaign = session.get_one(Campaign, monthly.campaign_id)
    for collection in collections:
        if collection.state == CollectionState.PLAN and not _is_in_time(monthly, collection):
            collection.state = CollectionState.SKIP.value
    session.flush()
    open_states = (CollectionState.PLAN.value, CollectionState.WAY.value)
    if any(collection.state in open_states for collection in collections):
        return
    number = sum(collection.pledge_id is not None for collection in collections)
    due = _next(session, monthly)
    if due is None or number >= monthly.most or not takes_pledges(campaign):
        return
    if due > clock.today() + timedelta(days=NOTICE_DAYS):
        return
    collection = MonthlyCollection(
        monthly_gift_id=monthly.id,
        month=month_of(due),
        due_on=due,
        amount_cents=monthly.amount_cents,
        tip_cents=monthly.tip_cents,
        state=CollectionState.PLAN.value,
        notice_at=clock.now(),
    )
    session.add(collection)
    session.flush()
    mails.announced(session, monthly, collection)


def _is_in_time(monthly: MonthlyGift, collection: MonthlyCollection) -> bool:
    last_on = min(collection.due_on + timedelta(days=GRACE_DAYS), monthly.until_on)
    return clock.today() <= last_on


def due_collections(session: Session) -> Sequence[tuple[UUID, UUID]]:
    """Collections of which the provider has something to do: (gift, collection)."""
    without_answer = select(Payment.pledge_id).where(
        Payment.status == PaymentStatus.CREATING,
        Payment.sequence == PaymentSequence.RECURRING,
        Payment.provider_id.is_(None),
    )
    statement = (
        select(MonthlyCollection.monthly_gift_id, MonthlyCollection.id)
        .join(MonthlyGift, MonthlyGift.id == MonthlyCollection.monthly_gift_id)
        .where(
            or_(
                (MonthlyCollection.state == CollectionState.PLAN)
                & (MonthlyCollection.due_on <= clock.today())
                & (MonthlyGift.status == MonthlyStatus.RUN),
                (MonthlyCollection.state == CollectionState.WAY)
                & MonthlyCollection.pledge_id.in_(without_answer),
            )
        )
        .order_by(MonthlyCollection.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def make_collection(
    session: Session, *, collection_id: UUID, base_url: str, no_answer: str
) -> UUID | None:
    """Write down the gift of a month and its payment; the provider is asked after the commit.

    Returns the id of the payment that the provider does not know yet, also of one that was
    written down before; None when there is nothing to collect (any more).
    """
    monthly_id = session.get_one(MonthlyCollection, collection_id).monthly_gift_id
    monthly = locked_monthly(session, monthly_id)
    collection = session.get_one(MonthlyCollection, collection_id, populate_existing=True)
    if collection.pledge_id is not None:
        attempts = payments_of_pledge(session, collection.pledge_id)
        new_ones = (p.id for p in attempts if p.sequence == PaymentSequence.RECURRING)
        return next(new_ones, None)
    campaign = session.get_one(Campaign, monthly.campaign_id, populate_existing=True)
    donor = donor_pledge(session, monthly)
    is_due = collection.state == CollectionState.PLAN and collection.due_on <= clock.today()
    is_in_time = _is_in_time(monthly, collection)
    is_running = monthly.status == MonthlyStatus.RUN and takes_pledges(campaign)
    if donor is None or not (is_due and is_in_time and is_running):
        return None
    pledge = _pledge(monthly, collection, donor, no_answer)
    session.add(pledge)
    session.flush()
    collection.pledge_id, collection.state = pledge.id, CollectionState.WAY.value
    session.flush()
    number = sum(c.pledge_id is not None for c in collections_of(session, monthly.id))
    payment = payments.start_payment(
        session,
        pledge_id=pledge.id,
        municipality_id=pledge.municipality_id,
        amount_cents=pledge.amount_cents + pledge.tip_cents,
        description=f"Gift {number}: {campaign.title}"[:DESCRIPTION_LENGTH],
        locale=pledge.locale,
        return_url=f"{base_url}{links.gift_return(pledge.token)}",
        base_url=base_url,
        actor=SYSTEM,
        mandate=MandatePart(PaymentSequence.RECURRING, monthly.customer_id, monthly.mandate_id),
    )
    month = collection.month.isoformat()
    note(session, monthly, Action.PLEDGE_MONTHLY_COLLECTED, month=month, pledge_id=str(pledge.id))
    return payment.id


def _pledge(
    monthly: MonthlyGift, collection: MonthlyCollection, donor: Pledge, no_answer: str
) -> Pledge:
    """A gift of its own, of the same donor; the message was said with the first."""
    return Pledge(
        token=new_token(),
        campaign_id=monthly.campaign_id,
        municipality_id=monthly.municipality_id,
        donor_id=donor.donor_id,
        email=donor.email,
        name=donor.name,
        name_public=donor.name_public,
        message="",
        postcode=donor.postcode,
        local_code=donor.local_code,
        locale=donor.locale,
        donor_key=donor.donor_key,
        amount_cents=collection.amount_cents,
        tip_cents=collection.tip_cents,
        no_answer=no_answer,
        status=PledgeStatus.OPEN.value,
        created_at=clock.now(),
    )


def to_release(session: Session) -> Sequence[UUID]:
    """Gifts that are over, of which the provider still has a customer and nothing is on its way."""
    open_ones = select(MonthlyCollection.id).where(
        MonthlyCollection.monthly_gift_id == MonthlyGift.id,
        MonthlyCollection.state == CollectionState.WAY,
    )
    statement = select(MonthlyGift.id).where(
        MonthlyGift.over_at.is_not(None), MonthlyGift.released_at.is_(None), ~open_ones.exists()
    )
    return session.scalars(statement.order_by(MonthlyGift.over_at)).all()
