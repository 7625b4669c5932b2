"""Money of deposits that does not count goes back to the account it came from, by two people.

Never to another account: so nobody can send cash of strangers through the platform.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError
from voorjebuurt.ledger.keys import cash_return_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import guarded_balance
from voorjebuurt.ledger.rules import BANK, cash_received, credit, debit
from voorjebuurt.ledger.service import post
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role
from voorjebuurt.pledges.tins.models import CashReturn
from voorjebuurt.pledges.tins.rows import note, returnable_cents
from voorjebuurt.pledges.tins.rules import RETURN_TRANSITIONS, ReturnState


def propose_cash_return(session: Session, *, campaign_id: UUID, actor: Actor) -> UUID:
    """Propose to transfer back all that does not count; returns the return's id.

    Raises ``DomainError`` where there is nothing, or one is proposed already.
    """
    campaign = locked_campaign(session, campaign_id)
    _refuse_part(session, campaign, actor)
    proposals = select(CashReturn.id).where(
        CashReturn.campaign_id == campaign_id, CashReturn.state == ReturnState.PROPOSAL.value
    )
    if session.scalar(proposals) is not None:
        raise DomainError("payout_under_way")
    cents = returnable_cents(session, campaign)
    if cents <= 0:
        raise DomainError("nothing_payable")
    back = CashReturn(
        campaign_id=campaign_id,
        amount_cents=cents,
        state=ReturnState.PROPOSAL.value,
        proposed_at=clock.now(),
        proposed_by=actor.person_id,
    )
    session.add(back)
    note(session, campaign, Action.CAMPAIGN_CASH_RETURN_PROPOSED, actor, cents=cents)
    return back.id


def release_cash_return(session: Session, *, return_id: UUID, sent_on: date, actor: Actor) -> None:
    """Book, as the second person, that it was transferred on this day by the bank statement.

    Raises ``ForbiddenError`` for who proposed it and who got their role lately from them;
    ``DomainError`` at ``sent_on``, or when another amount is to go back by now.
    """
    campaign, back = _locked(session, return_id)
    after = RETURN_TRANSITIONS.after(ReturnState(back.state), "release")
    _refuse_part(session, campaign, actor)
    if actor.person_id is None or actor.person_id == back.proposed_by:
        raise ForbiddenError("own_proposal")
    first = back.proposed_by
    if gave_role_lately(session, giver_id=first, holder_id=actor.person_id, role=Role.STAFF):
        raise ForbiddenError("role_from_proposer", days=ROLE_GIVER_DAYS)
    if sent_on > clock.today():
        raise DomainError("executed_in_future", field="sent_on")
    if sent_on < clock.local(back.proposed_at).date():
        raise DomainError("cash_sent_before_proposal", field="sent_on")
    guarded_balance(session, cash_received(campaign.id))
    if returnable_cents(session, campaign) < back.amount_cents:
        raise DomainError("payable_changed_since", title=campaign.title)
    back.state, back.released_at = after.value, clock.now()
    back.released_by, back.sent_on = actor.person_id, sent_on
    session.flush()
    post(
        session,
        kind=BookingKind.CASH_RETURNED,
        key=cash_return_key(back.id),
        entries=[
            debit(cash_received(campaign.id), back.amount_cents),
            credit(BANK, back.amount_cents),
        ],
        campaign_id=campaign.id,
    )
    cents = back.amount_cents
    note(session, campaign, Action.CAMPAIGN_CASH_RETURN_RELEASED, actor, cents=cents)


def drop_cash_return(session: Session, *, return_id: UUID, actor: Actor) -> None:
    """Take a proposal back: nothing was transferred."""
    campaign, back = _locked(session, return_id)
    back.state = RETURN_TRANSITIONS.after(ReturnState(back.state), "void").value
    cents = back.amount_cents
    note(session, campaign, Action.CAMPAIGN_CASH_RETURN_DROPPED, actor, cents=cents)


def _locked(session: Session, return_id: UUID) -> tuple[Campaign, CashReturn]:
    campaign_id = session.scalar(select(CashReturn.campaign_id).where(CashReturn.id == return_id))
    if campaign_id is None:
        raise NotFoundError("payout_not_found")
    campaign = locked_campaign(session, campaign_id)
    back = session.get_one(CashReturn, return_id, with_for_update=True, populate_existing=True)
    return campaign, back


def _refuse_part(session: Session, campaign: Campaign, actor: Actor) -> None:
    if has_part(session, campaign.id, actor.person_id):
        raise ForbiddenError("own_campaign")
