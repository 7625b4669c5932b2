"""Cash that is at the bank becomes gifts of the crowd: of nobody that can be written to."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, InvariantError
from voorjebuurt.kernel.ids import new_id, new_token
from voorjebuurt.ledger import rules as chart
from voorjebuurt.ledger.keys import (
    cash_back_key,
    cash_counted_key,
    cash_late_key,
    cash_undone_key,
)
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.rules import credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.pledges.booking import release_to_initiator
from voorjebuurt.pledges.by_hand.gifts import desk_gift_of_cash, leave_pledge
from voorjebuurt.pledges.by_hand.models import DeskGift
from voorjebuurt.pledges.gift_news import tell_of_first_gift
from voorjebuurt.pledges.mails import cash_goes_back
from voorjebuurt.pledges.marks import note_marks
from voorjebuurt.pledges.match_claims import follow_gift
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PLEDGE_TRANSITIONS, NoAnswer, PledgeStatus, RefundReason
from voorjebuurt.pledges.tins.models import CashGift
from voorjebuurt.pledges.tins.rows import move, note


def count_deposit(session: Session, *, campaign: Campaign, gifts: Sequence[CashGift]) -> None:
    """Let the cash of a deposit count for its campaign; all rows must be locked.

    Match money never counts with it: nobody proved who gave it.
    """
    for gift in gifts:
        desk = desk_gift_of_cash(session, gift.id)
        pledge = _pledge(campaign, gift, desk)
        session.add(pledge)
        session.flush()
        if desk is not None:
            desk.pledge_id = pledge.id
        move(gift, "count")
        gift.pledge_id = pledge.id
        post(
            session,
            kind=BookingKind.CASH_COUNTED,
            key=cash_counted_key(gift.id, gift.turn),
            entries=[
                debit(chart.cash_received(campaign.id), gift.amount_cents),
                credit(chart.held(campaign.id), gift.amount_cents),
            ],
            campaign_id=campaign.id,
        )
        follow_gift(session, pledge=pledge, campaign=campaign, counts_cents=gift.amount_cents)
        if campaign.status in WON:
            release_to_initiator(
                session,
                campaign=campaign,
                held_cents=gift.amount_cents,
                tip_cents=0,
                key=cash_late_key(gift.id, gift.turn),
            )
        tell_of_first_gift(session, pledge=pledge, campaign=campaign)
    bump_version(campaign)
    note_marks(session, campaign)


def undo_count(session: Session, *, campaign: Campaign, gift: CashGift) -> None:
    """Let cash count no longer because its money never came: it is on its way again.

    The rows of campaign and gift must be locked. Its pledge ends; another one begins when the
    money does come.
    """
    pledge = session.get_one(Pledge, gift.pledge_id, with_for_update=True, populate_existing=True)
    post(
        session,
        kind=BookingKind.CASH_UNCOUNTED,
        key=cash_undone_key(gift.id, gift.turn),
        entries=[
            debit(chart.held(campaign.id), gift.amount_cents),
            credit(chart.cash_received(campaign.id), gift.amount_cents),
        ],
        campaign_id=campaign.id,
    )
    returning = PLEDGE_TRANSITIONS.after(PledgeStatus(pledge.status), "return")
    pledge.status = PLEDGE_TRANSITIONS.after(returning, "refunded").value
    pledge.refund_asked_at = pledge.refunded_at = clock.now()
    pledge.refund_reason = RefundReason.BOOKING.value
    pledge.by_hand, pledge.name, pledge.name_public = False, "", False
    pledge.message, pledge.erased_as = "", pledge.erased_as or new_id()
    leave_pledge(session, pledge.id)
    follow_gift(session, pledge=pledge, campaign=campaign, counts_cents=0)
    move(gift, "undo")
    gift.pledge_id, gift.turn = None, gift.turn + 1


def return_cash(
    session: Session, *, campaign: Campaign, pledge: Pledge, reason: RefundReason, actor: Actor
) -> None:
    """Let a gift in cash count no longer: its money goes back to who deposited it.

    The rows of pledge and campaign must be locked. Raises ``DomainError`` once the campaign has
    succeeded, ``InvariantError`` for a gift that was not in cash.
    """
    if CampaignStatus(campaign.status) in (CampaignStatus.SUCCEEDED, CampaignStatus.PAID_OUT):
        raise DomainError("refund_after_success")
    gift = session.scalars(
        select(CashGift)
        .where(CashGift.pledge_id == pledge.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if gift is None:
        raise InvariantError(f"pledge {pledge.id} is booked, but no payment of it")
    move(gift, "return")
    post(
        session,
        kind=BookingKind.CASH_UNCOUNTED,
        key=cash_back_key(gift.id),
        entries=[
            debit(chart.held(campaign.id), gift.amount_cents),
            credit(chart.cash_received(campaign.id), gift.amount_cents),
        ],
        campaign_id=campaign.id,
    )
    returning = PLEDGE_TRANSITIONS.after(PledgeStatus(pledge.status), "return")
    pledge.status = PLEDGE_TRANSITIONS.after(returning, "refunded").value
    pledge.refund_asked_at = pledge.refunded_at = clock.now()
    pledge.refund_reason = reason.value
    bump_version(campaign)
    follow_gift(session, pledge=pledge, campaign=campaign, counts_cents=0)
    note(session, campaign, Action.CAMPAIGN_CASH_UNCOUNTED, actor, cash=str(gift.id))
    if reason is not RefundReason.DONOR_CHOICE:
        cash_goes_back(session, pledge=pledge, campaign=campaign, reason=reason)


def _pledge(campaign: Campaign, gift: CashGift, desk: DeskGift | None) -> Pledge:
    """Of nobody; or of who gave at a desk and is told of it by hand."""
    now = clock.now()
    return Pledge(
        id=new_id(),
        token=new_token(),
        campaign_id=campaign.id,
        municipality_id=campaign.municipality_id,
        email=None,
        erased_as=None if desk else new_id(),
        by_hand=desk is not None,
        name=gift.name if desk else "",
        name_public=desk is not None and desk.name_public and gift.name != "",
        no_answer=desk.no_answer if desk else NoAnswer.BACK.value,
        locale="nl",
        amount_cents=gift.amount_cents,
        tip_cents=0,
        status=PledgeStatus.BOOKED.value,
        created_at=gift.entered_at,
        booked_at=now,
        matchable=False,
    )
