"""Deciding on an objection: proposed by one officer, approved by another, neither of whom decided.

When it is founded, the old decision is revoked and replaced in the same decision (Awb 7:11).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import impartial_officer, require_mandate
from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.papers import Words, ruling_snapshot
from voorjebuurt.decisions.objections.proceedings.steps import refuse_closed
from voorjebuurt.decisions.objections.rows import (
    course,
    locked_objection,
    objection_subject,
    text_of,
)
from voorjebuurt.decisions.objections.rulings.checks import Verdict, refuse_unready
from voorjebuurt.decisions.objections.rulings.joining import (
    add_letters,
    joined_objections,
    own_words,
    refuse_joined,
    refuse_left_out,
)
from voorjebuurt.decisions.objections.rulings.reopening import Replacement
from voorjebuurt.decisions.objections.rulings.replacements import rehearse
from voorjebuurt.decisions.proof.schema import Snapshot, sha256
from voorjebuurt.decisions.rules.kinds import (
    ANSWERS,
    NEEDS_REPLACEMENT,
    DecisionKind,
    DecisionStatus,
    at_stake,
)
from voorjebuurt.decisions.rules.objections import FOUNDED
from voorjebuurt.decisions.rulings.rows import Case
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.matching.applications.case_numbers import next_number
from voorjebuurt.people.rules import MandateKind


@dataclass(frozen=True)
class RulingDraft:
    """What an officer proposes to decide on an objection (eurocents).

    ``reason`` is for who objected; ``public_reason`` all that others may read of it. ``deviation``
    says why the advice of a committee is not followed. ``joined`` are other objections to the same
    decision; ``costs_cents`` is for each who asked. ``replacement`` is needed when it
    is founded, but for a claim that is dropped.
    """

    outcome: str
    reason: str
    court: str
    public_reason: str = ""
    follows_advice: bool = True
    deviation: str = ""
    costs_cents: int = 0
    extra_cents: int = 0
    extra_reason: str = ""
    joined: Sequence[UUID] = ()
    replacement: Replacement | None = field(default=None)


def propose_ruling(
    session: Session, *, objection_id: UUID, draft: RulingDraft, actor: Actor
) -> UUID:
    """Propose a decision on an objection; returns its id. Nothing of the case moves yet.

    Raises ``ForbiddenError`` ``decided_before`` and ``mandate_too_low``, ``TransitionError`` for an
    objection that is over, and ``DomainError`` for what is not done yet, or at the field.
    """
    case, objection = locked_objection(session, objection_id)
    refuse_who_decided(session, case, actor)
    refuse_closed(session, objection)
    verdict = _verdict(session, case, objection, draft)
    others = joined_objections(session, objection, draft.joined)
    refuse_joined(session, verdict, others, follows=draft.follows_advice)
    refuse_left_out(session, objection, verdict.outcome, draft.joined)
    _refuse_costs(session, draft, [objection, *others])
    number = next_number(session, kind="BB")
    plan = _planned(session, draft, number)
    snapshot = None
    if verdict.outcome in FOUNDED:
        snapshot = rehearse(
            session,
            case,
            objection,
            plan,
            outcome=verdict.outcome,
            extra_cents=draft.extra_cents,
            actor=actor,
        )
    stake_cents = _stake(case, snapshot)
    require_mandate(
        session,
        municipality_id=objection.municipality_id,
        kind=MandateKind.OBJECTION,
        cents=stake_cents,
        actor=actor,
    )
    words = Words(
        number,
        verdict.outcome.value,
        verdict.reason,
        verdict.deviation,
        draft.court.strip(),
        draft.costs_cents,
        draft.extra_cents,
        draft.extra_reason.strip(),
    )
    paper = ruling_snapshot(
        session,
        objection,
        own_words(session, objection, words),
        others=[other.number for other in others],
        replacement=snapshot,
    )
    ruling = ObjectionRuling(
        **words._asdict(),
        objection_id=objection.id,
        decision_id=case.decision.id,
        application_id=objection.application_id,
        municipality_id=objection.municipality_id,
        joined=[str(other.id) for other in others],
        status=DecisionStatus.PROPOSED.value,
        public_reason=draft.public_reason.strip(),
        stake_cents=stake_cents,
        replacement=snapshot.text if snapshot else "",
        snapshot=paper.text,
        snapshot_sha256=sha256(paper.text),
        proposed_at=clock.now(),
        proposed_by=actor.person_id,
    )
    session.add(ruling)
    session.flush()
    add_letters(session, ruling, words, [objection, *others], replacement=snapshot)
    record_ruling(session, objection, ruling, Action.OBJECTION_RULING_PROPOSED, actor)
    return ruling.id


def refuse_who_decided(session: Session, case: Case, actor: Actor) -> UUID:
    """The officer, if they may decide on an objection in this case (Awb 7:5, 10:3).

    Raises ``ForbiddenError``, also for a mandate below what the old decision was about.
    """
    person_id = impartial_officer(session, application=case.application, actor=actor)
    decision = case.decision
    if person_id in (decision.proposed_by, decision.approved_by):
        raise ForbiddenError("decided_before")
    require_mandate(
        session,
        municipality_id=decision.municipality_id,
        kind=MandateKind.OBJECTION,
        cents=_stake(case, None),
        actor=actor,
    )
    return person_id


def _verdict(session: Session, case: Case, objection: Objection, draft: RulingDraft) -> Verdict:
    needs_replacement = case.kind in NEEDS_REPLACEMENT
    verdict = Verdict.of(draft.outcome, draft.reason, draft.deviation)
    refuse_unready(
        verdict, course(session, objection), in_time=objection.in_time, follows=draft.follows_advice
    )
    text_of(draft.court, "court", "court_missing")
    if verdict.outcome in FOUNDED:
        if draft.replacement is None and needs_replacement:
            raise DomainError("replacement_missing", field="kind")
        if draft.replacement and DecisionKind(draft.replacement.kind) not in ANSWERS[case.kind]:
            raise DomainError("replacement_kind_wrong", field="kind")
    elif draft.costs_cents or draft.extra_cents:
        raise DomainError("costs_only_founded", field="costs" if draft.costs_cents else "extra")
    if draft.extra_cents:
        text_of(draft.extra_reason, "extra_reason", "reason_needed")
    return verdict


def _refuse_costs(session: Session, draft: RulingDraft, objections: Sequence[Objection]) -> None:
    """Raises ``DomainError`` at ``costs`` when nobody asked for a payment of their help."""
    was_asked = any(course(session, each).costs_asked for each in objections)
    if draft.costs_cents and not was_asked:
        raise DomainError("costs_not_asked", field="costs")


def _planned(session: Session, draft: RulingDraft, number: str) -> Replacement | None:
    if draft.replacement is None or draft.outcome not in FOUNDED:
        return None
    own_number = next_number(session, kind="BS")
    return replace(draft.replacement, number=own_number, ruling=number)


def _stake(case: Case, snapshot: Snapshot | None) -> int:
    """The largest amount that is decided about: by the old decision or by the new one."""
    decision = case.decision
    old = at_stake(
        case.kind,
        amount=decision.amount_cents,
        before=decision.before_cents,
        claim=decision.claim_cents,
    )
    if snapshot is None:
        return old
    new = snapshot.decision
    return max(
        old,
        at_stake(
            DecisionKind(new.kind),
            amount=new.amount_cents,
            before=new.before_cents,
            claim=new.claim_cents,
        ),
    )


def record_ruling(
    session: Session, objection: Objection, ruling: ObjectionRuling, action: Action, actor: Actor
) -> None:
    """Write down what was done with a decision on an objection."""
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=objection_subject(objection),
        detail={
            "ruling": ruling.number,
            "outcome": ruling.outcome,
            "extra_cents": ruling.extra_cents,
        },
    )
