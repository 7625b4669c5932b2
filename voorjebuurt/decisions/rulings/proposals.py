"""One officer proposes a decision; it waits for another, or is dismissed."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.admission import admit_locked
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.plans.rulings import keep_plan_ruling
from voorjebuurt.decisions.proof.schema import Snapshot
from voorjebuurt.decisions.proof.snapshots import Proposal, sha256, snapshot_now
from voorjebuurt.decisions.rules.changes import NO_TERMS, ChangeTerms
from voorjebuurt.decisions.rules.grounds import grounds_for
from voorjebuurt.decisions.rules.kinds import (
    AMOUNT_CODES,
    FIRST,
    GRANTS,
    WITH_GROUNDS,
    DecisionKind,
    DecisionStatus,
    Sums,
    amount_bounds,
    before_of,
)
from voorjebuurt.decisions.rules.mandates import mandate_for
from voorjebuurt.decisions.rulings.changes import checked_terms
from voorjebuurt.decisions.rulings.kind_checks import refuse_late_aside
from voorjebuurt.decisions.rulings.rows import (
    Case,
    decision_subject,
    locked_decision,
    reopen_case,
    set_apart,
    status_after,
)
from voorjebuurt.decisions.rulings.sums import interest_asked, sums_of
from voorjebuurt.decisions.rulings.timeliness import refuse_untimely
from voorjebuurt.decisions.views.weighing import (
    NOTHING_SAID,
    ViewsBasis,
    Weighing,
    basis_of_views,
    content_of,
    keep_basis,
    refuse_earlier,
)
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.applications.case_numbers import next_number
from voorjebuurt.matching.applications.rows import locked_application, move_application
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.models import Application
from voorjebuurt.people.appointments.powers import require_kind

_K = DecisionKind


def propose(
    session: Session,
    *,
    application_id: UUID,
    kind: str,
    amount_cents: int,
    grounds: Sequence[str],
    reason: str,
    actor: Actor,
    weighing: Weighing = NOTHING_SAID,
    terms: ChangeTerms = NO_TERMS,
) -> UUID:
    """Propose a decision of one of the kinds; returns its id.

    ``grounds`` are codes of ``grounds.GROUNDS``, with a ``reason``, where the kind needs them. In
    a fund that is divided, an award is kept out of the pot from now on. In a live fund the amount
    is a maximum, and proposing it admits the application. ``weighing``: what is said of the
    applicant's views where they had to be asked first (Awb 4:7, 4:8). ``terms`` go with a change.
    Raises ``TransitionError`` for a kind that can't follow now, ``ForbiddenError`` for who may not
    or has no mandate for such decisions (Awb 10:5; the amount is the approver's matter), and
    ``DomainError`` at ``amount``, ``grounds`` or ``reason``, or as ``basis_of_views``.
    """
    campaign, application = locked_application(session, application_id)
    impartial_officer(session, application=application, actor=actor)
    decision_kind = DecisionKind(kind)
    require_kind(
        session,
        municipality_id=application.municipality_id,
        kind=mandate_for(kind),
        actor=actor,
    )
    refuse_untimely(session, application, decision_kind)
    grounds, reason = _checked_grounds(decision_kind, grounds, reason)
    refuse_late_aside(session, application, grounds)
    terms = checked_terms(session, application.id, decision_kind, grounds, terms)
    if decision_kind in GRANTS and application.status == ApplicationStatus.RECEIVED:
        admit_locked(session, application, actor)
    decision_id, number = new_id(), next_number(session, kind="BS")
    proposal = Proposal(
        number, decision_kind.value, amount_cents, grounds=grounds, reason=reason, terms=terms
    )
    sums, snapshot = _snapshot(session, application, decision_kind, proposal)
    _refuse_amount(decision_kind, amount_cents, sums)
    content = content_of(kind, amount_cents, grounds)
    views = basis_of_views(session, application_id, content, weighing)
    refuse_earlier(views, terms.effect_on)
    snapshot = replace(snapshot, views=views.told if views else None)
    decision = Decision(
        id=decision_id,
        number=number,
        application_id=application.id,
        fund_id=application.fund_id,
        municipality_id=application.municipality_id,
        kind=decision_kind.value,
        status=DecisionStatus.PROPOSED.value,
        claim_cents=snapshot.computed.claim_cents,
        amount_cents=amount_cents,
        before_cents=snapshot.decision.before_cents,
        grounds=list(grounds),
        reason=reason,
        effect_on=terms.effect_on,
        compensation_cents=terms.compensation_cents,
        breach_on=terms.breach_on,
        interest_until=terms.interest.until if terms.interest else None,
        snapshot=snapshot.text,
        snapshot_sha256=sha256(snapshot.text),
        import_ids=snapshot.import_ids,
        proposed_at=clock.now(),
        proposed_by=actor.person_id,
    )
    session.add(decision)
    session.flush()
    if views is not None:
        keep_basis(session, decision, views)
    if terms.plan is not None:
        keep_plan_ruling(session, decision, terms.plan)
    if decision_kind in FIRST:
        action = "propose_refusal" if decision_kind is _K.REFUSAL else "propose"
        move_application(session, application=application, action=action, actor=actor)
    audit.record(
        session,
        actor=actor,
        action=Action.DECISION_PROPOSED,
        subject=decision_subject(decision),
        reason=reason or None,
        detail={"grounds": list(grounds), **_views_in_trail(views)},
    )
    set_apart(session, Case(campaign, application, decision), actor)
    return decision_id


def _views_in_trail(views: ViewsBasis | None) -> dict[str, str]:
    if views is None:
        return {}
    if views.intention is None:
        return {"views_exception": views.weighing.exception}
    return {"intention": views.intention.number}


def dismiss(session: Session, *, decision_id: UUID, reason: str, actor: Actor) -> None:
    """Send a proposal back to the officer, with the reason; what it set apart is let go."""
    case = locked_decision(session, decision_id)
    impartial_officer(session, application=case.application, actor=actor)
    dismiss_locked(session, case, written(reason, "reason", "reason_needed"), actor)


def dismiss_locked(session: Session, case: Case, reason: str, actor: Actor) -> None:
    """The same on rows that are held, for whoever has the right."""
    decision = case.decision
    decision.status = status_after(decision, "dismiss")
    decision.dismissed_at, decision.dismissed_by = clock.now(), actor.person_id
    decision.dismissal = reason
    audit.record(
        session,
        actor=actor,
        action=Action.DECISION_DISMISSED,
        subject=decision_subject(decision),
        reason=reason,
    )
    reopen_case(session, case, actor, reason)


def decision_in_place(session: Session, application: Application, proposal: Proposal) -> Snapshot:
    """The snapshot of a decision that comes in the place of another (Awb 7:11), checked as any.

    Raises as ``propose`` does for its kind, amount, grounds and reason; writes nothing.
    """
    kind = DecisionKind(proposal.kind)
    refuse_untimely(session, application, kind)
    grounds, reason = _checked_grounds(kind, proposal.grounds, proposal.reason)
    complete = replace(proposal, grounds=grounds, reason=reason)
    sums, snapshot = _snapshot(session, application, kind, complete)
    _refuse_amount(kind, proposal.amount_cents, sums)
    return snapshot


def _checked_grounds(
    kind: DecisionKind, grounds: Sequence[str], reason: str
) -> tuple[tuple[str, ...], str]:
    """The grounds without doubles and the reason trimmed. Raises ``DomainError`` at the field."""
    if kind not in WITH_GROUNDS:
        if grounds:
            raise DomainError("ground_not_for_kind", field="grounds")
        return (), reason.strip()
    if not grounds:
        raise DomainError("ground_missing", field="grounds")
    codes = {ground.code for ground in grounds_for(kind.value)}
    if set(grounds) - codes:
        raise DomainError("ground_not_for_kind", field="grounds")
    return tuple(dict.fromkeys(grounds)), written(reason, "reason", "reason_needed")


def _snapshot(
    session: Session, application: Application, kind: DecisionKind, proposal: Proposal
) -> tuple[Sums, Snapshot]:
    """What is known of the money, and the snapshot that says what stood before."""
    interest = interest_asked(session, application.id, kind, proposal.terms)
    facts = interest.told() if interest else None
    first = snapshot_now(session, application, replace(proposal, interest=facts))
    sums = sums_of(session, application, first.computed, interest)
    before = before_of(kind, sums)
    return sums, replace(first, decision=replace(first.decision, before_cents=before))


def _refuse_amount(kind: DecisionKind, amount_cents: int, sums: Sums) -> None:
    lowest, highest = amount_bounds(kind, sums)
    is_interest = kind in (_K.INTEREST, _K.INTEREST_OWED)
    if is_interest and not highest:
        raise DomainError("interest_too_little", field="until")
    if not lowest <= amount_cents <= highest:
        raise DomainError(
            AMOUNT_CODES[kind],
            field="until" if is_interest else "amount",
            lowest_cents=max(0, lowest),
            highest_cents=max(0, highest),
        )
