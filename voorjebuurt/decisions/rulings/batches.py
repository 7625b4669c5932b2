"""After a division: one proposal per application. Approvals stay one by one.

A batch goes on past an application that can't be decided now, and says which and why.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import REFUNDING
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.cases.stake_queries import campaigns_with_stake
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import GRANTS, OPEN, DecisionKind
from voorjebuurt.decisions.rulings.kind_checks import refuse_no_money
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.rulings.timeliness import refuse_untimely
from voorjebuurt.decisions.views.queries import current_intention
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    InvariantError,
    NotFoundError,
    refusal_of,
)
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund, FundRound, FundVersion
from voorjebuurt.matching.rounds.service import rounds_of
from voorjebuurt.rulebook.divides import divides_by_kind
from voorjebuurt.rulebook.values import jsontext

_K = DecisionKind


class LeftAlone(NamedTuple):
    """An application that a batch went past, and why nothing is proposed on it."""

    application_id: UUID
    number: str
    error: DomainError


@dataclass(frozen=True)
class Batch:
    """What came of it: decisions by id, and applications that were left alone."""

    proposed: Sequence[UUID]
    left_alone: Sequence[LeftAlone]


@dataclass(frozen=True)
class Suggestion:
    """What the outcome of a round says about one application (eurocents)."""

    kind: DecisionKind
    amount_cents: int
    grounds: tuple[str, ...]
    reason: str


def propose_round(session: Session, *, fund_id: UUID, actor: Actor) -> Batch:
    """Propose for every admitted application of a fund's rounds what its round says.

    Running it again proposes only what is not under way yet. Applications in whose campaign the
    officer has a stake are left for a colleague, those of a campaign that failed since for an
    officer to refuse, those of which something else is intended for their applicant's views, and so
    is any other that is refused now: the rest goes on. Raises ``DomainError``
    ``round_not_divided``.
    """
    fund = session.get(Fund, fund_id)
    if fund is None:
        raise NotFoundError("fund_not_found")
    person_id = officer_of(session, municipality_id=fund.municipality_id, actor=actor)
    rounds = {row.id: row for row in rounds_of(session, fund_id)}
    if not rounds:
        raise DomainError("round_not_divided")
    stakes = campaigns_with_stake(session, person_id)
    decision_ids, left_alone = [], []
    shared_by_round = {key: is_shared(session, row) for key, row in rounds.items()}
    for application in _lock_waiting(session, rounds):
        row = rounds[_round_id(application)]
        proposal = suggestion(
            row.outcome, str(application.id), pot_is_shared=shared_by_round[row.id]
        )
        try:
            # What is refused half-way leaves nothing behind, and its number is given out again.
            with session.begin_nested():
                refuse_in_batch(session, application, proposal, stakes)
                decision_id = propose(
                    session,
                    application_id=application.id,
                    kind=proposal.kind.value,
                    amount_cents=proposal.amount_cents,
                    grounds=proposal.grounds,
                    reason=proposal.reason,
                    actor=actor,
                )
        except DomainError as error:
            left_alone.append(LeftAlone(application.id, application.number, error))
        else:
            decision_ids.append(decision_id)
    return Batch(decision_ids, left_alone)


def refuse_in_batch(
    session: Session,
    application: Application,
    proposal: Suggestion,
    stakes: Collection[UUID],
) -> None:
    """Raises ``DomainError`` for what a batch leaves alone; also for a page, before anybody tries.

    ``stakes`` are the campaigns in which the officer has one.
    """
    if application.campaign_id in stakes:
        raise ForbiddenError("has_stake")
    campaign = session.get_one(Campaign, application.campaign_id)
    if campaign.status in REFUNDING:
        raise DomainError("match_released_already")
    refuse_intended(session, application.id)
    refuse_untimely(session, application, proposal.kind)
    if proposal.kind in GRANTS:
        refuse_no_money(session, application.id, cents=proposal.amount_cents)


def refuse_intended(session: Session, application_id: UUID) -> None:
    """Raises ``DomainError`` ``views_waited_for``: an officer intends something else with it."""
    intention = current_intention(session, application_id)
    if intention is not None:
        raise DomainError("views_waited_for", number=intention.number)


def left_alone_in_batch(
    session: Session, *, fund_id: UUID, application_ids: Collection[UUID], actor: Actor
) -> dict[UUID, DomainError]:
    """Which of these applications of a fund's rounds a batch would go past now, and why."""
    rounds = {row.id: row for row in rounds_of(session, fund_id)}
    stakes = campaigns_with_stake(session, actor.person_id) if actor.person_id else frozenset()
    statement = select(Application).where(
        Application.id.in_(application_ids), Application.round_id.in_(rounds)
    )
    reasons: dict[UUID, DomainError] = {}
    for application in session.scalars(statement):
        row = rounds[_round_id(application)]
        pot_is_shared = is_shared(session, row)
        proposal = suggestion(row.outcome, str(application.id), pot_is_shared=pot_is_shared)
        check = partial(refuse_in_batch, session, application, proposal, stakes)
        if (error := refusal_of(check)) is not None:
            reasons[application.id] = error
    return reasons


def is_shared(session: Session, last: FundRound) -> bool:
    """Whether the pot was shared by a rule, and not given in an order until it was empty."""
    rules = session.scalar(select(FundVersion.rules).where(FundVersion.id == last.version_id))
    kind = jsontext.parse(rules or "")["divide"]["kind"]
    return not divides_by_kind()[kind].in_turn


def suggestion(outcome: Mapping[str, Any], key: str, *, pot_is_shared: bool) -> Suggestion:
    """Award, partial award or refusal, with its ground and the rule's own reasons in Dutch."""
    claim, award = outcome["claims"][key], outcome["awards"][key]
    if award >= max(1, claim):
        return Suggestion(_K.AWARD, award, (), "")
    reason = " ".join(outcome["reasons"][key]["nl"])
    short = "rule" if pot_is_shared else "ceiling"
    if award > 0:
        return Suggestion(_K.PARTIAL_AWARD, award, (short,), reason)
    ground = "requirement" if claim == 0 else short
    return Suggestion(_K.REFUSAL, 0, (ground,), reason)


def _lock_waiting(session: Session, rounds: Collection[UUID]) -> Sequence[Application]:
    """Lock the applications that wait for a decision, all before the first number is given out,
    or two officers would wait for each other. Those that are still waiting then are returned,
    for somebody may have proposed meanwhile.
    """
    application_ids = [application.id for application in _waiting(session, rounds)]
    for application_id in application_ids:
        locked_application(session, application_id)
    return [
        application
        for application in _waiting(session, rounds)
        if application.id in application_ids
    ]


def _round_id(application: Application) -> UUID:
    if application.round_id is None:
        raise InvariantError(f"application {application.id} is in no round")
    return application.round_id


def _waiting(session: Session, rounds: Collection[UUID]) -> Sequence[Application]:
    under_way = select(Decision.id).where(
        Decision.application_id == Application.id,
        Decision.status.in_([state.value for state in OPEN]),
    )
    statement = (
        select(Application)
        .where(
            Application.round_id.in_(rounds),
            Application.status == ApplicationStatus.ADMITTED,
            ~under_way.exists(),
        )
        # Campaigns are locked one after another, for everybody in this order.
        .order_by(Application.campaign_id, Application.id)
    )
    return session.scalars(statement).all()
