"""A second officer approves a decision; until it is sent, it can be recalled."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.rules import WON
from voorjebuurt.decisions.cases.officers import impartial_officer, require_mandate
from voorjebuurt.decisions.cases.stake_queries import stake_reason
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.computation import result_of
from voorjebuurt.decisions.proof.sources import basis_of
from voorjebuurt.decisions.rules.kinds import FIRST, FROM_STATES, GRANTS, DecisionKind, at_stake
from voorjebuurt.decisions.rules.mandates import mandate_for
from voorjebuurt.decisions.rulings.changes import refuse_change
from voorjebuurt.decisions.rulings.kind_checks import refuse_late_aside
from voorjebuurt.decisions.rulings.rows import (
    Case,
    decision_subject,
    determines_directly,
    locked_decision,
    match_of,
    reopen_case,
    status_after,
)
from voorjebuurt.decisions.rulings.timeliness import refuse_late
from voorjebuurt.decisions.views.weighing import refuse_without_views
from voorjebuurt.kernel import clock, jobs
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import FundVersion
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role
from voorjebuurt.pledges.rules import MatchStatus
from voorjebuurt.rulebook.documents.stored import stored_ruleset

_BEFORE_THE_END = timedelta(minutes=5)
"""An award that waits to be recalled is not overtaken by the end of its campaign."""


def approve(session: Session, *, decision_id: UUID, recall_minutes: int, actor: Actor) -> None:
    """Approve a proposal as a second officer; it is sent ``recall_minutes`` from now.

    A live fund's award is sent sooner where the campaign would be over by then.

    Nothing of the money moves yet. Raises ``ForbiddenError`` ``own_decision`` for the proposer,
    ``role_from_decision_proposer`` for who got their role from the proposer lately,
    ``has_stake`` (also of the proposer, since), ``mandate_not_for_kind`` and ``mandate_too_low``;
    ``DomainError`` when what was proposed is not so any more, or the applicant's views had to be
    asked first.
    """
    case = locked_decision(session, decision_id)
    decision = case.decision
    after = status_after(decision, "approve")
    person_id = refuse_approver(session, case, actor)
    refuse_overtaken(session, case)
    refuse_lower_claim(session, case)
    refuse_late(session, case.application, case.kind, at=clock.now())
    refuse_late_aside(session, case.application, decision.grounds)
    refuse_without_views(session, decision)
    decision.status, decision.approved_by = after, person_id
    decision.approved_at = clock.now()
    decision.send_at = _send_at(session, case, recall_minutes)
    audit.record(
        session,
        actor=actor,
        action=Action.DECISION_APPROVED,
        subject=decision_subject(decision),
        detail={"send_at": decision.send_at.isoformat()},
    )
    jobs.defer(session, "decisions.send", at=decision.send_at, decision_id=str(decision.id))


def _send_at(session: Session, case: Case, recall_minutes: int) -> datetime:
    now, closes_at = clock.now(), case.campaign.closes_at
    send_at = now + timedelta(minutes=recall_minutes)
    live_award = case.kind in GRANTS and match_of(session, case.application.id).live
    if not live_award or closes_at is None or closes_at <= now:
        return send_at
    return min(send_at, max(now, closes_at - _BEFORE_THE_END))


def refuse_approver(session: Session, case: Case, actor: Actor) -> UUID:
    """The officer, if they may approve this. Raises ``ForbiddenError`` as ``approve`` does."""
    decision = case.decision
    person_id = impartial_officer(session, application=case.application, actor=actor)
    if person_id == decision.proposed_by:
        raise ForbiddenError("own_decision")
    if gave_role_lately(
        session,
        giver_id=decision.proposed_by,
        holder_id=person_id,
        role=Role.OFFICER,
        municipality_id=decision.municipality_id,
    ):
        raise ForbiddenError("role_from_decision_proposer", days=ROLE_GIVER_DAYS)
    refuse_proposer_with_stake(session, case)
    require_mandate(
        session,
        municipality_id=decision.municipality_id,
        kind=mandate_for(decision.kind),
        cents=stake_of(decision),
        actor=actor,
    )
    return person_id


def stake_of(decision: Decision) -> int:
    """The amount that the mandate of who approves a decision must reach (eurocents)."""
    return at_stake(
        DecisionKind(decision.kind),
        amount=decision.amount_cents,
        before=decision.before_cents,
        claim=decision.claim_cents,
    )


def recall(session: Session, *, decision_id: UUID, reason: str, actor: Actor) -> None:
    """Take an approved decision back before it is sent, with the reason; the case is open again.

    Raises ``TransitionError`` once it was sent.
    """
    case = locked_decision(session, decision_id)
    impartial_officer(session, application=case.application, actor=actor)
    recall_locked(session, case, written(reason, "reason", "reason_needed"), actor)


def recall_locked(session: Session, case: Case, reason: str, actor: Actor) -> None:
    """The same on rows that are held, for whoever has the right."""
    decision = case.decision
    decision.status = status_after(decision, "recall")
    decision.recalled_at, decision.recalled_by = clock.now(), actor.person_id
    decision.recall_reason = reason
    audit.record(
        session,
        actor=actor,
        action=Action.DECISION_RECALLED,
        subject=decision_subject(decision),
        reason=reason,
    )
    reopen_case(session, case, actor, reason)


def refuse_proposer_with_stake(session: Session, case: Case) -> None:
    """Raises ``ForbiddenError`` when the proposer got a stake in the campaign since."""
    stake = stake_reason(session, person_id=case.decision.proposed_by, campaign_id=case.campaign.id)
    if stake is not None:
        raise ForbiddenError("proposer_has_stake")


def refuse_lower_claim(session: Session, case: Case) -> None:
    """Raises ``DomainError`` ``claim_changed_since`` when a live fund's decision would grant more
    than the rules come to now: the plan changed, or a gift went back, since the proposal.
    """
    if case.kind not in GRANTS or not match_of(session, case.application.id).live:
        return
    version = session.get_one(FundVersion, case.application.version_id)
    ruleset = stored_ruleset(version.rules)
    current = basis_of(session, case.application, ruleset)
    claim = result_of(ruleset, current.basis, current.facts).case.claim.cents
    if claim < case.decision.amount_cents:
        raise DomainError("claim_changed_since")


def refuse_overtaken(session: Session, case: Case) -> None:
    """Raises when the case is not what it was when the decision was proposed.

    ``TransitionError`` for its state; ``DomainError`` ``claim_changed_since`` when less is kept
    than a decision on it afterwards grants (a gift went back), ``match_released_already`` when
    the campaign failed meanwhile; ``success_open_again`` where an award would determine the amount
    at once, and the success was taken back; as ``refuse_change`` for a change.
    """
    status = ApplicationStatus(case.application.status)
    states = {ApplicationStatus.PROPOSED} if case.kind in FIRST else FROM_STATES[case.kind]
    if status not in states:
        raise TransitionError("wrong_state", state=status.value, action=case.kind.value)
    refuse_change(session, case)
    if case.kind not in GRANTS:
        return
    match = match_of(session, case.application.id)
    if match.status == MatchStatus.RELEASED:
        raise DomainError("match_released_already")
    if determines_directly(case.decision) and case.campaign.status not in WON:
        raise DomainError("success_open_again")
    is_kept = match.live and match.status == MatchStatus.FIXED
    if is_kept and match.match_cents < case.decision.amount_cents:
        raise DomainError("claim_changed_since")
