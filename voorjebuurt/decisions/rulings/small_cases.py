"""Small cases, many at once: checked and proposed by one officer, approved by another.

Each case is a deed of its own: one that can't be decided is left as it was, and told with why.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.cases.admission import admit_application
from voorjebuurt.decisions.cases.assessment import mark_item
from voorjebuurt.decisions.cases.checklist import checklist_of
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import DecisionKind, DecisionStatus
from voorjebuurt.decisions.rulings.approvals import approve
from voorjebuurt.decisions.rulings.batches import (
    Suggestion,
    is_shared,
    refuse_intended,
    suggestion,
)
from voorjebuurt.decisions.rulings.preview import DecisionBounds, decision_bounds
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.arrangements import SMALL, arrangement_for, bands_of
from voorjebuurt.matching.models import Application, Fund, FundRound, FundVersion

_K = DecisionKind


@dataclass
class Together:
    """What came of it: how many were done, and case numbers with why not."""

    done: int = 0
    left: list[tuple[str, DomainError]] = field(default_factory=list)


def is_small(version: FundVersion, cents: int) -> bool:
    """Whether nothing would have to be accounted for, of an award of so much (eurocents)."""
    way = arrangement_for(
        bands_of(version.arrangements), cents, decide_weeks=0, conditional=False
    ).way
    return way in SMALL


def check_and_propose(
    session: Session, *, fund_id: UUID, application_ids: Iterable[UUID], actor: Actor
) -> Together:
    """Find that each meets the whole checklist, and propose what the rules say of it.

    In a fund that is divided later it is admitted, and after the division proposed as that says.
    """

    def deed(application: Application) -> None:
        if application.fund_id != fund_id:
            raise NotFoundError("application_not_found")
        refuse_intended(session, application.id)
        _meet_checklist(session, application, actor)
        if application.status == ApplicationStatus.RECEIVED and not _is_live(session, application):
            admit_application(session, application_id=application.id, actor=actor)
            return
        proposal = _said(session, application)
        _propose(session, application, proposal, actor)

    return _each(session, application_ids, deed)


def determine_together(
    session: Session, *, fund_id: UUID, application_ids: Iterable[UUID], actor: Actor
) -> Together:
    """Propose to determine each ex officio, at what was awarded (Awb 4:46, 4:47)."""

    def deed(application: Application) -> None:
        if application.fund_id != fund_id:
            raise NotFoundError("application_not_found")
        refuse_intended(session, application.id)
        bounds = decision_bounds(session, application_id=application.id, kind=_K.DETERMINATION)
        proposal = Suggestion(_K.DETERMINATION, bounds.highest_cents, (), "")
        _propose(session, application, proposal, actor)

    return _each(session, application_ids, deed)


def approve_together(
    session: Session,
    *,
    fund_id: UUID,
    decision_ids: Sequence[UUID],
    recall_minutes: int,
    actor: Actor,
) -> Together:
    """Approve each of these proposals of a colleague; see ``approve`` for who may."""
    outcome = Together()
    statement = (
        select(Decision.id, Decision.number, Decision.application_id)
        .join(Application, Application.id == Decision.application_id)
        .where(
            Decision.id.in_(decision_ids),
            Decision.fund_id == fund_id,
            Decision.status == DecisionStatus.PROPOSED,
        )
        .order_by(Application.campaign_id, Application.id)
    )
    for row in session.execute(statement).all():
        _try(
            session,
            row.number,
            outcome,
            partial(
                approve, session, decision_id=row.id, recall_minutes=recall_minutes, actor=actor
            ),
        )
    return outcome


def _each(
    session: Session, application_ids: Iterable[UUID], deed: Callable[[Application], None]
) -> Together:
    """Hold every campaign before the first number is given out, in the order of everybody."""
    statement = (
        select(Application.id)
        .where(Application.id.in_(list(application_ids)))
        .order_by(Application.campaign_id, Application.id)
    )
    rows = [locked_application(session, key)[1] for key in session.scalars(statement).all()]
    outcome = Together()
    for application in rows:
        _try(session, application.number, outcome, partial(deed, application))
    return outcome


def _try(session: Session, number: str, outcome: Together, deed: Callable[[], None]) -> None:
    try:
        with session.begin_nested():
            deed()
    except DomainError as error:
        outcome.left.append((number, error))
    else:
        outcome.done += 1


def _meet_checklist(session: Session, application: Application, actor: Actor) -> None:
    """What nobody looked at is met; what was found not to be met stays so."""
    if application.status != ApplicationStatus.RECEIVED:
        return
    for finding in checklist_of(session, application):
        if finding.met is None:
            mark_item(
                session,
                application_id=application.id,
                item=finding.item,
                is_met=True,
                note="",
                actor=actor,
            )


def _said(session: Session, application: Application) -> Suggestion:
    """What the division says, or a live fund's rule when it can be awarded whole."""
    if application.round_id is not None:
        row = session.get_one(FundRound, application.round_id)
        is_pot_shared = is_shared(session, row)
        return suggestion(row.outcome, str(application.id), pot_is_shared=is_pot_shared)
    bounds = _bounds(session, application)
    if not bounds.possible:
        raise DomainError("small_case_not_whole")
    return Suggestion(_K.AWARD, bounds.highest_cents, (), "")


def _bounds(session: Session, application: Application) -> DecisionBounds:
    return decision_bounds(session, application_id=application.id, kind=_K.AWARD)


def _propose(
    session: Session, application: Application, proposal: Suggestion, actor: Actor
) -> None:
    version = session.get_one(FundVersion, application.version_id)
    if not is_small(version, proposal.amount_cents):
        raise DomainError("case_not_small")
    propose(
        session,
        application_id=application.id,
        kind=proposal.kind.value,
        amount_cents=proposal.amount_cents,
        grounds=proposal.grounds,
        reason=proposal.reason,
        actor=actor,
    )


def _is_live(session: Session, application: Application) -> bool:
    return session.get_one(Fund, application.fund_id).live
