"""Live match of a plan that changed, or of a success that lost something: by the same rule again.

While it was owed nothing moved by itself, whatever went back. What the rule no longer gives is let
go at once, so that it does not count for what the donors choose; what gifts add moves it later. And
crowd and match together are never more than a smaller plan costs: the match gives way.
"""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.matching.applications.rows import locked_application, move_application
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.live.allocation import open_application
from voorjebuurt.matching.live.fixed_amounts import amount_fixed
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.rows import (
    MatchRows,
    hold,
    match_subject,
    next_key,
    reserve,
    room_for,
)
from voorjebuurt.matching.pots.service import compute_again
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.holding_plans import holding_plan
from voorjebuurt.pledges.rules import DECIDED_MATCH, OWED_MATCH, MatchStatus, fitting_match


def release_surplus(session: Session, *, campaign_id: UUID, actor: Actor) -> None:
    """Let go what the rules do not give to a campaign; it and its matches are held."""
    is_promised = CampaignMatch.status == MatchStatus.AWARDED
    for application_id in _live_matches(session, campaign_id, is_promised):
        application = open_application(session, application_id)
        if application.surplus_cents:
            _let_go(session, application.rows, application.surplus_cents, actor)


def fit_to_plan(session: Session, *, campaign: Campaign, actor: Actor) -> None:
    """Let go what a success on a smaller plan has above the costs, before any of it is owed.

    Of several funds the one that awarded last gives way first. What officers awarded as an amount
    stays: only they can lower it. The campaign is held.
    """
    plan = holding_plan(session, campaign)
    if plan is None or plan.kept_cents is None:
        return
    of_campaign = CampaignMatch.campaign_id == campaign.id
    total = select(func.coalesce(func.sum(CampaignMatch.match_cents), 0)).where(of_campaign)
    above_cents = plan.kept_cents + int(session.scalar(total) or 0) - plan.budget_cents
    is_promised = CampaignMatch.status == MatchStatus.AWARDED
    for application_id in reversed(_live_matches(session, campaign.id, is_promised)):
        rows = hold(session, application_id)
        less_cents = min(above_cents, rows.match.match_cents)
        if less_cents > 0:
            _let_go(session, rows, less_cents, actor)
            above_cents -= less_cents
    if above_cents > 0:
        _tell_officers(session, campaign, plan.budget_cents)


def _tell_officers(session: Session, campaign: Campaign, budget_cents: int) -> None:
    """An amount awarded as such is above what the plan needs: no payout before they act."""
    statement = (
        select(Application.number, CampaignMatch.match_cents)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(
            CampaignMatch.campaign_id == campaign.id,
            ~CampaignMatch.live,
            CampaignMatch.status.in_(sorted(DECIDED_MATCH)),
        )
    )
    for number, match_cents in session.execute(statement):
        audit.raise_alert(
            session,
            key=f"match_above_plan:{number}:{budget_cents}",
            kind=AlertKind.MATCH_ABOVE_PLAN,
            detail={
                "application": number,
                "campaign_id": str(campaign.id),
                "match_cents": match_cents,
                "budget_cents": budget_cents,
            },
        )


class Due(NamedTuple):
    """What a live fund owes a success by the gifts that stand, and what it owed (eurocents)."""

    application_id: UUID
    cents: int
    before_cents: int
    is_determined: bool

    @property
    def change_cents(self) -> int:
        """How much more; negative when a gift went back. Nothing where officers determined it."""
        return 0 if self.is_determined else self.cents - self.before_cents


def dues_of_success(session: Session, *, campaign: Campaign, crowd_cents: int) -> list[Due]:
    """Compute what live funds owe a success that is not paid out yet; the campaign is held.

    ``crowd_cents``: what is left of what neighbours gave. Only what gave way to the costs of a
    smaller plan comes back: else a fixed amount does not grow.
    """
    plan, dues = holding_plan(session, campaign), []
    is_owed = CampaignMatch.status.in_(sorted(OWED_MATCH))
    for application_id in _live_matches(session, campaign.id, is_owed):
        due_cents = amount_due(session, application_id)
        rows = hold(session, application_id)
        before_cents = rows.match.match_cents
        if plan is None:
            due_cents = min(due_cents, before_cents)
        else:
            due_cents = fitting_match(
                budget_cents=plan.budget_cents,
                crowd_cents=crowd_cents + _others(session, rows),
                match_cents=min(due_cents, before_cents + room_for(session, rows)),
            )
        status = session.get_one(Application, application_id).status
        is_determined = status == ApplicationStatus.DETERMINED
        dues.append(Due(application_id, due_cents, before_cents, is_determined))
    return dues


def follow_success(session: Session, *, dues: Sequence[Due], actor: Actor) -> None:
    """Bring the matches to what is due, and tell who applied; all of their rows are held."""
    for due in dues:
        if not due.change_cents:
            continue
        rows = hold(session, due.application_id)
        # What a bank took can be more than was left of the gifts: then the rest is not here.
        here_cents = guarded_balance(session, payable(rows.campaign.id))
        cents = max(due.cents, due.before_cents - here_cents)
        key = next_key(session, "follow", due.application_id)
        compute_again(session, rows, cents=cents, key=key, actor=actor)
        if not cents:
            _expire(session, due.application_id, actor)
        amount_fixed(session, application_id=due.application_id, again=True)


def _expire(session: Session, application_id: UUID, actor: Actor) -> None:
    """An award ends by which nothing is owed any more."""
    _, application = locked_application(session, application_id)
    move_application(session, application=application, action="expire", actor=actor)


def amount_due(session: Session, application_id: UUID) -> int:
    """What an award comes to by the gifts that stand, and at most (eurocents)."""
    application = open_application(session, application_id)
    return min(application.claim_cents, application.rows.match.maximum_cents or 0)


def _others(session: Session, rows: MatchRows) -> int:
    statement = select(func.coalesce(func.sum(CampaignMatch.match_cents), 0)).where(
        CampaignMatch.campaign_id == rows.campaign.id,
        CampaignMatch.application_id != rows.match.application_id,
    )
    return int(session.scalar(statement) or 0)


def _live_matches(
    session: Session, campaign_id: UUID, condition: ColumnElement[bool]
) -> Sequence[UUID]:
    """Applications to live funds, by when they were awarded; their matches and pots are held.

    All pots before any balance of the ledger, in one order for everybody.
    """
    statement = select(CampaignMatch.application_id).where(
        CampaignMatch.campaign_id == campaign_id, CampaignMatch.live, condition
    )
    by_award = statement.order_by(CampaignMatch.granted_at, CampaignMatch.application_id)
    application_ids = session.scalars(by_award).all()
    for application_id in sorted(application_ids):
        hold(session, application_id)
    return application_ids


def _let_go(session: Session, rows: MatchRows, cents: int, actor: Actor) -> None:
    key = next_key(session, "follow", rows.match.application_id)
    reserve(session, rows, kind="follow", key=key, cents=-cents)
    audit.record(
        session,
        actor=actor,
        action=Action.MATCH_LOWERED,
        subject=match_subject(rows),
        detail={"cents": -cents},
    )
