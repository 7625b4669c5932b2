"""Cash on its way into the tin: entered by one, confirmed by another, given back by hand."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.ids import new_id, new_token
from voorjebuurt.pledges.tins.acting import require_collector
from voorjebuurt.pledges.tins.models import CashGift
from voorjebuurt.pledges.tins.rows import (
    locked_gift,
    move,
    note,
    returnable_cents,
    uncertain_cents,
)
from voorjebuurt.pledges.tins.rules import CashState, Giver, judge_amount
from voorjebuurt.settings import CashSettings


@dataclass(frozen=True)
class CashTerms:
    """What somebody put in (eurocents), and on which day."""

    giver: Giver
    name: str
    amount_cents: int
    got_on: date


def enter_cash(
    session: Session,
    *,
    campaign_id: UUID,
    terms: CashTerms,
    limits: CashSettings,
    actor: Actor,
    gift_id: UUID | None = None,
) -> UUID:
    """Write down cash that was given; a second person confirms it.

    ``gift_id`` is that of the form: sent twice, it is written down once.

    Raises ``DomainError`` at ``name``, ``amount`` or ``got_on``, or where the campaign takes no
    gifts now; ``ForbiddenError`` for who may not collect.
    """
    campaign = locked_campaign(session, campaign_id)
    person_id = require_collector(session, campaign_id, actor)
    before = session.get(CashGift, gift_id) if gift_id else None
    if before is not None:
        return _same(before, campaign_id, person_id, terms)
    if campaign.status != CampaignStatus.LIVE or campaign.pledges_stopped_at is not None:
        raise DomainError("cash_not_now")
    if campaign.closes_at is not None and campaign.closes_at <= clock.now():
        raise DomainError("cash_not_now")
    if terms.got_on > clock.today():
        raise DomainError("cash_in_future", field="got_on")
    tin_cents = uncertain_cents(session, campaign_id)
    judge_amount(terms.giver, terms.name, terms.amount_cents, tin_cents, limits)
    gift = CashGift(
        id=gift_id or new_id(),
        token=new_token(),
        campaign_id=campaign_id,
        giver=terms.giver.value,
        name="" if terms.giver is Giver.STRANGER else terms.name.strip(),
        amount_cents=terms.amount_cents,
        got_on=terms.got_on,
        state=CashState.ENTRY.value,
        entered_at=clock.now(),
        entered_by=person_id,
        note="",
    )
    session.add(gift)
    session.flush()
    cents = gift.amount_cents
    note(session, campaign, Action.CAMPAIGN_CASH_ENTERED, actor, cash=str(gift.id), cents=cents)
    return gift.id


def _same(before: CashGift, campaign_id: UUID, person_id: UUID, terms: CashTerms) -> UUID:
    """The cash that the same form wrote down. Raises ``DomainError`` for another gift."""
    was = (before.campaign_id, before.entered_by, before.giver, before.amount_cents)
    if was != (campaign_id, person_id, terms.giver.value, terms.amount_cents):
        raise DomainError("cash_written_down")
    return before.id


def confirm_cash(session: Session, *, campaign_id: UUID, gift_id: UUID, actor: Actor) -> int:
    """Say, as a second person, that it is in the tin; returns the number of its receipt.

    Raises ``ForbiddenError`` for who entered it, ``TransitionError`` when it is over.
    """
    campaign, gift = locked_gift(session, campaign_id, gift_id)
    person_id = require_collector(session, campaign_id, actor)
    if gift.entered_by == person_id:
        raise ForbiddenError("own_cash")
    last = select(func.max(CashGift.number)).where(CashGift.campaign_id == campaign_id)
    number = (session.scalar(last) or 0) + 1
    move(gift, "confirm")
    gift.number, gift.confirmed_at, gift.confirmed_by = number, clock.now(), person_id
    note(session, campaign, Action.CAMPAIGN_CASH_CONFIRMED, actor, cash=str(gift.id), number=number)
    return number


def void_cash(session: Session, *, campaign_id: UUID, gift_id: UUID, actor: Actor) -> None:
    """Cross out an entry that nobody confirmed; it stays to be seen."""
    campaign, gift = locked_gift(session, campaign_id, gift_id)
    person_id = require_collector(session, campaign_id, actor)
    move(gift, "void")
    gift.over_at, gift.over_by = clock.now(), person_id
    note(session, campaign, Action.CAMPAIGN_CASH_VOIDED, actor, cash=str(gift.id))


def hand_back(
    session: Session, *, campaign_id: UUID, gift_id: UUID, remark: str, actor: Actor
) -> None:
    """Tick off that a giver has their cash again, or what became of it (``remark``).

    Raises ``DomainError`` at ``note`` where nobody is known by name and nothing is said; or while
    the money is still at the platform's bank.
    """
    campaign, gift = locked_gift(session, campaign_id, gift_id)
    person_id = require_collector(session, campaign_id, actor)
    if gift.state == CashState.BACK and returnable_cents(session, campaign):
        raise DomainError("cash_still_at_bank")
    if gift.giver != Giver.PERSON and not remark.strip():
        raise DomainError("cash_note_missing", field="note")
    move(gift, "hand_back")
    gift.note, gift.over_at, gift.over_by = remark.strip(), clock.now(), person_id
    note(session, campaign, Action.CAMPAIGN_CASH_HANDED_BACK, actor, cash=str(gift.id))
