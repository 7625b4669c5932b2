"""Who may collect cash for a campaign: who runs it, and who they gave a link to."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import acts_for, require_member
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.pledges.tins.models import CashHelper
from voorjebuurt.pledges.tins.rules import DAY_AHEAD, LINK_DAYS, MOST_HELPERS


def collects(session: Session, campaign_id: UUID, person_id: UUID | None) -> bool:
    """Whether somebody may collect cash for a campaign."""
    if person_id is None:
        return False
    helper = select(CashHelper.id).where(
        CashHelper.campaign_id == campaign_id,
        CashHelper.person_id == person_id,
        CashHelper.ended_at.is_(None),
        or_(CashHelper.helps_until.is_(None), CashHelper.helps_until > clock.now()),
    )
    return acts_for(session, campaign_id, person_id) or session.scalar(helper) is not None


def require_collector(session: Session, campaign_id: UUID, actor: Actor) -> UUID:
    """The actor's id. Raises ``ForbiddenError`` for who may not collect for the campaign."""
    if actor.person_id is None or not collects(session, campaign_id, actor.person_id):
        raise ForbiddenError("not_your_campaign")
    return actor.person_id


def ask_helper(
    session: Session, *, campaign_id: UUID, actor: Actor, day: date | None = None
) -> str:
    """Make a link by which somebody becomes a helper; returns its token, which is kept nowhere.

    For ``day`` only, or until somebody ends it. Raises ``DomainError`` where there are enough, or
    at ``day`` for one that is over or too far; ``ForbiddenError``.
    """
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    now = clock.now()
    until = None
    if day is not None:
        if not clock.today() <= day <= clock.today() + timedelta(days=DAY_AHEAD):
            raise DomainError("cash_day_wrong", field="day", most=DAY_AHEAD)
        until = clock.end_of_day(day)
    here = select(func.count()).where(
        CashHelper.campaign_id == campaign_id,
        CashHelper.ended_at.is_(None),
        CashHelper.person_id.is_not(None) | (CashHelper.ends_at > now),
        or_(CashHelper.helps_until.is_(None), CashHelper.helps_until > now),
    )
    if (session.scalar(here) or 0) >= MOST_HELPERS:
        raise DomainError("cash_helpers_full", most=MOST_HELPERS)
    token = new_token()
    session.add(
        CashHelper(
            campaign_id=campaign_id,
            link_hash=token_hash(token),
            asked_at=now,
            asked_by=actor.person_id,
            ends_at=until or now + timedelta(days=LINK_DAYS),
            helps_until=until,
        )
    )
    _note(session, campaign_id, Action.CAMPAIGN_CASH_HELPER_ASKED, actor)
    return token


def become_helper(session: Session, *, token: str, actor: Actor) -> UUID:
    """Become one by a link, which works once; returns the campaign's id.

    Who collects for it already changes nothing. Raises ``DomainError`` for a link that is over.
    """
    link_hash = token_hash(token)
    campaign_id = session.scalar(
        select(CashHelper.campaign_id).where(CashHelper.link_hash == link_hash)
    )
    if campaign_id is None or actor.person_id is None:
        raise DomainError("cash_link_over")
    locked_campaign(session, campaign_id)
    if collects(session, campaign_id, actor.person_id):
        return campaign_id
    helper = session.scalars(
        select(CashHelper)
        .where(CashHelper.link_hash == link_hash)
        .execution_options(populate_existing=True)
    ).one()
    if helper.person_id is not None or helper.ended_at or helper.ends_at <= clock.now():
        raise DomainError("cash_link_over")
    # A day on which they helped before is over; of each there is at most one row that lasts.
    session.execute(
        update(CashHelper)
        .where(
            CashHelper.campaign_id == campaign_id,
            CashHelper.person_id == actor.person_id,
            CashHelper.ended_at.is_(None),
        )
        .values(ended_at=clock.now())
    )
    helper.person_id, helper.joined_at = actor.person_id, clock.now()
    _note(session, campaign_id, Action.CAMPAIGN_CASH_HELPER_JOINED, actor)
    return campaign_id


def end_helper(session: Session, *, campaign_id: UUID, helper_id: UUID, actor: Actor) -> None:
    """Let somebody help no longer, or a link work no longer. Raises ``NotFoundError``."""
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    helper = session.get(CashHelper, helper_id, populate_existing=True)
    if helper is None or helper.campaign_id != campaign_id:
        raise NotFoundError("cash_helper_not_found")
    if helper.ended_at is None:
        helper.ended_at = clock.now()
        _note(session, campaign_id, Action.CAMPAIGN_CASH_HELPER_ENDED, actor)


def _note(session: Session, campaign_id: UUID, action: Action, actor: Actor) -> None:
    subject = campaign_subject(locked_campaign(session, campaign_id))
    audit.record(session, actor=actor, action=action, subject=subject)
