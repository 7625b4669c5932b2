"""The account that a campaign's money goes to: submitted by who runs it, checked by staff.

Where several run it, one proposes (``payouts.agreeing``) and another agrees.
"""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import everybody_now, has_part, require_member
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.payouts import mails
from voorjebuurt.payouts.agreeing import drop_open_proposal, propose, refuse_while_proposed
from voorjebuurt.payouts.iban import normal_holder, normal_iban
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.payee_rows import (
    BankAccount,
    add_proof,
    bank_account_of,
    count_payee,
    latest_payee,
    locked_payee,
    new_payee,
    payee_subject,
)
from voorjebuurt.payouts.rules import (
    CURRENT_PAYEE,
    PAYEE_CAMPAIGNS,
    PAYEE_TRANSITIONS,
    PayeeStatus,
)
from voorjebuurt.payouts.validity import stands


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
    is new proof of it (files that were added to ``proof_form``). Where several run the campaign it
    is a proposal, which counts when another of them agrees.

    Another account replaces the one before: its approval is void, a payout that is not in a
    bank file yet is withdrawn, and ``cooling_off_days`` pass before money may go there.
    Raises ``ForbiddenError`` for who does not run the campaign and ``DomainError`` at the fields
    ``holder`` and ``iban``.
    """
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    if campaign.status not in PAYEE_CAMPAIGNS:
        raise DomainError("payee_not_now")
    holder, iban = normal_holder(holder), normal_iban(iban)
    before = latest_payee(session, campaign_id)
    account = BankAccount(holder, iban)
    is_current = before is not None and before.status in CURRENT_PAYEE
    is_same = before is not None and is_current and bank_account_of(before, sealer) == account
    if before is not None and is_same and stands(session, before):
        return add_proof(session, before, actor)
    if len(everybody_now(session, campaign)) > 1:
        return propose(session, campaign, account, sealer=sealer, actor=actor)
    drop_open_proposal(session, campaign, actor)
    payee = new_payee(campaign, account, sealer=sealer, actor=actor)
    count_payee(session, payee, sealer=sealer, cooling_off_days=cooling_off_days, actor=actor)
    add_proof(session, payee, actor)
    if before is not None:
        mails.payee_changed(session, campaign=campaign, payee=payee, is_same=is_same)
    return True


def confirm_payee(
    session: Session, *, payee_id: UUID, cooling_off_days: int, sealer: Sealer, actor: Actor
) -> None:
    """Say that the account that another gave is still right, as if the actor gave it now.

    So where several run the campaign another of them agrees, and staff check it again; the
    waiting days of the number go on. What needs no confirming (any more) changes nothing.
    Raises ``ForbiddenError``, and ``DomainError`` when there is another account by now.
    """
    campaign, payee = locked_payee(session, payee_id)
    require_member(session, campaign, actor)
    if payee.status not in CURRENT_PAYEE:
        raise DomainError("payee_replaced")
    refuse_while_proposed(session, campaign.id, actor)
    account = bank_account_of(payee, sealer)
    submit_payee(
        session,
        campaign_id=campaign.id,
        holder=account.holder,
        iban=account.iban,
        cooling_off_days=cooling_off_days,
        sealer=sealer,
        actor=actor,
    )


def verify_payee(session: Session, *, payee_id: UUID, evidence: str, actor: Actor) -> None:
    """Approve an account; ``evidence`` says how it was checked (field ``evidence``).

    Raises ``ForbiddenError`` when the actor gave the account or runs the campaign.
    """
    campaign, payee = locked_payee(session, payee_id)
    _refuse_own(session, payee, actor)
    payee.status = PAYEE_TRANSITIONS.after(PayeeStatus(payee.status), "verify").value
    if not evidence.strip():
        raise DomainError("evidence_missing", field="evidence")
    payee.verified_at, payee.verified_by = clock.now(), actor.person_id
    payee.evidence = evidence.strip()
    audit.record(
        session,
        actor=actor,
        action=Action.PAYEE_VERIFIED,
        subject=payee_subject(payee),
        reason=payee.evidence,
    )
    mails.payee_verified(session, campaign=campaign, payee=payee)


def refuse_payee(session: Session, *, payee_id: UUID, reason: str, actor: Actor) -> None:
    """Turn an account down; the initiator reads ``reason`` (field ``reason``) in a mail.

    Raises ``ForbiddenError`` when the actor gave the account or runs the campaign.
    """
    campaign, payee = locked_payee(session, payee_id)
    _refuse_own(session, payee, actor)
    payee.status = PAYEE_TRANSITIONS.after(PayeeStatus(payee.status), "refuse").value
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    payee.refused_at, payee.refused_by = clock.now(), actor.person_id
    payee.refusal = reason.strip()
    audit.record(
        session,
        actor=actor,
        action=Action.PAYEE_REFUSED,
        subject=payee_subject(payee),
        reason=payee.refusal,
    )
    mails.payee_refused(session, campaign=campaign, payee=payee)


def _refuse_own(session: Session, payee: Payee, actor: Actor) -> None:
    is_theirs = actor.person_id in (payee.submitted_by, payee.agreed_by)
    if is_theirs or has_part(session, payee.campaign_id, actor.person_id):
        raise ForbiddenError("own_payee")
