"""The allocator of a live fund: takes claims in order and sets match apart for each, once.

One runs per pot at a time. It takes the oldest claims that the fund has not dealt with, holds
their campaigns (whoever writes a claim holds that row, so nothing of them is still on its way),
and lets the rule engine accept them one by one. The order in which it does so is written down as
steps, with what could be given at each: that is the order that counts, and it can be replayed.

All of a batch is one transaction: after a crash nothing of it happened, and the next run finds
the same claims again. Locks: the fund's turn, then campaigns, matches, the pot and the ledger.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import bump_version, locked_campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.live.allocation import OpenApplication, open_application, open_purse
from voorjebuurt.matching.models import MatchStep
from voorjebuurt.matching.pots.rows import look_at_success, match_subject, reserve
from voorjebuurt.pledges.marks import note_marks
from voorjebuurt.pledges.models import CampaignMatch, MatchClaim
from voorjebuurt.pledges.rules import MatchStatus

BATCH = 200
_TICK = timedelta(microseconds=1)

Waiting = tuple[UUID, MatchClaim]
"""The application and a claim that it has not dealt with."""


def allocate(session: Session, *, fund_id: UUID, limit: int = BATCH) -> int:
    """Deal with the oldest claims of a live fund; returns with how many.

    Call it, each time in a transaction of its own, until it returns less than ``limit``.
    """
    _take_turn(session, fund_id)
    first = _waiting(session, fund_id, limit)
    if not first:
        return 0
    applications = _open_applications(session, first)
    purse = open_purse(session, next(iter(applications.values())).rows)
    # Read again, now that nobody can write more: only then is the order of each campaign whole.
    among = sorted({application.rows.campaign.id for application in applications.values()})
    steps = []
    for application_id, claim in _waiting(session, fund_id, limit, among):
        steps.append(applications[application_id].take(claim, purse))
    _number(session, fund_id, steps)
    _settle(session, list(applications.values()), steps)
    return len(steps)


def _take_turn(session: Session, fund_id: UUID) -> None:
    """Wait until no other allocator of this fund runs; the turn ends with the transaction."""
    key = func.hashtextextended(f"allocate:{fund_id}", 0)
    session.execute(select(func.pg_advisory_xact_lock(key)))


def waiting_match_claims(fund_id: UUID | None = None) -> Select[UUID, MatchClaim]:
    """Claims that live funds have not dealt with, with the application, the oldest first."""
    statement = (
        select(CampaignMatch.application_id, MatchClaim)
        .join(MatchClaim, MatchClaim.campaign_id == CampaignMatch.campaign_id)
        .where(
            CampaignMatch.live,
            CampaignMatch.started,
            CampaignMatch.status.not_in([MatchStatus.OPEN, MatchStatus.RELEASED]),
            MatchClaim.seq > CampaignMatch.mark_seq,
        )
        .order_by(MatchClaim.seq)
    )
    return statement if fund_id is None else statement.where(CampaignMatch.fund_id == fund_id)


def funds_with_match_claims(session: Session) -> Sequence[UUID]:
    """Live funds that have claims to deal with."""
    statement = waiting_match_claims().with_only_columns(CampaignMatch.fund_id).order_by(None)
    return session.scalars(statement.distinct()).all()


def _waiting(
    session: Session, fund_id: UUID, limit: int, among: Sequence[UUID] | None = None
) -> list[Waiting]:
    statement = waiting_match_claims(fund_id).limit(limit)
    if among is not None:
        statement = statement.where(MatchClaim.campaign_id.in_(among))
    return [(row[0], row[1]) for row in session.execute(statement)]


def _open_applications(session: Session, waiting: Sequence[Waiting]) -> dict[UUID, OpenApplication]:
    """The applications of these claims with all that is needed to judge them, held in order."""
    for campaign_id in sorted({claim.campaign_id for _, claim in waiting}):
        locked_campaign(session, campaign_id)
    applications = sorted({application_id for application_id, _ in waiting})
    return {
        application_id: open_application(session, application_id) for application_id in applications
    }


def _number(session: Session, fund_id: UUID, steps: Sequence[MatchStep]) -> None:
    """Give the steps their places and instants: each later than all before it in this fund."""
    last_position, last_at = session.execute(
        select(
            func.coalesce(func.max(MatchStep.position), 0), func.max(MatchStep.accepted_at)
        ).where(MatchStep.fund_id == fund_id)
    ).one()
    at = clock.now() if last_at is None else max(clock.now(), last_at + _TICK)
    for number, step in enumerate(steps):
        step.position = last_position + 1 + number
        step.accepted_at = at + number * _TICK
    session.add_all(steps)


def _settle(
    session: Session, applications: Sequence[OpenApplication], steps: Sequence[MatchStep]
) -> None:
    """Reserve or release the sum of each application's steps; releases first."""
    for application in sorted(applications, key=lambda each: each.moved_cents):
        own_steps = [
            step for step in steps if step.application_id == application.rows.match.application_id
        ]
        if not own_steps:
            continue
        application.rows.match.mark_seq = application.mark_seq
        bump_version(application.rows.campaign)
        look_at_success(session, application.rows, cause="gift")
        if application.moved_cents:
            key = f"live:{application.rows.match.application_id}:{own_steps[-1].position}"
            reserve(session, application.rows, kind="live", key=key, cents=application.moved_cents)
        audit.record(
            session,
            actor=SYSTEM,
            action=Action.MATCH_CLAIMED,
            subject=match_subject(application.rows),
            detail={
                "cents": application.moved_cents,
                "steps": [own_steps[0].position, own_steps[-1].position],
            },
        )
    for campaign in {each.rows.campaign.id: each.rows.campaign for each in applications}.values():
        note_marks(session, campaign)
