"""What a donor does with a monthly gift by its secret link: pause, go on, change, stop."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.pledges.monthly import mails
from voorjebuurt.pledges.monthly.collecting import end
from voorjebuurt.pledges.monthly.models import MonthlyCollection, MonthlyGift
from voorjebuurt.pledges.monthly.rows import (
    collections_of,
    locked_by_token,
    locked_monthly,
    move,
    note,
    pass_over_planned,
)
from voorjebuurt.pledges.monthly.rules import (
    OVER,
    CollectionState,
    MonthlyStatus,
    OverReason,
    day_in,
    month_of,
)
from voorjebuurt.settings import PledgeSettings


def pause(session: Session, *, token: str, actor: Actor) -> None:
    """Collect nothing until the donor goes on; what was announced is not collected either."""
    monthly = locked_by_token(session, token)
    if monthly.status == MonthlyStatus.PAUSE:
        return
    _check_begun(monthly)
    move(monthly, "pause")
    pass_over_planned(session, monthly)
    note(session, monthly, Action.PLEDGE_MONTHLY_PAUSED, actor)


def resume(session: Session, *, token: str, actor: Actor) -> None:
    """Collect again from the next time on; the day that went by in the pause is not made up for."""
    monthly = locked_by_token(session, token)
    if monthly.status == MonthlyStatus.RUN:
        return
    _check_begun(monthly)
    move(monthly, "resume")
    month = month_of(clock.today())
    is_gone_by = any(c.month == month for c in collections_of(session, monthly.id))
    if not is_gone_by and clock.today() >= day_in(month, monthly.day):
        session.add(
            MonthlyCollection(
                monthly_gift_id=monthly.id,
                month=month,
                due_on=day_in(month, monthly.day),
                amount_cents=monthly.amount_cents,
                tip_cents=monthly.tip_cents,
                state=CollectionState.SKIP.value,
            )
        )
    note(session, monthly, Action.PLEDGE_MONTHLY_RESUMED, actor)


def change_amount(
    session: Session,
    *,
    token: str,
    amount_cents: int,
    tip_cents: int,
    consent: bool,
    bounds: PledgeSettings,
    actor: Actor,
) -> None:
    """Give another amount (eurocents) each month. ``consent``: the donor says yes to paying more.

    What was announced already is collected as it was announced, or lower where that is lower.
    Raises ``DomainError`` at ``amount``, ``tip`` or ``agreed``, or when it is over.
    """
    monthly = locked_by_token(session, token)
    _check_begun(monthly)
    if amount_cents < bounds.min_cents:
        raise DomainError("pledge_too_low", field="amount", minimum_cents=bounds.min_cents)
    if amount_cents > bounds.max_cents:
        raise DomainError("pledge_too_high", field="amount", maximum_cents=bounds.max_cents)
    if not 0 <= tip_cents <= bounds.tip_max_cents:
        raise DomainError("tip_too_high", field="tip", maximum_cents=bounds.tip_max_cents)
    before_cents = monthly.amount_cents + monthly.tip_cents
    if (monthly.amount_cents, monthly.tip_cents) == (amount_cents, tip_cents):
        return
    if amount_cents + tip_cents > before_cents and not consent:
        raise DomainError("monthly_raise_not_agreed", field="agreed")
    monthly.amount_cents, monthly.tip_cents = amount_cents, tip_cents
    monthly.version += 1
    for collection in collections_of(session, monthly.id):
        is_lower = amount_cents + tip_cents < collection.amount_cents + collection.tip_cents
        if collection.state == CollectionState.PLAN and is_lower:
            collection.amount_cents, collection.tip_cents = amount_cents, tip_cents
    note(session, monthly, Action.PLEDGE_MONTHLY_CHANGED, actor, amount_cents=amount_cents)
    mails.changed(session, monthly, before_cents=before_cents)


def _check_begun(monthly: MonthlyGift) -> None:
    if monthly.status not in (MonthlyStatus.RUN, MonthlyStatus.PAUSE):
        raise DomainError("monthly_over")


def stop(session: Session, *, token: str, actor: Actor) -> None:
    """Collect nothing any more; a second time changes nothing."""
    monthly = locked_by_token(session, token)
    if monthly.status not in OVER:
        end(session, monthly, OverReason.DONOR, actor=actor)


def lock_monthly(session: Session, first_pledge_id: UUID) -> None:
    """Hold the row of the one that began with this gift: a form is compared with what it is now."""
    locked_monthly(session, _newest(session, first_pledge_id).id)


def monthly_parts(session: Session, first_pledge_id: UUID) -> Parts:
    """What the page shows of it that somebody can change."""
    monthly = _newest(session, first_pledge_id)
    return {
        "monthly_cents": monthly.amount_cents + monthly.tip_cents,
        "monthly_status": monthly.status,
    }


def _newest(session: Session, first_pledge_id: UUID) -> MonthlyGift:
    statement = select(MonthlyGift).where(MonthlyGift.first_pledge_id == first_pledge_id)
    newest_first = statement.order_by(MonthlyGift.created_at.desc()).limit(1)
    return session.scalars(newest_first.execution_options(populate_existing=True)).one()
