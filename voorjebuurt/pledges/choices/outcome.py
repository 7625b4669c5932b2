"""The end of a near miss: choices close, silence counts as was said, and the rest decides.

What is still under way is waited for as at any closing (ADR 3); then what donors kept and live
funds keep ready by the same rule is held against the new minimum. What both have above the costs of
a smaller plan is match that is let go afterwards: it never makes the difference (ADR 41).
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import campaign_subject, move_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.ledger.keys import succeeded_again_key
from voorjebuurt.ledger.queries import balance, guarded_balance
from voorjebuurt.ledger.rules import held, tips_deferred
from voorjebuurt.pledges.booking import release_to_initiator
from voorjebuurt.pledges.closing import WAIT_AT_MOST, news_is_awaited, refund_later
from voorjebuurt.pledges.matches import end_matches, live_match_cents, match_claims_wait
from voorjebuurt.pledges.near_miss import mails
from voorjebuurt.pledges.near_miss.asked_gifts import asked_gifts, gifts_to_return
from voorjebuurt.pledges.near_miss.holding_plans import usable_match_cents
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.rows import (
    end_near_miss,
    end_second_turn,
    locked_near_miss,
    move_near_miss,
)
from voorjebuurt.pledges.near_miss.rules import Lateness, NearMissOutcome, NearMissState

S = NearMissState
_WARN_BEFORE = timedelta(days=2)


def near_misses_to_move(session: Session) -> Sequence[UUID]:
    """Campaigns whose near miss may take a step by itself, the oldest first."""
    now = clock.now()
    statement = select(NearMiss.campaign_id).where(
        or_(
            and_(NearMiss.state == S.PLANNING, NearMiss.plan_due_at <= now),
            and_(NearMiss.state == S.REVIEW, NearMiss.review_due_at <= now),
            NearMiss.state.in_([S.ASKING, S.CLOSING]),
        )
    )
    return session.scalars(statement.order_by(NearMiss.begun_at)).all()


def near_misses_to_warn(session: Session) -> Sequence[UUID]:
    """Campaigns whose plan, or the review of it, is due within two days."""
    soon = clock.now() + _WARN_BEFORE
    statement = select(NearMiss.campaign_id).where(
        or_(
            and_(NearMiss.state == S.PLANNING, NearMiss.plan_due_at <= soon),
            and_(NearMiss.state == S.REVIEW, NearMiss.review_due_at <= soon),
        )
    )
    return session.scalars(statement.order_by(NearMiss.begun_at)).all()


def warn(session: Session, *, campaign_id: UUID) -> None:
    """Say once, to whose turn it is, that everybody is paid back if nothing is done."""
    campaign, near_miss = locked_near_miss(session, campaign_id)
    if campaign_id not in near_misses_to_warn(session):
        return
    if near_miss.state == S.PLANNING:
        mails.plan_due(session, campaign=campaign, near_miss=near_miss)
    else:
        mails.plan_waits(session, campaign=campaign, near_miss=near_miss, again=True)


def move_on(session: Session, *, campaign_id: UUID) -> Sequence[UUID]:
    """Take the step that is due, if one is; returns the gifts that must go back before the next."""
    campaign, near_miss = locked_near_miss(session, campaign_id)
    late = _lateness(near_miss)
    if late is not None:
        _fail(session, campaign, near_miss, late=late)
        return []
    if near_miss.state == S.ASKING and _choice_is_over(session, near_miss):
        _close(session, campaign, near_miss)
    return gifts_to_return(session, near_miss) if near_miss.state == S.CLOSING else []


def _lateness(near_miss: NearMiss) -> Lateness | None:
    """Whose term is over without what was to be done in it."""
    turns = {
        S.PLANNING.value: (near_miss.plan_due_at, Lateness.PLAN),
        S.REVIEW.value: (near_miss.review_due_at, Lateness.REVIEW),
    }
    due_at, late = turns.get(near_miss.state, (None, None))
    return late if due_at is not None and clock.now() >= due_at else None


def decide_near_miss(session: Session, *, campaign_id: UUID) -> bool:
    """Decide a near miss whose choices are over, if it can be; returns whether it was.

    Nothing is decided while a gift that must go back was not ordered back.
    """
    campaign, near_miss = locked_near_miss(session, campaign_id)
    if near_miss.state != S.CLOSING or near_miss.closed_at is None:
        return False
    if gifts_to_return(session, near_miss):
        return False
    known_by = near_miss.closed_at + WAIT_AT_MOST
    if clock.now() < known_by and news_is_awaited(session, campaign.id):
        return False
    crowd_cents = guarded_balance(session, held(campaign.id))
    reached_cents = crowd_cents + live_match_cents(session, campaign.id)
    if crowd_cents > 0 and reached_cents >= (near_miss.minimum_cents or 0):
        _succeed(session, campaign, near_miss, crowd_cents)
    else:
        _fail(session, campaign, near_miss)
    return True


def _choice_is_over(session: Session, near_miss: NearMiss) -> bool:
    """At its end; sooner when every donor answered, and nothing is asked of others any more."""
    if clock.now() >= near_miss.ends_at:
        return True
    if asked_gifts(session, near_miss, silent=True):
        return False
    return not near_miss.asks_rest or _reached(session, near_miss)


def _reached(session: Session, near_miss: NearMiss) -> bool:
    """Whether there is enough already; not known before funds dealt with what went back."""
    if match_claims_wait(session, near_miss.campaign_id):
        return False
    crowd_cents = balance(session, held(near_miss.campaign_id))
    reached_cents = crowd_cents + live_match_cents(session, near_miss.campaign_id)
    return reached_cents >= (near_miss.minimum_cents or 0)


def _close(session: Session, campaign: Campaign, near_miss: NearMiss) -> None:
    move_near_miss(campaign, near_miss, "close")
    near_miss.closed_at = clock.now()
    end_second_turn(campaign)
    audit.record(
        session,
        actor=SYSTEM,
        action=Action.CAMPAIGN_CHOICE_CLOSED,
        subject=campaign_subject(campaign),
    )
    session.flush()


def _succeed(session: Session, campaign: Campaign, near_miss: NearMiss, crowd_cents: int) -> None:
    """What was kept becomes the initiator's; the page has the new minimum from now on."""
    _end(session, campaign, near_miss, NearMissOutcome.SUCCESS)
    move_campaign(session, campaign=campaign, action="succeed", actor=SYSTEM)
    campaign.minimum_cents = near_miss.minimum_cents
    release_to_initiator(
        session,
        campaign=campaign,
        held_cents=crowd_cents,
        tip_cents=guarded_balance(session, tips_deferred(campaign.id)),
        key=succeeded_again_key(campaign.id, near_miss.id),
    )
    mails.outcome_known(session, campaign=campaign, near_miss=near_miss, is_won=True)
    jobs.defer(session, "pledges.thank_keepers", near_miss_id=str(near_miss.id))
    end_matches(session, campaign.id)


def _fail(
    session: Session, campaign: Campaign, near_miss: NearMiss, *, late: Lateness | None = None
) -> None:
    _end(session, campaign, near_miss, NearMissOutcome.FAILURE)
    move_campaign(session, campaign=campaign, action="fail", actor=SYSTEM)
    mails.outcome_known(session, campaign=campaign, near_miss=near_miss, is_won=False, late=late)
    refund_later(session, campaign.id)
    end_matches(session, campaign.id)


def _end(
    session: Session, campaign: Campaign, near_miss: NearMiss, outcome: NearMissOutcome
) -> None:
    crowd_cents = balance(session, held(campaign.id))
    near_miss.decided_match_cents = usable_match_cents(session, campaign, crowd_cents=crowd_cents)
    near_miss.decided_crowd_cents = crowd_cents
    end_near_miss(campaign, near_miss, outcome)
    campaign.decided_at = clock.now()
