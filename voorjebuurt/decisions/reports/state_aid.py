"""De minimis aid of an applicant: what it declared, and what it was granted here in three years.

The years end today (Regulation (EU) 2023/2831, article 3: any period of three years), and what any
municipality on this site granted to the same person or legal person counts.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.reports.application_money import money_of
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionStatus
from voorjebuurt.kernel import clock
from voorjebuurt.matching.applicants.service import applications_of_same, details_of
from voorjebuurt.matching.models import Application
from voorjebuurt.places.models import Municipality

YEARS = 3


@dataclass(frozen=True)
class Grant:
    """What was granted before (eurocents), as it holds now; of a maximum, all of it.

    Aid is granted at the moment that there is a right to it (article 3, paragraph 3).
    """

    application_id: UUID
    number: str
    municipality: str
    granted_on: date
    cents: int


@dataclass(frozen=True)
class StateAid:
    """Aid in three years (eurocents): declared by the applicant, granted here before, and what this
    application would add."""

    declared_cents: int
    grants: list[Grant]
    now_cents: int

    @property
    def here_cents(self) -> int:
        """What was granted here before."""
        return sum(grant.cents for grant in self.grants)

    @property
    def total_cents(self) -> int:
        """All of it together."""
        return self.declared_cents + self.here_cents + self.now_cents

    def passes(self, ceiling_cents: int) -> bool:
        """Whether it comes above the ceiling."""
        return self.total_cents > ceiling_cents


def three_years_before(day: date) -> date:
    """The first day of the three years that end on this one."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - YEARS, day=28 if is_leap_day else day.day)


def state_aid(session: Session, application_id: UUID, *, now_cents: int) -> StateAid:
    """The aid of who applies; ``now_cents`` is what this application is granted, or would be."""
    details = details_of(session, application_id)
    others = applications_of_same(session, application_id)
    start = clock.end_of_day(three_years_before(clock.today()) - timedelta(days=1))
    statement = (
        select(Application.id, Application.number, Municipality.name, Decision.sent_at)
        .join(Decision, Decision.application_id == Application.id)
        .join(Municipality, Municipality.id == Application.municipality_id)
        .where(
            Application.id.in_(others),
            Decision.status == DecisionStatus.SENT,
            Decision.kind.in_([kind.value for kind in GRANTS]),
            Decision.sent_at >= start,
        )
        .order_by(Decision.sent_at)
    )
    last_grants = {row[0]: row for row in session.execute(statement)}
    money = money_of(session, list(last_grants))
    grants = [
        Grant(key, number, place, clock.local(at).date(), money[key].most_cents)
        for key, number, place, at in last_grants.values()
        if at is not None and money[key].most_cents
    ]
    return StateAid(
        declared_cents=(details.aid_cents or 0) if details else 0,
        grants=grants,
        now_cents=now_cents,
    )
