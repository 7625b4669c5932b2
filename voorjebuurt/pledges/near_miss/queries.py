"""Reading near misses: for the page, the donor, the initiator, the coach and staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import held
from voorjebuurt.pledges.matches import live_match_total
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.asked_gifts import asked_gifts, gifts_to_return
from voorjebuurt.pledges.near_miss.holding_plans import usable_match_cents
from voorjebuurt.pledges.near_miss.models import NearMiss, NearMissAnswer
from voorjebuurt.pledges.near_miss.rules import NearMissOutcome, NearMissState
from voorjebuurt.pledges.rules import PledgeStatus


class LineChange(NamedTuple):
    """One line of the budget as it was and as it becomes (eurocents)."""

    label: str
    old_cents: int
    new_cents: int


@dataclass(frozen=True)
class NearMissPage:
    """A near miss as its pages show it (eurocents). ``minimum_cents`` is that of the changed plan.

    ``silent``: of how many gifts the donor did not answer yet, of ``asked``; of ``crowd_cents``
    those are ``silent_cents``, and ``returning_cents`` go back when no answer comes.
    """

    id: UUID
    campaign_id: UUID
    cause: str
    state: str
    outcome: str | None
    begun_at: datetime
    plan_due_at: datetime
    review_due_at: datetime
    ends_at: datetime
    asked_at: datetime | None
    decided_at: datetime | None
    lines: Sequence[LineChange]
    old_minimum_cents: int
    minimum_cents: int | None
    budget_cents: int | None
    left_out: str
    asks_rest: bool
    note: str
    begun_match_cents: int
    asked_match_cents: int | None
    crowd_cents: int
    match_cents: int
    reserve_cents: int
    asked: int
    silent: int
    silent_cents: int
    returning_cents: int

    @property
    def reached_cents(self) -> int:
        """What there is now: from the crowd, and kept ready by live funds."""
        return self.crowd_cents + self.match_cents

    @property
    def match_fell_cents(self) -> int:
        """How much less match there is than was told first: an award went, or gifts did."""
        first_cents = self.begun_match_cents
        if self.is_smaller and self.asked_match_cents is not None:
            first_cents = self.asked_match_cents
        return max(0, first_cents - self.match_cents)

    @property
    def match_of_plan_less_cents(self) -> int:
        """How much less match the changed plan got than the first one had."""
        if self.asked_match_cents is None or not self.is_smaller:
            return 0
        return max(0, self.begun_match_cents - self.asked_match_cents)

    @property
    def missing_cents(self) -> int:
        """What the plan lacks: the changed one; while that is being made, still the old one."""
        is_made = self.minimum_cents and self.state != NearMissState.PLANNING
        needed_cents = self.minimum_cents if is_made else self.old_minimum_cents
        return max(0, (needed_cents or 0) - self.reached_cents)

    @property
    def due_at(self) -> datetime:
        """Until when this turn lasts."""
        return _due_at(self)

    @property
    def old_budget_cents(self) -> int:
        """What the plan cost before."""
        return sum(line.old_cents for line in self.lines)

    @property
    def lines_now(self) -> Sequence[tuple[str, int]]:
        """The budget that holds: the changed one once it succeeded, before that as it was.

        What was left out is no part of it.
        """
        is_changed = self.outcome == NearMissOutcome.SUCCESS
        amounts = [
            (line.label, line.new_cents if is_changed else line.old_cents) for line in self.lines
        ]
        return [(label, cents) for label, cents in amounts if cents]

    @property
    def is_smaller(self) -> bool:
        """Whether something is done for less, or left out."""
        return any(line.new_cents < line.old_cents for line in self.lines)

    @property
    def shown(self) -> bool:
        """Whether everybody may see the changed plan: a coach has approved it."""
        return self.asked_at is not None


def last_near_miss(session: Session, campaign_id: UUID) -> NearMissPage | None:
    """The newest near miss of a campaign, also one that is over."""
    row = session.scalars(
        select(NearMiss)
        .where(NearMiss.campaign_id == campaign_id)
        .order_by(NearMiss.begun_at.desc(), NearMiss.id.desc())
        .limit(1)
    ).first()
    return None if row is None else _page(session, row)


def _page(session: Session, row: NearMiss) -> NearMissPage:
    total = live_match_total(session, row.campaign_id)
    is_over = row.state == NearMissState.OVER
    answers = select(func.count()).where(NearMissAnswer.near_miss_id == row.id)
    campaign = session.get_one(Campaign, row.campaign_id)
    held_cents = balance(session, held(row.campaign_id))
    match_cents = usable_match_cents(session, campaign, crowd_cents=held_cents)
    silent = [] if is_over else asked_gifts(session, row, silent=True)
    returning = [] if is_over else gifts_to_return(session, row)
    return NearMissPage(
        id=row.id,
        campaign_id=row.campaign_id,
        cause=row.cause,
        state=row.state,
        outcome=row.outcome,
        begun_at=row.begun_at,
        plan_due_at=row.plan_due_at,
        review_due_at=row.review_due_at,
        ends_at=row.ends_at,
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        lines=[LineChange(line.label, line.old_cents, line.new_cents) for line in row.lines],
        old_minimum_cents=row.old_minimum_cents,
        minimum_cents=row.minimum_cents,
        budget_cents=row.budget_cents,
        left_out=row.left_out,
        asks_rest=row.asks_rest,
        note=row.note,
        begun_match_cents=row.begun_match_cents,
        asked_match_cents=row.asked_match_cents,
        crowd_cents=_or(row.decided_crowd_cents, held_cents),
        match_cents=_or(row.decided_match_cents, match_cents),
        reserve_cents=total.match_cents - total.award_cents,
        asked=len(silent) + int(session.scalar(answers) or 0),
        silent=len(silent),
        silent_cents=_sum_of(session, silent),
        returning_cents=_sum_of(session, returning),
    )


def _sum_of(session: Session, pledge_ids: Sequence[UUID]) -> int:
    if not pledge_ids:
        return 0
    statement = select(func.sum(Pledge.amount_cents)).where(Pledge.id.in_(pledge_ids))
    return int(session.scalar(statement) or 0)


def _or(decided_cents: int | None, now_cents: int) -> int:
    return now_cents if decided_cents is None else decided_cents


class GiftChoice(NamedTuple):
    """What was asked of a gift, and what its donor chose."""

    answer: str | None
    no_answer: str
    is_asked: bool


def choice_of(session: Session, token: str, near_miss_id: UUID) -> GiftChoice | None:
    """The choice about the gift behind a link in one near miss; None for an unknown gift."""
    row = session.execute(
        select(Pledge.id, Pledge.no_answer, NearMissAnswer.answer)
        .outerjoin(
            NearMissAnswer,
            (NearMissAnswer.pledge_id == Pledge.id) & (NearMissAnswer.near_miss_id == near_miss_id),
        )
        .where(Pledge.token == token)
    ).one_or_none()
    if row is None:
        return None
    near_miss = session.get_one(NearMiss, near_miss_id)
    return GiftChoice(row.answer, row.no_answer, row.id in asked_gifts(session, near_miss))


def near_misses_asking(session: Session) -> Sequence[tuple[UUID, datetime, datetime]]:
    """The near misses in which donors choose now: id, since when, until when."""
    statement = select(NearMiss.id, NearMiss.asked_at, NearMiss.ends_at).where(
        NearMiss.state == NearMissState.ASKING, NearMiss.asked_at.is_not(None)
    )
    rows = session.execute(statement).all()
    return [(row_id, asked_at, end) for row_id, asked_at, end in rows if asked_at is not None]


def gifts_kept(session: Session, near_miss_id: UUID) -> Sequence[UUID]:
    """The gifts that stay with the campaign of a near miss."""
    statement = (
        select(Pledge.id)
        .join(NearMiss, NearMiss.campaign_id == Pledge.campaign_id)
        .where(NearMiss.id == near_miss_id, Pledge.status == PledgeStatus.BOOKED)
        .order_by(Pledge.booked_at, Pledge.id)
    )
    return session.scalars(statement).all()


class NearMissRow(NamedTuple):
    """A near miss that is not over, in a list: whose turn it is and until when."""

    campaign_id: UUID
    title: str
    cause: str
    state: str
    plan_due_at: datetime
    review_due_at: datetime
    ends_at: datetime
    sent_at: datetime | None

    @property
    def due_at(self) -> datetime:
        """Until when this turn lasts."""
        return _due_at(self)


def _due_at(row: "NearMissPage | NearMissRow") -> datetime:
    terms = {
        NearMissState.PLANNING.value: row.plan_due_at,
        NearMissState.REVIEW.value: row.review_due_at,
    }
    return terms.get(row.state, row.ends_at)


def open_near_misses(session: Session) -> Sequence[NearMissRow]:
    """All that are not over, the first to end first."""
    statement = (
        select(
            NearMiss.campaign_id,
            Campaign.title,
            NearMiss.cause,
            NearMiss.state,
            NearMiss.plan_due_at,
            NearMiss.review_due_at,
            NearMiss.ends_at,
            NearMiss.sent_at,
        )
        .join(Campaign, Campaign.id == NearMiss.campaign_id)
        .where(NearMiss.state != NearMissState.OVER)
        .order_by(NearMiss.ends_at, NearMiss.id)
    )
    return [NearMissRow._make(row) for row in session.execute(statement)]


def plan_parts(session: Session, campaign_id: UUID) -> Parts:
    """What the pages of the changed plan show, to be held against later.

    Not what there is: gifts may come and go meanwhile. Raises ``NotFoundError``.
    """
    page = last_near_miss(session, campaign_id)
    if page is None:
        raise NotFoundError("near_miss_not_found")
    return {
        "state": page.state,
        "lines": [[line.label, line.old_cents, line.new_cents] for line in page.lines],
        "left_out": page.left_out,
        "asks_rest": page.asks_rest,
    }
