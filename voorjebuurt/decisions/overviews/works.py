"""Something that waits for an officer, of whatever kind, in one shape."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, select

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.rules.work import WorkKind
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Team
from voorjebuurt.pledges.models import CampaignMatch


@dataclass(frozen=True)
class Work:
    """Something that waits. ``due_on`` is its last day; amounts are eurocents.

    ``subject_id`` is what it is about: the decision, objection, alert or request, else the
    application.
    What is about no case has no ``application_id``, and ``number`` and ``fund_name`` are empty.
    ``detail`` is the kind of decision, letter or alert, or the step of a penalty; of an application
    that can't be awarded yet, why; of views how the intention stands (``ViewsStatus``), ``silence``
    when its term ended unused. ``amount_cents`` is what it is about as far as that is known: the
    decision or penalty, else the match of the campaign. ``areas`` are codes.
    """

    kind: WorkKind
    subject_id: UUID
    application_id: UUID | None
    number: str
    campaign_id: UUID | None
    title: str
    fund_name: str
    due_on: date
    status: str
    assigned_to: UUID | None = None
    proposed_by: UUID | None = None
    decided_by: frozenset[UUID | None] = frozenset()
    stake_cents: int = 0
    detail: str = ""
    amount_cents: int | None = None
    areas: tuple[str, ...] = ()
    fund_id: UUID | None = None
    team_id: UUID | None = None
    """The team that has the case, if it has not ended."""
    legal_on: date | None = None
    """The last day of the law, where ``due_on`` is only the day to aim at."""
    doers: frozenset[UUID] | None = None
    """Who may do it, where that is not told by mandate and stake."""
    is_stuck: bool = False
    """Whether none of the officers of the municipality may do it now."""

    @property
    def days_left(self) -> int:
        """Days until its last day; negative when that has passed."""
        return (self.due_on - clock.today()).days


def case_columns(municipality_id: UUID) -> Select[*tuple[Any, ...]]:
    """The application with its campaign's title and its fund's name."""
    return (
        select(
            Application.id.label("application_id"),
            Application.number,
            Application.status,
            Application.assigned_to,
            Team.id.label("team_id"),
            Application.decide_by,
            Application.campaign_id,
            Application.areas,
            select(CampaignMatch.net_cents)
            .where(CampaignMatch.application_id == Application.id)
            .correlate(Application)
            .scalar_subquery()
            .label("match_cents"),
            Campaign.title,
            Fund.name.label("fund_name"),
            Fund.id.label("fund_id"),
            Fund.live,
            Campaign.status.label("campaign_status"),
            Campaign.closes_at,
            Campaign.deadline_on,
        )
        .join(Campaign, Campaign.id == Application.campaign_id)
        .join(Fund, Fund.id == Application.fund_id)
        .outerjoin(Team, and_(Team.id == Application.team_id, Team.ended_at.is_(None)))
        .where(Application.municipality_id == municipality_id)
    )


def work_of(kind: WorkKind, row: Row[*tuple[Any, ...]], due_on: date, **fields: Any) -> Work:
    """Work about the case of a row of ``case_columns``; ``fields`` say more than the row does."""
    values = {
        "subject_id": row.application_id,
        "number": row.number,
        "status": row.status,
        "amount_cents": row.match_cents or None,
        "areas": tuple(row.areas),
        **fields,
    }
    return Work(
        kind=kind,
        application_id=row.application_id,
        campaign_id=row.campaign_id,
        title=row.title,
        fund_name=row.fund_name,
        due_on=due_on,
        assigned_to=row.assigned_to,
        team_id=row.team_id,
        fund_id=row.fund_id,
        **values,
    )
