"""The one place where a fund's status changes, and who may change anything about a fund."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import ForbiddenError, NotFoundError
from voorjebuurt.matching.funds.states import FUND_TRANSITIONS, FundStatus
from voorjebuurt.matching.models import Fund
from voorjebuurt.people.queries import mandate_limit


def locked_fund(session: Session, fund_id: UUID) -> Fund:
    """The fund's row, held until the commit; gifts that are matched meanwhile need not wait.

    (They take a key share lock by their foreign keys, while they hold the pot.)
    Raises ``NotFoundError``.
    """
    fund = session.get(Fund, fund_id, with_for_update={"key_share": True}, populate_existing=True)
    if fund is None:
        raise NotFoundError("fund_not_found")
    return fund


def officers_fund(session: Session, fund_id: UUID, actor: Actor) -> Fund:
    """The locked fund, for an officer of its municipality. For others it does not exist."""
    fund = locked_fund(session, fund_id)
    require_officer(session, fund.municipality_id, actor)
    return fund


def require_officer(session: Session, municipality_id: UUID, actor: Actor) -> None:
    """Raise ``ForbiddenError`` unless the actor is an officer there, or the system itself."""
    if actor == SYSTEM:
        return
    person_id = actor.person_id
    if person_id is None or mandate_limit(session, person_id, municipality_id) is None:
        raise ForbiddenError("only_officers")


def move_fund(
    session: Session,
    *,
    fund: Fund,
    action: str,
    actor: Actor,
    reason: str | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Take a locked fund through one transition of the table, and write it down.

    Raises ``TransitionError`` when the table refuses it.
    """
    before = FundStatus(fund.status)
    after = FUND_TRANSITIONS.after(before, action)
    fund.status = after.value
    record_fund(
        session,
        fund=fund,
        action=action,
        actor=actor,
        reason=reason,
        detail={"from": before.value, "to": after.value, **(detail or {})},
    )


def record_fund(
    session: Session,
    *,
    fund: Fund,
    action: str,
    actor: Actor,
    reason: str | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write down what was done with a locked fund, and tell caches that it changed."""
    fund.version += 1
    audit.record(
        session,
        actor=actor,
        action=f"fund.{action}",
        subject_kind="fund",
        subject_id=fund.id,
        municipality_id=fund.municipality_id,
        reason=reason,
        detail=dict(detail or {}),
    )
