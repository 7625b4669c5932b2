"""After a division: one proposal per application. Approvals stay one by one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import REFUNDING
from voorjebuurt.decisions.cases.officers import officer_of
from voorjebuurt.decisions.cases.stake_queries import campaigns_with_stake
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.rules.kinds import OPEN, DecisionKind
from voorjebuurt.decisions.rulings.proposals import propose
from voorjebuurt.decisions.views.queries import current_intention
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, InvariantError, NotFoundError
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application, Fund, FundRound, FundVersion
from voorjebuurt.matching.rounds.service import rounds_of
from voorjebuurt.rulebook.divides import divides_by_kind
from voorjebuurt.rulebook.values import jsontext

_K = DecisionKind


@dataclass(frozen=True)
class Batch:
    """What came of it: decisions by id, and applications by number that were left alone.

    ``with_intention``: something else is intended, and its applicant is asked for their views.
    """

    proposed: Sequence[UUID]
    with_stake: Sequence[str]
    with_intention: Sequence[str] = ()


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
    officer to refuse, and those of which something else is intended for their applicant's views.
    Raises ``DomainError`` ``round_not_divided``.
    """
    fund = session.get(Fund, fund_id)
    if fund is None:
        raise NotFoundError("fund_not_found")
    person_id = officer_of(session, municipality_id=fund.municipality_id, actor=actor)
    rounds = {row.id: row for row in rounds_of(session, fund_id)}
    if not rounds:
        raise DomainError("round_not_divided")
    stakes = campaigns_with_stake(session, person_id)
    decision_ids, skipped_numbers, waiting_numbers = [], [], []
    shared_by_round = {key: is_shared(session, row) for key, row in rounds.items()}
    for application in _lock_waiting(session, rounds):
        if application.campaign_id in stakes:
            skipped_numbers.append(application.number)
            continue
        if current_intention(session, application.id) is not None:
            waiting_numbers.append(application.number)
            continue
        row = rounds[_round_id(application)]
        proposal = suggestion(
            row.outcome, str(application.id), pot_is_shared=shared_by_round[row.id]
        )
        decision_ids.append(
            propose(
                session,
                application_id=application.id,
                kind=proposal.kind.value,
                amount_cents=proposal.amount_cents,
                grounds=proposal.grounds,
                reason=proposal.reason,
                actor=actor,
            )
        )
    return Batch(decision_ids, skipped_numbers, waiting_numbers)


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
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(
            Campaign.status.not_in(sorted(REFUNDING)),
            Application.round_id.in_(rounds),
            Application.status == ApplicationStatus.ADMITTED,
            ~under_way.exists(),
        )
        # Campaigns are locked one after another, for everybody in this order.
        .order_by(Application.campaign_id, Application.id)
    )
    return session.scalars(statement).all()
