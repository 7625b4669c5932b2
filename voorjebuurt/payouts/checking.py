"""Staff look at an account item by item; a second one may waive what nobody could look at.

The campaign's row is held, as whoever releases a payout holds it.
"""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import of_payee, of_payee_checks, payee_check_form
from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.payouts.checklist.models import PayeeTick, PayeeWaiver
from voorjebuurt.payouts.checklist.queries import checklist_of
from voorjebuurt.payouts.checklist.rules import (
    WITH_PROOF,
    CheckItem,
    Verdict,
    WaiverAnswer,
    verdicts_of,
)
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.payee_rows import locked_payee, payee_subject, withdraw_waiting_payouts
from voorjebuurt.payouts.rules import CURRENT_PAYEE


def tick_item(
    session: Session,
    *,
    payee_id: UUID,
    item: CheckItem,
    verdict: Verdict,
    note: str,
    actor: Actor,
) -> None:
    """Note what was found of one item; files that were added to its form go with it.

    When it is not right, a payout that is not in a bank file yet is withdrawn.
    Raises ``DomainError`` (fields ``verdict``, ``note``, ``attachments``), ``ForbiddenError`` for
    who gave the account or runs the campaign.
    """
    _, payee = _checkable(session, payee_id, actor)
    if verdict not in verdicts_of(item):
        raise DomainError("payee_check_verdict", field="verdict")
    if not note.strip():
        raise DomainError("payee_check_note", field="note")
    _take_proof(session, payee, item, verdict, actor)
    last = select(func.max(PayeeTick.number)).where(
        PayeeTick.payee_id == payee_id, PayeeTick.item == item
    )
    session.add(
        PayeeTick(
            payee_id=payee_id,
            item=item.value,
            number=(session.scalar(last) or 0) + 1,
            verdict=verdict.value,
            note=note.strip(),
            ticked_at=clock.now(),
            ticked_by=actor.person_id,
        )
    )
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.PAYEE_CHECK_TICKED,
        subject=payee_subject(payee),
        detail={"item": item.value, "verdict": verdict.value},
    )
    if verdict == Verdict.UNFIT:
        withdraw_waiting_payouts(session, payee.campaign_id, reason="payee_unfit", actor=actor)


def ask_waiver(session: Session, *, payee_id: UUID, reason: str, actor: Actor) -> None:
    """Ask a second member of staff to pay out without the whole list (field ``reason``).

    Asking again while it waits changes nothing. Raises ``DomainError`` when nothing needs it, or
    something was found wrong: that is looked at again, not waived.
    """
    _, payee = _checkable(session, payee_id, actor)
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    checklist = checklist_of(session, payee_id)
    if checklist.is_checked:
        raise DomainError("payee_check_complete")
    if checklist.unfit:
        raise DomainError("payee_check_unfit")
    if checklist.waiver is not None:
        raise DomainError("payee_waiver_waits")
    session.add(
        PayeeWaiver(
            payee_id=payee_id,
            reason=reason.strip(),
            asked_at=clock.now(),
            asked_by=actor.person_id,
        )
    )
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.PAYEE_CHECK_WAIVER_ASKED,
        subject=payee_subject(payee),
        reason=reason.strip(),
    )


def answer_waiver(session: Session, *, waiver_id: UUID, answer: WaiverAnswer, actor: Actor) -> None:
    """Grant or refuse it, as a second member of staff. A second press changes nothing.

    Raises ``NotFoundError``; ``ForbiddenError`` for who asked for it, gave the account or runs the
    campaign; ``DomainError`` when somebody answered otherwise meanwhile.
    """
    payee_id = session.scalar(select(PayeeWaiver.payee_id).where(PayeeWaiver.id == waiver_id))
    if payee_id is None:
        raise NotFoundError("payee_waiver_not_found")
    _, payee = _checkable(session, payee_id, actor)
    waiver = session.get_one(PayeeWaiver, waiver_id, with_for_update=True, populate_existing=True)
    if waiver.answer == answer:
        return
    if waiver.answer is not None:
        raise DomainError("payee_waiver_answered")
    refuse_answer(waiver.asked_by, actor)
    waiver.answer = answer.value
    waiver.answered_at, waiver.answered_by = clock.now(), actor.person_id
    session.flush()
    is_granted = answer == WaiverAnswer.GRANT
    audit.record(
        session,
        actor=actor,
        action=Action.PAYEE_CHECK_WAIVED if is_granted else Action.PAYEE_CHECK_WAIVER_REFUSED,
        subject=payee_subject(payee),
        reason=waiver.reason,
    )


def refuse_answer(asked_by: UUID, actor: Actor) -> None:
    """Raises ``ForbiddenError`` for who asked for the waiver."""
    if actor.person_id == asked_by:
        raise ForbiddenError("own_waiver")


def may_check(session: Session, payee_id: UUID, actor: Actor) -> bool:
    """Whether this actor could look at this account: it counts, and it is not theirs."""
    payee = session.get_one(Payee, payee_id)
    return payee.status in CURRENT_PAYEE and not _is_theirs(session, payee, actor)


def _checkable(session: Session, payee_id: UUID, actor: Actor) -> tuple[Campaign, Payee]:
    """The campaign and its account, held; it counts, and is not the actor's own."""
    campaign, payee = locked_payee(session, payee_id)
    if _is_theirs(session, payee, actor):
        raise ForbiddenError("own_payee")
    if payee.status not in CURRENT_PAYEE:
        raise DomainError("payee_check_over")
    return campaign, payee


def _is_theirs(session: Session, payee: Payee, actor: Actor) -> bool:
    return actor.person_id in (payee.submitted_by, payee.agreed_by) or has_part(
        session, payee.campaign_id, actor.person_id
    )


def _take_proof(
    session: Session, payee: Payee, item: CheckItem, verdict: Verdict, actor: Actor
) -> None:
    form = payee_check_form(payee.id, item)
    submit_drafts(
        session,
        form=form,
        owner=Owner(payee_id=payee.id),
        subject=payee_subject(payee),
        actor=actor,
    )
    if verdict != Verdict.FIT or item not in WITH_PROOF:
        return
    own = [row for row in of_payee_checks(session, payee.id) if row.form == form]
    files = [row for row in [*own, *of_payee(session, payee.id)] if row.scan != "refused"]
    if not files:
        raise DomainError("payee_check_proof", field="attachments")
