"""Awards that are to be accounted for, of which no account came in time."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from tests.support.factories.towns import Town, town_divided
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.last_terms.service import set_last_term
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor

CLAIM = 50_000
"""What such cases were awarded, in eurocents."""
AWARD_AT = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
DUE_ON = date(2026, 11, 30)
"""The last day of the half year in which the award is to be accounted for."""
LATE_AT = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
UNTIL = date(2027, 1, 12)
"""The last day of six weeks more."""
OVER_AT = datetime(2027, 1, 13, 10, 0, tzinfo=UTC)
SIX_WEEKS = timedelta(weeks=6)
WHY = "Wij belden u twee keer."


def unaccounted(session: Session, way: str = "costs") -> Town:
    """An award that is to be accounted for this way, sent at this moment."""
    arrangements = [{"from_cents": 0, "way": way}]
    case = town_divided(session, claim=CLAIM, draft_arrangements=arrangements)
    case.send(session, "award", CLAIM)
    return case


def termed(
    session: Session, case: Town, until: date | None = None, *, actor: Actor | None = None
) -> LastTerm:
    """Olga sets a last term, of six weeks unless something else is said."""
    term_id: UUID = set_last_term(
        session,
        application_id=case.application.id,
        until=until or clock.today() + SIX_WEEKS,
        reason=WHY,
        actor=actor or case.olga,
    )
    return session.get_one(LastTerm, term_id)
