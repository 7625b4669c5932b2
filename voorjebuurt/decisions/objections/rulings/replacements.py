"""The decision that comes in the place of the old one, in the same transaction (Awb 7:11).

Before it is proposed it is rehearsed: the case is reopened in a savepoint, the new decision is
computed and checked as any, and all of it is rolled back but for its snapshot. When the decision on
the objection is sent, exactly that snapshot becomes a decision, so there is no moment at which the
case is open and undecided.
"""

from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import ObjectionRuling
from voorjebuurt.decisions.objections.rulings.reopening import Replacement, end_objection, reopen
from voorjebuurt.decisions.proof.schema import Snapshot, read
from voorjebuurt.decisions.proof.snapshots import Proposal, sha256
from voorjebuurt.decisions.rules.kinds import FIRST, GRANTS, DecisionKind, DecisionStatus
from voorjebuurt.decisions.rules.objections import FOUNDED, ObjectionStatus
from voorjebuurt.decisions.rulings.proposals import decision_in_place
from voorjebuurt.decisions.rulings.rows import Case, awards_first, match_of, set_apart
from voorjebuurt.decisions.rulings.sending import send_locked
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.matching.applications.rows import move_application
from voorjebuurt.matching.pots.extra import ExtraRoom, refuse_short, reserve_extra
from voorjebuurt.pledges.rules import PROMISED_MATCH

_K = DecisionKind


def rehearse(
    session: Session,
    case: Case,
    objection: Objection,
    replacement: Replacement | None,
    *,
    outcome: ObjectionStatus,
    extra_cents: int,
    actor: Actor,
) -> Snapshot | None:
    """The snapshot of what would come in the place, with nothing changed; None where nothing does.

    Raises ``DomainError`` as proposing it would, at ``amount``, ``grounds``, ``reason`` or
    ``extra``.
    """
    savepoint = session.begin_nested()
    try:
        end_objection(objection, outcome, actor)
        session.flush()
        reopen(session, case, objection, replacement, actor)
        if replacement is None:
            return None
        proposal = Proposal(
            replacement.number,
            replacement.kind,
            replacement.amount_cents,
            grounds=replacement.grounds,
            reason=replacement.reason,
            ruling=replacement.ruling,
        )
        snapshot = decision_in_place(session, case.application, proposal)
        _refuse_short(session, case, snapshot, extra_cents)
        return snapshot
    finally:
        savepoint.rollback()
        session.expire_all()


def rehearse_again(
    session: Session, case: Case, objection: Objection, ruling: ObjectionRuling, actor: Actor
) -> None:
    """What was proposed can still be carried out, for the amounts that it says.

    Raises as ``rehearse``, and ``DomainError`` ``claim_changed_since``.
    """
    outcome = ObjectionStatus(ruling.outcome)
    if outcome not in FOUNDED:
        return
    plan, claim_cents, extra_cents = None, None, ruling.extra_cents
    if ruling.replacement:
        answer = read(ruling.replacement).decision
        claim_cents = answer.claim_cents
        plan = Replacement(
            answer.kind,
            answer.amount_cents,
            [ground["code"] for ground in answer.grounds],
            answer.reason,
            answer.number,
            ruling.number,
        )
    now = rehearse(
        session, case, objection, plan, outcome=outcome, extra_cents=extra_cents, actor=actor
    )
    if now is not None and now.decision.claim_cents != claim_cents:
        raise DomainError("claim_changed_since")


def carry_out(
    session: Session,
    case: Case,
    objection: Objection,
    ruling: ObjectionRuling,
    *,
    actor: Actor,
    pay_to: str = "",
    website: str = "",
) -> Decision | None:
    """Revoke the old decision and send what comes in its place; returns that.

    The rows of the case, the objection and the ruling are held, and the objection has ended.
    """
    snapshot = read(ruling.replacement) if ruling.replacement else None
    plan = Replacement(snapshot.decision.kind, snapshot.decision.amount_cents) if snapshot else None
    reopen(session, case, objection, plan, actor)
    if snapshot is None:
        return None
    decision = _decision_of(case, ruling, snapshot)
    session.add(decision)
    session.flush()
    ruling.replacement_id = decision.id
    session.flush()
    if DecisionKind(decision.kind) in FIRST:
        action = "propose_refusal" if decision.kind == _K.REFUSAL else "propose"
        move_application(session, application=case.application, action=action, actor=actor)
    extra = ExtraRoom(ruling.id, ruling.extra_cents) if ruling.extra_cents else None
    new = Case(case.campaign, case.application, decision)
    if DecisionKind(decision.kind) in GRANTS:
        if extra and match_of(session, case.application.id).status in PROMISED_MATCH:
            reserve_extra(session, application_id=case.application.id, extra=extra)
            extra = None
        set_apart(session, new, actor)
    send_locked(
        session,
        new,
        pay_to=pay_to,
        website=website,
        extra=extra,
    )
    return decision


def _decision_of(case: Case, ruling: ObjectionRuling, snapshot: Snapshot) -> Decision:
    answer = snapshot.decision
    return Decision(
        id=new_id(),
        number=answer.number,
        application_id=case.application.id,
        fund_id=case.application.fund_id,
        municipality_id=case.application.municipality_id,
        kind=answer.kind,
        status=DecisionStatus.APPROVED.value,
        claim_cents=answer.claim_cents,
        amount_cents=answer.amount_cents,
        before_cents=answer.before_cents,
        grounds=[ground["code"] for ground in answer.grounds],
        reason=answer.reason,
        snapshot=ruling.replacement,
        snapshot_sha256=sha256(ruling.replacement),
        import_ids=snapshot.import_ids,
        proposed_at=ruling.proposed_at,
        proposed_by=ruling.proposed_by,
        approved_at=ruling.approved_at,
        approved_by=ruling.approved_by,
        send_at=ruling.send_at,
    )


def _refuse_short(session: Session, case: Case, snapshot: Snapshot, extra_cents: int) -> None:
    """What is granted must fit in the pot with the extra, and the extra is what is short.

    A maximum takes nothing apart for gifts that are still to come, so nothing goes above the
    ceiling for it: that is raised first.
    """
    match = match_of(session, case.application.id)
    if extra_cents and awards_first(match):
        raise DomainError("extra_not_for_maximum", field="extra")
    if DecisionKind(snapshot.decision.kind) not in GRANTS:
        if extra_cents:
            raise DomainError("extra_above_need", field="extra", highest_cents=0)
        return
    more = snapshot.decision.amount_cents - match.match_cents
    refuse_short(session, application_id=case.application.id, more=more, extra_cents=extra_cents)
