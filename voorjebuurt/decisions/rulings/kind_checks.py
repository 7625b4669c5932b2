"""What keeps one kind of decision from following: no money to award, or too late to leave aside."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.term_queries import term_of_application
from voorjebuurt.decisions.rules.grounds import INCOMPLETE
from voorjebuurt.decisions.rulings.rows import awards_first, match_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.queries import room_now
from voorjebuurt.pledges.rules import PROMISED_MATCH


def refuse_no_money(session: Session, application_id: UUID, *, cents: int) -> None:
    """Raises ``DomainError`` when the fund can't set an award of ``cents`` apart now.

    ``ceiling_reached`` for what is left below its ceiling, ``fund_money_short`` for what the
    municipality paid in. A live fund that awards a maximum sets nothing apart yet, and what is owed
    already moves when it is sent. Locks and changes nothing.
    """
    match = match_of(session, application_id)
    if awards_first(match) or match.status not in PROMISED_MATCH:
        return
    more = cents - match.match_cents
    room = room_now(session, application_id)
    if more > room.below_ceiling_cents:
        raise DomainError("ceiling_reached", left_cents=room.below_ceiling_cents)
    if room.paid_in_cents is not None and more > room.paid_in_cents:
        raise DomainError("fund_money_short", left_cents=room.paid_in_cents)


def refuse_late_aside(session: Session, application: Application, grounds: Collection[str]) -> None:
    """Raises ``DomainError`` at ``grounds`` when an incomplete application can't be left aside.

    Its applicant must have been asked to complete it (Awb 4:5, first paragraph), and it must be
    announced within four weeks after that was done, or its term had ended (fourth paragraph).
    """
    if INCOMPLETE not in grounds:
        return
    last_day = term_of_application(session, application).aside_by
    if last_day is None:
        raise DomainError("completion_never_asked", field="grounds")
    if clock.today() > last_day:
        raise DomainError("aside_too_late", field="grounds", day=last_day)
