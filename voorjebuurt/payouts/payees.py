"""The account that a campaign's money goes to: submitted by its initiator, checked by staff."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.payouts import mails
from voorjebuurt.payouts.iban import normal_holder, normal_iban
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.proposals import withdraw_payout
from voorjebuurt.payouts.rules import (
    CURRENT_PAYEE,
    PAYEE_CAMPAIGNS,
    PAYEE_TRANSITIONS,
    PAYOUT_TRANSITIONS,
    PayeeStatus,
    PayoutStatus,
)
from voorjebuurt.payouts.seals import iban_of, keep_iban, mask_of


def submit_payee(
    session: Session,
    *,
    campaign_id: UUID,
    holder: str,
    iban: str,
    cooling_off_days: int,
    sealer: Sealer,
    actor: Actor,
) -> bool:
    """Take the initiator's word for where the money should go; returns whether it is new, or there
    is new proof of it (files that were added to ``proof_form``).

    Another account replaces the one before: its approval is void, a payout that is not in a
    bank file yet is withdrawn, and ``cooling_off_days`` pass before money may go there.
    Raises ``ForbiddenError`` for anybody but the initiator and ``DomainError`` at the fields
    ``holder`` and ``iban``.
    """
    campaign = locked_campaign(session, campaign_id)
    if actor.person_id is None or actor.person_id != campaign.initiator_id:
        raise ForbiddenError("not_your_campaign")
    if campaign.status not in PAYEE_CAMPAIGNS:
        raise DomainError("payee_not_now")
    holder, iban = normal_holder(holder), normal_iban(iban)
    before = _latest(session, campaign_id)
    same_number = before is not None and iban_of(before, sealer) == iban
    if before is not None and before.status in CURRENT_PAYEE:
        if same_number and before.holder == holder:
            return _add_proof(session, before, actor)
        _replace(session, before, actor)
    now = clock.now()
    payee = Payee(
        campaign_id=campaign_id,
        municipality_id=campaign.municipality_id,
        holder=holder,
        status=PayeeStatus.SUBMITTED.value,
        submitted_at=now,
        submitted_by=actor.person_id,
        payable_from=_payable_from(before, same_number, now, cooling_off_days),
    )
    keep_iban(payee, iban, sealer)
    session.add(payee)
    session.flush()
    audit.record(session, actor=actor, action=Action.PAYEE_SUBMITTED, subject=_payee_subject(payee))
    _add_proof(session, payee, actor)
    if before is not None:
        mails.payee_changed(session, campaign=campaign, payee=payee)
    return True


def proof_form(campaign_id: UUID) -> str:
    """The form that proof is added to before an account is given."""
    return f"payee:{campaign_id}"


def _add_proof(session: Session, payee: Payee, actor: Actor) -> bool:
    """Put the files that were added with an account; returns whether there were any."""
    count = submit_drafts(
        session,
        form=proof_form(payee.campaign_id),
        owner=Owner(payee_id=payee.id),
        subject=_payee_subject(payee),
        actor=actor,
    )
    return count > 0


def verify_payee(session: Session, *, payee_id: UUID, evidence: str, actor: Actor) -> None:
    """Approve an account; ``evidence`` says how it was checked (field ``evidence``).

    Raises ``ForbiddenError`` when the actor gave the account or runs the campaign.
    """
    campaign, payee = locked_payee(session, payee_id)
    _refuse_own(campaign, payee, actor)
    payee.status = PAYEE_TRANSITIONS.after(PayeeStatus(payee.status), "verify").value
    if not evidence.strip():
        raise DomainError("evidence_missing", field="evidence")
    payee.verified_at, payee.verified_by = clock.now(), actor.person_id
    payee.evidence = evidence.strip()
    audit.record(
        session,
        actor=actor,
        action=Action.PAYEE_VERIFIED,
        subject=_payee_subject(payee),
        reason=payee.evidence,
    )
    mails.payee_verified(session, campaign=campaign, payee=payee)


def refuse_payee(session: Session, *, payee_id: UUID, reason: str, actor: Actor) -> None:
    """Turn an account down; the initiator reads ``reason`` (field ``reason``) in a mail.

    Raises ``ForbiddenError`` when the actor gave the account or runs the campaign.
    """
    campaign, payee = locked_payee(session, payee_id)
    _refuse_own(campaign, payee, actor)
    payee.status = PAYEE_TRANSITIONS.after(PayeeStatus(payee.status), "refuse").value
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    payee.refused_at, payee.refused_by = clock.now(), actor.person_id
    payee.refusal = reason.strip()
    audit.record(
        session,
        actor=actor,
        action=Action.PAYEE_REFUSED,
        subject=_payee_subject(payee),
        reason=payee.refusal,
    )
    mails.payee_refused(session, campaign=campaign, payee=payee)


def locked_payee(session: Session, payee_id: UUID) -> tuple[Campaign, Payee]:
    """The payee and its campaign, held until the commit, the campaign first.

    Raises ``NotFoundError``.
    """
    campaign_id = session.scalar(select(Payee.campaign_id).where(Payee.id == payee_id))
    if campaign_id is None:
        raise NotFoundError("payee_not_found")
    campaign = locked_campaign(session, campaign_id)
    payee = session.get_one(Payee, payee_id, with_for_update=True, populate_existing=True)
    return campaign, payee


def _latest(session: Session, campaign_id: UUID) -> Payee | None:
    statement = (
        select(Payee)
        .where(Payee.campaign_id == campaign_id)
        .order_by(Payee.submitted_at.desc(), Payee.id.desc())
        .limit(1)
    )
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))


def _payable_from(
    before: Payee | None, same_number: bool, now: datetime, cooling_off_days: int
) -> datetime:
    """The first account may be paid at once, each other one after it has cooled off.

    Only the holder's name changed: then the account's own waiting time goes on.
    """
    if before is None:
        return now
    if same_number:
        return before.payable_from
    return now + timedelta(days=cooling_off_days)


def _replace(session: Session, payee: Payee, actor: Actor) -> None:
    payee.status = PAYEE_TRANSITIONS.after(PayeeStatus(payee.status), "replace").value
    session.flush()
    audit.record(session, actor=actor, action=Action.PAYEE_REPLACED, subject=_payee_subject(payee))
    cancellable = [s for s in PayoutStatus if PAYOUT_TRANSITIONS.allowed(s, "cancel")]
    payouts = session.scalars(
        select(Payout)
        .where(Payout.campaign_id == payee.campaign_id, Payout.status.in_(cancellable))
        .with_for_update()
    )
    for payout in payouts.all():
        withdraw_payout(session, payout=payout, reason="payee_changed", actor=actor)


def _refuse_own(campaign: Campaign, payee: Payee, actor: Actor) -> None:
    if actor.person_id in (payee.submitted_by, campaign.initiator_id):
        raise ForbiddenError("own_payee")


def _payee_subject(payee: Payee) -> Subject:
    """The payee, for the trail of its campaign."""
    return Subject(
        SubjectKind.CAMPAIGN,
        payee.campaign_id,
        payee.municipality_id,
        {"payee": str(payee.id), "iban": mask_of(payee)},
    )
