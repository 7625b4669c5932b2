"""The one place where a fund's status changes, and who may change anything about a fund."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import ForbiddenError, NotFoundError
from voorjebuurt.matching.funds.states import FUND_TRANSITIONS, FundStatus
from voorjebuurt.matching.models import Fund
from voorjebuurt.people.queries import mandate_limit

TRANSITION_ACTIONS: Mapping[str, Action] = {
    "rehearse": Action.FUND_REHEARSED,
    "revise": Action.FUND_REVISED,
    "publish": Action.FUND_PUBLISHED,
    "open": Action.FUND_OPENED,
    "close": Action.FUND_CLOSED,
    "divide": Action.FUND_DIVIDED,
    "settle": Action.FUND_SETTLED,
    "settle_live": Action.FUND_SETTLED_LIVE,
    "withdraw": Action.FUND_WITHDRAWN,
}
"""What the trail calls each transition of ``FUND_TRANSITIONS``."""


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
    bump_fund_version(fund)
    audit.record(
        session,
        actor=actor,
        action=TRANSITION_ACTIONS[action],
        subject=fund_subject(fund),
        reason=reason,
        detail={"from": before.value, "to": after.value, **(detail or {})},
    )


def fund_subject(fund: Fund) -> Subject:
    """The fund, for the audit trail."""
    return Subject(SubjectKind.FUND, fund.id, fund.municipality_id)


def bump_fund_version(fund: Fund) -> None:
    """Tell caches that the fund changed; the row must be locked by the caller."""
    fund.version += 1
