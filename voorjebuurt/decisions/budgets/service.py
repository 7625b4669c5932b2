"""An officer notes that the council adopted a budget, and whether there is enough in it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.decisions.budgets.models import AdoptedBudget
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError


@dataclass(frozen=True)
class Adoption:
    """When the budget of a year was adopted or approved, and whether it has enough."""

    year: int
    adopted_on: date
    enough: bool


def note_adoption(
    session: Session, *, municipality_id: UUID, adoption: Adoption, actor: Actor
) -> bool:
    """Note it; again, to mend what was noted. Returns whether that is news.

    Raises ``ForbiddenError`` ``only_officers``, and ``DomainError`` at ``year`` or ``adopted_on``.
    """
    person_id = officer_of(session, municipality_id=municipality_id, actor=actor)
    today = clock.today()
    if not today.year - 1 <= adoption.year <= today.year + 1:
        raise DomainError("budget_year_wrong", field="year")
    if not date(adoption.year - 1, 1, 1) <= adoption.adopted_on <= today:
        raise DomainError("budget_day_wrong", field="adopted_on")
    key = (municipality_id, adoption.year)
    row = session.get(AdoptedBudget, key, with_for_update=True, populate_existing=True)
    before = {"before": row.adopted_on.isoformat(), "enough_before": row.enough} if row else {}
    if row and (row.adopted_on, row.enough) == (adoption.adopted_on, adoption.enough):
        return False
    values = {
        "adopted_on": adoption.adopted_on,
        "enough": adoption.enough,
        "noted_at": clock.now(),
        "noted_by": person_id,
    }
    insertion = insert(AdoptedBudget).values(
        municipality_id=municipality_id, year=adoption.year, **values
    )
    # Two officers at once: the last one counts, and the trail keeps both.
    session.execute(
        insertion.on_conflict_do_update(index_elements=["municipality_id", "year"], set_=values)
    )
    session.expire_all()
    audit.record(
        session,
        actor=actor,
        action=Action.MUNICIPALITY_BUDGET_ADOPTED,
        subject=Subject(SubjectKind.MUNICIPALITY, municipality_id, municipality_id),
        detail={
            "year": adoption.year,
            "adopted_on": adoption.adopted_on.isoformat(),
            "enough": adoption.enough,
            **before,
        },
    )
    return True
