"""The rows of accounts: held, made, and counting from a moment on."""

from dataclasses import dataclass
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
from voorjebuurt.kernel.errors import ForbiddenError, NotFoundError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.proposals import withdraw_payout
from voorjebuurt.payouts.rules import (
    CURRENT_PAYEE,
    NEVER_COUNTED,
    PAYEE_TRANSITIONS,
    PAYOUT_TRANSITIONS,
    PayeeStatus,
    PayoutStatus,
)
from voorjebuurt.payouts.seals import iban_of, keep_iban, mask_of


@dataclass(frozen=True)
class BankAccount:
    """An account as it was typed, in its normal form."""

    holder: str
    iban: str


def bank_account_of(payee: Payee, sealer: Sealer) -> BankAccount:
    """The account of a payee, opened, to be compared."""
    return BankAccount(payee.holder, iban_of(payee, sealer))


def new_payee(campaign: Campaign, account: BankAccount, *, sealer: Sealer, actor: Actor) -> Payee:
    """A payee that does not count yet, and is not in the database either."""
    if actor.person_id is None:
        raise ForbiddenError("not_your_campaign")
    payee = Payee(
        campaign_id=campaign.id,
        municipality_id=campaign.municipality_id,
        holder=account.holder,
        status=PayeeStatus.PROPOSAL.value,
        submitted_at=clock.now(),
        submitted_by=actor.person_id,
        payable_from=clock.now(),
    )
    keep_iban(payee, account.iban, sealer)
    return payee


def count_payee(
    session: Session, payee: Payee, *, sealer: Sealer, cooling_off_days: int, actor: Actor
) -> None:
    """From now on this account counts; the one before it does no longer, and cools off."""
    before, iban = latest_payee(session, payee.campaign_id), iban_of(payee, sealer)
    same_number = before is not None and iban_of(before, sealer) == iban
    if before is not None and before.status in CURRENT_PAYEE:
        _replace(session, before, actor)
    now = clock.now()
    payee.status = PAYEE_TRANSITIONS.after(PayeeStatus(payee.status), "agree").value
    payee.submitted_at, payee.signer_id = now, _signer_of(session, payee.campaign_id)
    payee.payable_from = _payable_from(before, same_number, now, cooling_off_days)
    session.add(payee)
    session.flush()
    audit.record(session, actor=actor, action=Action.PAYEE_SUBMITTED, subject=payee_subject(payee))


def _signer_of(session: Session, campaign_id: UUID) -> UUID:
    return session.get_one(Campaign, campaign_id).initiator_id


def proof_form(campaign_id: UUID) -> str:
    """The form that proof is added to before an account is given."""
    return f"payee:{campaign_id}"


def add_proof(session: Session, payee: Payee, actor: Actor) -> bool:
    """Put the files that were added with an account; returns whether there were any."""
    count = submit_drafts(
        session,
        form=proof_form(payee.campaign_id),
        owner=Owner(payee_id=payee.id),
        subject=payee_subject(payee),
        actor=actor,
    )
    return count > 0


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


def latest_payee(session: Session, campaign_id: UUID) -> Payee | None:
    """The last account that a campaign gave, held; not what was only proposed."""
    statement = (
        select(Payee)
        .where(Payee.campaign_id == campaign_id, Payee.status.not_in(sorted(NEVER_COUNTED)))
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
    audit.record(session, actor=actor, action=Action.PAYEE_REPLACED, subject=payee_subject(payee))
    withdraw_waiting_payouts(session, payee.campaign_id, reason="payee_changed", actor=actor)


def withdraw_waiting_payouts(
    session: Session, campaign_id: UUID, *, reason: str, actor: Actor
) -> None:
    """Withdraw what is not in a bank file yet, of a campaign that is held; ``reason`` is a code."""
    cancellable = [s for s in PayoutStatus if PAYOUT_TRANSITIONS.allowed(s, "cancel")]
    payouts = session.scalars(
        select(Payout)
        .where(Payout.campaign_id == campaign_id, Payout.status.in_(cancellable))
        .with_for_update()
    )
    for payout in payouts.all():
        withdraw_payout(session, payout=payout, reason=reason, actor=actor)


def payee_subject(payee: Payee) -> Subject:
    """The payee, for the trail of its campaign."""
    return Subject(
        SubjectKind.CAMPAIGN,
        payee.campaign_id,
        payee.municipality_id,
        {"payee": str(payee.id), "iban": mask_of(payee)},
    )
