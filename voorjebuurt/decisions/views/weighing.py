"""On what a decision rests as to views: an intention, or a reason why none were asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.intention_models import DecisionViews, Intention
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.schema import read
from voorjebuurt.decisions.rules.views import (
    Content,
    ViewsException,
    ViewsStatus,
    covers,
    is_over,
    needs_views,
)
from voorjebuurt.decisions.views.queries import current_intention, views_of_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.applications.service import written


@dataclass(frozen=True)
class Weighing:
    """What the proposer says of views: how they were weighed, or why they were not asked."""

    text: str = ""
    exception: str = ""
    exception_reason: str = ""


NOTHING_SAID = Weighing()


@dataclass(frozen=True)
class ViewsBasis:
    """On what a decision rests, and the same for its snapshot."""

    weighing: Weighing
    intention: Intention | None

    @property
    def told(self) -> dict[str, Any]:
        """As the snapshot keeps it (docs/decisions.md), with all that the letter says of it."""
        intention, weighing = self.intention, self.weighing
        return {
            "number": intention.number if intention else "",
            "asked_on": _day(intention.stated_at) if intention else "",
            "until": intention.until.isoformat() if intention else "",
            "status": intention.status if intention else "",
            "channel": intention.channel if intention else "",
            "received_on": intention.received_on.isoformat()
            if intention and intention.received_on
            else "",
            "answer": intention.answer if intention else "",
            "weighing": weighing.text,
            "exception": weighing.exception,
            "exception_reason": weighing.exception_reason,
        }


def basis_of_views(
    session: Session, application_id: UUID, content: Content, weighing: Weighing
) -> ViewsBasis | None:
    """On what this decision can rest; None where views need not be asked.

    Raises ``DomainError`` ``views_missing`` where they were not asked, ``views_wait`` while they
    can come, ``intention_lighter`` for more than was intended, and at ``weighing``, ``exception``
    or ``exception_reason`` for what is not said.
    """
    if not needs_views(content.kind, content.grounds):
        return None
    current = current_intention(session, application_id)
    if weighing.exception:
        return ViewsBasis(_checked_exception(weighing, current), None)
    if current is None:
        raise DomainError("views_missing")
    refuse_heavier(current, content)
    if not is_over(current.status, current.until, clock.today()):
        raise DomainError("views_wait", until=current.until)
    text = weighing.text.strip()
    if current.status == ViewsStatus.ANSWERED:
        text = written(text, "weighing", "weighing_missing")
    return ViewsBasis(Weighing(text), current)


def refuse_heavier(intention: Intention, content: Content) -> None:
    """Raises ``DomainError`` ``intention_lighter`` for more than was intended."""
    intention_content = Content(
        intention.kind, intention.amount_cents, frozenset(intention.grounds)
    )
    if not covers(intention_content, content):
        raise DomainError("intention_lighter", number=intention.number)


def refuse_earlier(basis: ViewsBasis | None, effect_on: date | None) -> None:
    """Raises ``DomainError`` at ``effect_on`` for a reasonable term (Awb 4:50) that is shorter than
    the one of which the applicant could give their views.
    """
    if basis is None or basis.intention is None or effect_on is None:
        return
    intended_on = read(basis.intention.snapshot).decision.effect_on
    if intended_on and effect_on < date.fromisoformat(intended_on):
        raise DomainError(
            "effect_day_earlier", field="effect_on", day=date.fromisoformat(intended_on)
        )


def keep_basis(session: Session, decision: Decision, basis: ViewsBasis) -> None:
    """Write down on what a proposed decision rests."""
    session.add(
        DecisionViews(
            decision_id=decision.id,
            application_id=decision.application_id,
            intention_id=basis.intention.id if basis.intention else None,
            weighing=basis.weighing.text,
            exception=basis.weighing.exception,
            exception_reason=basis.weighing.exception_reason,
        )
    )
    session.flush()


def refuse_without_views(session: Session, decision: Decision) -> None:
    """Raises ``DomainError`` for a proposal that can't be approved as to views.

    ``views_missing``; ``views_unweighed`` when they came in after it was proposed; ``views_wait``
    when the term became longer since.
    """
    if not needs_views(decision.kind, decision.grounds):
        return
    basis = views_of_decision(session, decision.id)
    if basis is None:
        raise DomainError("views_missing")
    if basis.intention_id is None:
        return
    intention = session.get_one(Intention, basis.intention_id, populate_existing=True)
    if intention.status == ViewsStatus.DROPPED:
        raise DomainError("views_missing")
    if not is_over(intention.status, intention.until, clock.today()):
        raise DomainError("views_wait", until=intention.until)
    if intention.status == ViewsStatus.ANSWERED and not basis.weighing:
        raise DomainError("views_unweighed")
    refuse_heavier(
        intention,
        Content(decision.kind, decision.amount_cents, frozenset(decision.grounds)),
    )


def content_of(kind: str, amount_cents: int, grounds: Collection[str]) -> Content:
    """What is decided, to hold it against what was intended."""
    return Content(kind, amount_cents, frozenset(grounds))


def _checked_exception(weighing: Weighing, current: Intention | None) -> Weighing:
    if weighing.exception not in set(ViewsException):
        raise DomainError("views_exception_unknown", field="exception")
    if current is not None and current.status == ViewsStatus.ANSWERED:
        raise DomainError("views_answered_already", field="exception")
    reason = written(
        weighing.exception_reason, "exception_reason", "views_exception_reason_missing"
    )
    return Weighing("", weighing.exception, reason)


def _day(moment: Any) -> str:
    return clock.local(moment).date().isoformat()
