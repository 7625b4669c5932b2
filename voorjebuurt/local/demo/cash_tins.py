"""Cash at a market: written down by one, confirmed by another, and at the bank by two of staff."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.local.demo.episode_stories import CashStory
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.pledges.by_hand.rules import DeskWay
from voorjebuurt.pledges.desk.giving import DeskBounds, DeskTerms, make_desk_gift
from voorjebuurt.pledges.tins.collecting import CashTerms, confirm_cash, enter_cash
from voorjebuurt.pledges.tins.depositing import book_arrival, deposit_by_reference, make_deposit
from voorjebuurt.pledges.tins.models import CashArrival, CashDeposit, CashGift
from voorjebuurt.pledges.tins.rules import ArrivalState, CashState, Giver

DEPOSITED_AFTER, AT_BANK_AFTER = 1, 3
"""Days from the giving to the transfer of the tin, and to the statement that shows it."""


def collecting(
    stage: Stage, story: Story, campaign_id: UUID
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """Each day on which cash came in, and what follows; what was done before is left as it is."""
    for day in sorted({cash.day for cash in story.episodes.cash}):
        yield stage.moment(day, 16, 30), partial(_collect, stage, story, campaign_id, day)
        if any(cash.deposited for cash in story.episodes.cash if cash.day == day):
            moment = stage.moment(day + DEPOSITED_AFTER, 10, 15)
            yield moment, partial(_deposit, stage, story, campaign_id, day + DEPOSITED_AFTER)
            moment = stage.moment(day + AT_BANK_AFTER, 9, 25)
            yield moment, partial(_arrive, stage, campaign_id, day + AT_BANK_AFTER)


def _collect(stage: Stage, story: Story, campaign_id: UUID, day: int) -> None:
    """Who runs the campaign sits at the desk; the first who joined them counts along."""
    for number, cash in enumerate(story.episodes.cash):
        if cash.day != day:
            continue
        gift_id = _gift_id(campaign_id, number)
        with stage.scene(day, 16, 30) as session:
            actor = initiator(session, story.initiator)
            if session.get(CashGift, gift_id) is None:
                _enter(session, stage, campaign_id, gift_id, cash, actor)
        if not cash.confirmed:
            continue
        with stage.scene(day, 17, 10) as session:
            if session.get_one(CashGift, gift_id).state == CashState.ENTRY:
                second = initiator(session, story.members[0])
                confirm_cash(session, campaign_id=campaign_id, gift_id=gift_id, actor=second)


def _gift_id(campaign_id: UUID, number: int) -> UUID:
    """The id as a form would send it: the same at every load."""
    return uuid5(campaign_id, f"cash {number}")


def _enter(
    session: Session, stage: Stage, campaign_id: UUID, gift_id: UUID, cash: CashStory, actor: Actor
) -> None:
    settings = stage.runtime.settings
    if cash.street:
        make_desk_gift(
            session,
            campaign_id=campaign_id,
            gift_id=gift_id,
            terms=DeskTerms(
                way=DeskWay.CASH,
                amount_cents=cash.cents,
                name=cash.name,
                name_public=True,
                street=cash.street,
                postcode=cash.postcode,
                town=cash.town,
            ),
            bounds=DeskBounds(settings.pledges, settings.cash, settings.donor_key),
            actor=actor,
        )
        return
    alone = Giver.PERSON if cash.name else Giver.STRANGER
    giver = Giver.COLLECTION if cash.collection else alone
    enter_cash(
        session,
        campaign_id=campaign_id,
        terms=CashTerms(giver, cash.name, cash.cents, clock.today()),
        limits=settings.cash,
        actor=actor,
        gift_id=gift_id,
    )


def _deposit(stage: Stage, story: Story, campaign_id: UUID, day: int) -> None:
    """The tin of that day, once: another load finds cash of a later day in it, which waits."""
    tin_day = day - DEPOSITED_AFTER
    gift_ids = [
        _gift_id(campaign_id, number)
        for number, cash in enumerate(story.episodes.cash)
        if cash.day == tin_day
    ]
    with stage.scene(day, 10, 15) as session:
        in_tin = select(CashGift.id).where(
            CashGift.id.in_(gift_ids), CashGift.state == CashState.TIN
        )
        if session.scalar(in_tin.limit(1)) is not None:
            actor = initiator(session, story.initiator)
            make_deposit(session, campaign_id=campaign_id, actor=actor)


def _arrive(stage: Stage, campaign_id: UUID, day: int) -> None:
    """The whole sum came the day before; one of staff reads it, and another books it."""
    first, second = stage.cast.staff[:2]
    with stage.scene(day, 9, 25) as session:
        arrivals = select(CashArrival.deposit_id)
        statement = select(CashDeposit).where(
            CashDeposit.campaign_id == campaign_id, CashDeposit.id.not_in(arrivals)
        )
        for deposit in session.scalars(statement):
            deposit_by_reference(
                session,
                reference=deposit.reference or "",
                cents=deposit.amount_cents,
                received_on=clock.today() - timedelta(days=1),
                line=f"Afschrift {deposit.reference}",
                actor=first,
            )
    with stage.scene(day, 11, 40) as session:
        waiting = (
            select(CashArrival.id)
            .join(CashDeposit, CashDeposit.id == CashArrival.deposit_id)
            .where(CashDeposit.campaign_id == campaign_id)
            .where(CashArrival.state == ArrivalState.ENTRY)
        )
        for arrival_id in session.scalars(waiting).all():
            book_arrival(session, arrival_id=arrival_id, actor=second)
