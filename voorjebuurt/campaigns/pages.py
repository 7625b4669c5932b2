"""Reading what the page of one campaign shows."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.queries import CO_INITIATORS
from voorjebuurt.campaigns.models import BudgetLine, Campaign
from voorjebuurt.campaigns.rules import PUBLIC, CampaignStatus, least_to_extend, why_no_gifts
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality, Neighbourhood


class PageRow(NamedTuple):
    """What the page of one campaign shows of the campaign itself (eurocents)."""

    id: UUID
    slug: str
    status: str
    kind: str
    version: int
    title: str
    summary: str
    for_whom: str
    theme: str | None
    group_name: str
    initiator_name: str
    municipality: str
    municipality_slug: str
    neighbourhood: str | None
    neighbourhood_code: str | None
    location: str
    story: str
    worse_off: str
    leftovers: str
    needs: str
    goal_cents: int | None
    minimum_cents: int | None
    deadline_on: date | None
    closes_at: datetime | None
    opened_at: datetime | None
    decided_at: datetime | None
    pledges_stopped_at: datetime | None
    gifts_again_until: datetime | None
    picture_key: str | None
    picture_alt: str
    initiator_id: UUID
    municipality_id: UUID
    neighbourhood_id: UUID | None
    submitted_at: datetime | None
    short_code: str | None
    co_initiators: list[str] | None
    orphaned_at: datetime | None
    extension_days: int
    extension_percent: int

    @property
    def initiator_names(self) -> list[str]:
        """Who runs it, as far as they want that to be known; who signs is always named."""
        first = "" if self.orphaned_at else self.initiator_name
        return [name for name in (first, *(self.co_initiators or ())) if name]

    @property
    def extension_cents(self) -> int:
        """What must have been given before the last day may move (eurocents)."""
        return least_to_extend(self.minimum_cents or 0, self.extension_percent)

    @property
    def takes_gifts(self) -> bool:
        """Whether one can give right now."""
        reason = why_no_gifts(
            CampaignStatus(self.status),
            closes_at=self.closes_at,
            stopped_at=self.pledges_stopped_at,
            now=clock.now(),
            again_until=self.gifts_again_until,
        )
        return reason is None


class LineRow(NamedTuple):
    """One line of a budget (eurocents)."""

    label: str
    amount_cents: int


_page = (
    select(
        Campaign.id,
        Campaign.slug,
        Campaign.status,
        Campaign.kind,
        Campaign.version,
        Campaign.title,
        Campaign.summary,
        Campaign.for_whom,
        Campaign.theme,
        Campaign.group_name,
        func.coalesce(Campaign.guest_name, Person.name).label("initiator_name"),
        Municipality.name.label("municipality"),
        Municipality.slug.label("municipality_slug"),
        Neighbourhood.name.label("neighbourhood"),
        Neighbourhood.code.label("neighbourhood_code"),
        Campaign.location,
        Campaign.story,
        Campaign.worse_off,
        Campaign.leftovers,
        Campaign.needs,
        Campaign.goal_cents,
        Campaign.minimum_cents,
        Campaign.deadline_on,
        Campaign.closes_at,
        Campaign.opened_at,
        Campaign.decided_at,
        Campaign.pledges_stopped_at,
        Campaign.gifts_again_until,
        Campaign.picture_key,
        Campaign.picture_alt,
        Campaign.initiator_id,
        Campaign.municipality_id,
        Campaign.neighbourhood_id,
        Campaign.submitted_at,
        Campaign.short_code,
        CO_INITIATORS,
        Campaign.orphaned_at,
        Campaign.extension_days,
        Campaign.extension_percent,
    )
    .join(Person, Person.id == Campaign.initiator_id)
    .join(Municipality, Municipality.id == Campaign.municipality_id)
    .outerjoin(Neighbourhood, Neighbourhood.id == Campaign.neighbourhood_id)
)
_page_by_slug = _page.where(Campaign.slug == bindparam("slug"), Campaign.status.in_(sorted(PUBLIC)))
_page_by_id = _page.where(Campaign.id == bindparam("campaign_id"))
_lines = (
    select(BudgetLine.label, BudgetLine.amount_cents)
    .where(BudgetLine.campaign_id == bindparam("campaign_id"))
    .order_by(BudgetLine.position)
)


def public_page(session: Session, slug: str) -> PageRow | None:
    """The campaign at a public address; None when it isn't public."""
    row = session.execute(_page_by_slug, {"slug": slug}).one_or_none()
    return None if row is None else PageRow._make(row)


def page_by_id(session: Session, campaign_id: UUID) -> PageRow | None:
    """The same for its initiator and its coach, in whatever state."""
    row = session.execute(_page_by_id, {"campaign_id": campaign_id}).one_or_none()
    return None if row is None else PageRow._make(row)


def budget_of(session: Session, campaign_id: UUID) -> Sequence[LineRow]:
    """The lines of a budget in their order."""
    return [LineRow._make(row) for row in session.execute(_lines, {"campaign_id": campaign_id})]
