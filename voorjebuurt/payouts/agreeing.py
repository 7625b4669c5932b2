"""Two agree to an account of a campaign that several run: one proposes it, another agrees.

The campaign's row is held, as it is by whoever comes or goes; a trigger holds the same.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import acts_for, require_member
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.payouts import mails
from voorjebuurt.payouts.models import Payee
from voorjebuurt.payouts.payee_rows import (
    BankAccount,
    add_proof,
    bank_account_of,
    count_payee,
    locked_payee,
    new_payee,
    payee_subject,
    withdraw_waiting_payouts,
)
from voorjebuurt.payouts.rules import (
    CURRENT_PAYEE,
    PAYEE_CAMPAIGNS,
    PAYEE_TRANSITIONS,
    PayeeStatus,
)


def propose(
    session: Session, campaign: Campaign, account: BankAccount, *, sealer: Sealer, actor: Actor
) -> bool:
    """Propose an account of a campaign that is held; returns whether it or its proof is new.

    The other ones who run it are mailed. Another proposal comes to nothing by it.
    """
    before = _open_proposal(session, campaign.id)
    is_own = before is not None and before.submitted_by == actor.person_id
    if before is not None and is_own and bank_account_of(before, sealer) == account:
        return add_proof(session, before, actor)
    drop_open_proposal(session, campaign, actor)
    payee = new_payee(campaign, account, sealer=sealer, actor=actor)
    session.add(payee)
    session.flush()
    audit.record(session, actor=actor, action=Action.PAYEE_PROPOSED, subject=payee_subject(payee))
    add_proof(session, payee, actor)
    mails.payee_proposed(session, campaign=campaign, payee=payee)
    return True


def agree_to_payee(
    session: Session, *, payee_id: UUID, cooling_off_days: int, sealer: Sealer, actor: Actor
) -> None:
    """Agree to the account that another proposed; it counts from now on, and all are mailed.

    Once one agreed, a second changes nothing. Raises ``ForbiddenError`` for who proposed it or
    does not run the campaign, ``DomainError`` when the proposal is over or its proposer left.
    """
    campaign, payee = locked_payee(session, payee_id)
    require_member(session, campaign, actor)
    if payee.status in CURRENT_PAYEE and payee.agreed_by is not None:
        return
    if payee.submitted_by == actor.person_id:
        raise ForbiddenError("own_payee_proposal")
    if payee.status != PayeeStatus.PROPOSAL or not acts_for(
        session, campaign.id, payee.submitted_by
    ):
        raise DomainError("payee_proposal_over")
    if campaign.status not in PAYEE_CAMPAIGNS:
        raise DomainError("payee_not_now")
    payee.agreed_at, payee.agreed_by = clock.now(), actor.person_id
    count_payee(session, payee, sealer=sealer, cooling_off_days=cooling_off_days, actor=actor)
    mails.payee_agreed(session, campaign=campaign, payee=payee)


def drop_proposal(session: Session, *, payee_id: UUID, actor: Actor) -> None:
    """Say no to a proposal, or take one's own back. A second time changes nothing.

    Raises ``ForbiddenError``, ``DomainError`` once another agreed.
    """
    campaign, payee = locked_payee(session, payee_id)
    require_member(session, campaign, actor)
    if payee.status == PayeeStatus.LAPSE:
        return
    if payee.status != PayeeStatus.PROPOSAL:
        raise DomainError("payee_proposal_over")
    _drop(session, payee, actor)
    if payee.submitted_by != actor.person_id:
        mails.payee_not_agreed(session, campaign=campaign, payee=payee)


def drop_open_proposal(session: Session, campaign: Campaign, actor: Actor) -> None:
    """Let what was proposed come to nothing, if there is something: there is another account."""
    payee = _open_proposal(session, campaign.id)
    if payee is not None:
        _drop(session, payee, actor)


def drop_proposal_of_leaver(session: Session, *, campaign_id: UUID) -> None:
    """Let a proposal come to nothing whose proposer does not run the campaign any more.

    When nobody is left, so does a payout that is not in a bank file yet.
    """
    campaign = locked_campaign(session, campaign_id)
    payee = _open_proposal(session, campaign_id)
    if payee is not None and not acts_for(session, campaign_id, payee.submitted_by):
        _drop(session, payee, SYSTEM)
    if campaign.orphaned_at is not None:
        withdraw_waiting_payouts(session, campaign_id, reason="campaign_orphaned", actor=SYSTEM)


def refuse_while_proposed(session: Session, campaign_id: UUID, actor: Actor) -> None:
    """Raise ``DomainError`` when another who runs the campaign proposed an account already."""
    payee = _open_proposal(session, campaign_id)
    if (
        payee is not None
        and payee.submitted_by != actor.person_id
        and acts_for(session, campaign_id, payee.submitted_by)
    ):
        raise DomainError("payee_proposed_already")


def _open_proposal(session: Session, campaign_id: UUID) -> Payee | None:
    statement = select(Payee).where(
        Payee.campaign_id == campaign_id, Payee.status == PayeeStatus.PROPOSAL
    )
    return session.scalar(statement.with_for_update().execution_options(populate_existing=True))


def _drop(session: Session, payee: Payee, actor: Actor) -> None:
    payee.status = PAYEE_TRANSITIONS.after(PayeeStatus(payee.status), "drop").value
    session.flush()
    audit.record(session, actor=actor, action=Action.PAYEE_DROPPED, subject=payee_subject(payee))
