"""What stands in the way of an officer who would decide, told before anybody tries."""

from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.interest.facts import facts_now
from voorjebuurt.decisions.interest.owed import owed_facts_due
from voorjebuurt.decisions.interest.pending import last_day_to_lay_down
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.objection_models import DefaultNotice, ObjectionRuling
from voorjebuurt.decisions.objections.court.penalties import refuse_penalty_approver
from voorjebuurt.decisions.objections.rulings.approvals import refuse_ruling_approver
from voorjebuurt.decisions.objections.rulings.outcomes import refuse_who_decided
from voorjebuurt.decisions.proof.schema import ComputedAward
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionKind, amount_bounds, has_amount
from voorjebuurt.decisions.rules.mandates import mandate_for
from voorjebuurt.decisions.rules.rates import InterestOrder, RateTable
from voorjebuurt.decisions.rulings.approvals import (
    refuse_approver,
    refuse_lower_claim,
    refuse_overtaken,
    stake_of,
)
from voorjebuurt.decisions.rulings.kind_checks import refuse_late_aside, refuse_no_money
from voorjebuurt.decisions.rulings.preview import possible_kinds
from voorjebuurt.decisions.rulings.rows import Case, match_of
from voorjebuurt.decisions.rulings.sums import sums_of
from voorjebuurt.decisions.rulings.timeliness import refuse_late, refuse_untimely
from voorjebuurt.decisions.views.weighing import refuse_without_views
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, refusal_of
from voorjebuurt.matching.models import Application
from voorjebuurt.people.appointments.powers import officers_for, require_kind
from voorjebuurt.people.rules import MandateKind, Role


def obstacle_to_approval(
    session: Session, *, decision_id: UUID, actor: Actor
) -> DomainError | None:
    """Why this officer can't approve a proposal as it is now; None when they can."""
    case = case_of(session, decision_id)

    def check() -> None:
        refuse_approver(session, case, actor)
        refuse_overtaken(session, case)
        refuse_lower_claim(session, case)
        refuse_late(session, case.application, case.kind, at=clock.now())
        refuse_late_aside(session, case.application, case.decision.grounds)
        refuse_without_views(session, case.decision)

    return refusal_of(check)


def obstacle_to_objection(
    session: Session, *, decision_id: UUID, actor: Actor
) -> DomainError | None:
    """Why this officer can't decide on an objection to a decision; None when they can."""
    case = case_of(session, decision_id)
    return refusal_of(lambda: refuse_who_decided(session, case, actor))


def obstacle_to_writing(
    session: Session, *, application_id: UUID, actor: Actor
) -> DomainError | None:
    """Why this officer can't write down what happens in a case; None when they can."""
    application = session.get_one(Application, application_id)
    return refusal_of(lambda: impartial_officer(session, application=application, actor=actor))


def obstacle_to_penalty(
    session: Session, *, application_id: UUID, notice: DefaultNotice, actor: Actor
) -> DomainError | None:
    """Why this officer can't approve a penalty that was proposed; None when they can."""
    application = session.get_one(Application, application_id)
    return refusal_of(lambda: refuse_penalty_approver(session, application, notice, actor))


def obstacle_to_penalty_proposal(
    session: Session, *, application_id: UUID, actor: Actor
) -> DomainError | None:
    """Why this officer can't propose a penalty, also anew; None when they can."""
    application = session.get_one(Application, application_id)

    def check() -> None:
        impartial_officer(session, application=application, actor=actor)
        require_kind(
            session,
            municipality_id=application.municipality_id,
            kind=MandateKind.PENALTY,
            actor=actor,
        )

    return refusal_of(check)


def who_can_approve(session: Session, decision_id: UUID) -> list[str]:
    """The names of the officers who could approve a proposal as it is now."""
    case = case_of(session, decision_id)
    names = officers_for(
        session,
        municipality_id=case.decision.municipality_id,
        kind=mandate_for(case.kind),
        cents=stake_of(case.decision),
    )

    def can(person_id: UUID) -> bool:
        actor = Actor("person", person_id, frozenset({Role.OFFICER.value}))
        return refusal_of(lambda: refuse_approver(session, case, actor)) is None

    return [name for person_id, name in names.items() if can(person_id)]


def officers_able(
    session: Session, decision_id: UUID, ruling: ObjectionRuling | None
) -> dict[UUID, str]:
    """The officers who could approve a proposal about an objection, or decide on one; by id."""
    case = case_of(session, decision_id)
    names = officers_for(
        session,
        municipality_id=case.decision.municipality_id,
        kind=MandateKind.OBJECTION,
        cents=ruling.stake_cents if ruling else 0,
    )

    def check(person_id: UUID) -> None:
        actor = Actor("person", person_id, frozenset({Role.OFFICER.value}))
        if ruling is None:
            refuse_who_decided(session, case, actor)
        else:
            refuse_ruling_approver(session, case, ruling, actor)

    return {key: name for key, name in names.items() if refusal_of(partial(check, key)) is None}


def obstacle_to_proposal(
    session: Session, application: Application, kind: DecisionKind
) -> DomainError | None:
    """Why a decision of this kind can't be proposed now; None when it can."""
    return refusal_of(lambda: refuse_untimely(session, application, kind))


def obstacle_to_award(
    session: Session, application: Application, computation: ComputedAward
) -> DomainError | None:
    """Why what was computed can't be awarded now, money included; None when it can."""
    cents = sums_of(session, application, computation).granted

    def check() -> None:
        refuse_untimely(session, application, DecisionKind.AWARD)
        refuse_no_money(session, application.id, cents=cents)

    return refusal_of(check)


def proposable_kinds(
    session: Session,
    application: Application,
    computation: ComputedAward,
    table: RateTable | None = None,
) -> list[DecisionKind]:
    """The kinds of decision that can be proposed now, for some amount.

    ``table``: of the percentages of interest; without it that is left out.
    """
    interest = debt = None
    if table is not None:
        order = InterestOrder(last_day_to_lay_down(table), table)
        interest = facts_now(session, application.id, order)
        debt = owed_facts_due(session, application.id, table)
    sums = sums_of(session, application, computation, interest, debt)
    live = match_of(session, application.id).live
    return [
        kind
        for kind in possible_kinds(application, live=live)
        if has_amount(kind, sums)
        and obstacle_to_proposal(session, application, kind) is None
        and (kind not in GRANTS or _fits(session, application, amount_bounds(kind, sums)[0]))
    ]


def _fits(session: Session, application: Application, cents: int) -> bool:
    """Whether the least that a grant may say is there."""
    return refusal_of(lambda: refuse_no_money(session, application.id, cents=cents)) is None


def case_of(session: Session, decision_id: UUID) -> Case:
    """The rows, not held: nothing is changed."""
    decision = session.get_one(Decision, decision_id)
    application = session.get_one(Application, decision.application_id)
    return Case(session.get_one(Campaign, application.campaign_id), application, decision)
