"""A payout on its way out of the house: proposed by one, released by another, withdrawn."""

from collections.abc import Collection, Mapping
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject, SubjectKind
from voorjebuurt.campaigns.lifecycle import locked_campaign, move_campaign
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.decisions.objections.court.annulments import fund_of_annulled_award
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, NotFoundError, refusal_of
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.queries import balance
from voorjebuurt.ledger.rules import payable
from voorjebuurt.payouts.amounts import payable_now
from voorjebuurt.payouts.checklist.queries import checklist_of
from voorjebuurt.payouts.models import Payee, Payout
from voorjebuurt.payouts.rules import (
    CURRENT_PAYEE,
    PAYOUT_TRANSITIONS,
    UNDER_WAY,
    PayeeStatus,
    PayoutStatus,
)
from voorjebuurt.payouts.shortfall.remainder import falls_short, match_above_plan
from voorjebuurt.payouts.validity import stands
from voorjebuurt.people.role_proposal_queries import gave_role_lately
from voorjebuurt.people.rules import ROLE_GIVER_DAYS, Role
from voorjebuurt.pledges.matches import matches_of
from voorjebuurt.pledges.rules import PROMISED_MATCH, MatchStatus


def propose_payout(session: Session, *, campaign_id: UUID, actor: Actor) -> UUID:
    """Propose to pay a campaign everything that is payable now; returns the payout's id.

    A campaign that was paid out and got more money since becomes ``succeeded`` again.
    Raises ``DomainError`` when there is nothing to pay, a payout is under way already, match that
    was promised is not there yet, or the payee is not verified or still cooling off;
    ``ForbiddenError`` for the campaign's initiator.
    """
    campaign = locked_campaign(session, campaign_id)
    payee = refuse_proposal(session, campaign, actor)
    amount_cents = payable_now(session, campaign_id)
    if amount_cents == 0:
        raise DomainError("nothing_payable")
    if campaign.status == CampaignStatus.PAID_OUT:
        move_campaign(session, campaign=campaign, action="reopen_payout", actor=actor)
    payout = _proposal(campaign, payee, amount_cents, actor)
    session.add(payout)
    session.flush()
    audit.record(
        session, actor=actor, action=Action.PAYOUT_PROPOSED, subject=payout_subject(payout)
    )
    return payout.id


def refuse_proposal(session: Session, campaign: Campaign, actor: Actor) -> Payee:
    """The payee, if a payout can be proposed now; locks and changes nothing.

    Raises ``DomainError`` as ``propose_payout`` does, but for the amount.
    """
    _refuse_initiator(session, campaign, actor)
    if campaign.status not in WON:
        raise DomainError("campaign_not_succeeded")
    if _under_way(session, campaign.id):
        raise DomainError("payout_under_way")
    _refuse_below_minimum(session, campaign)
    refuse_while_match_waits(session, campaign.id)
    return _ready_payee(session, campaign.id)


def obstacles_to_proposals(
    session: Session, campaign_ids: Collection[UUID], actor: Actor
) -> Mapping[UUID, DomainError]:
    """Why this actor can't propose to pay these campaigns now, where they can't."""
    obstacles = {}
    for campaign in session.scalars(select(Campaign).where(Campaign.id.in_(campaign_ids))):
        obstacle = refusal_of(partial(refuse_proposal, session, campaign, actor))
        if obstacle is not None:
            obstacles[campaign.id] = obstacle
    return obstacles


def refuse_release(session: Session, payout: Payout, actor: Actor) -> None:
    """Raises as ``release_payout`` does; locks and changes nothing."""
    campaign = session.get_one(Campaign, payout.campaign_id)
    PAYOUT_TRANSITIONS.after(PayoutStatus(payout.status), "release")
    if actor.person_id == payout.proposed_by:
        raise ForbiddenError("own_proposal")
    _refuse_dependent(session, payout, actor)
    _refuse_initiator(session, campaign, actor)
    _refuse_below_minimum(session, campaign)
    refuse_while_match_waits(session, campaign.id)
    if _ready_payee(session, campaign.id).id != payout.payee_id:
        raise DomainError("payee_changed_since")
    _refuse_unchecked(session, payout.payee_id)
    if payable_now(session, campaign.id) < payout.amount_cents:
        raise DomainError("payable_changed_since", title=campaign.title)


def obstacle_to_release(session: Session, payout_id: UUID, actor: Actor) -> DomainError | None:
    """Why this actor can't release a payout now; None when they can."""
    payout = session.get_one(Payout, payout_id)
    return refusal_of(lambda: refuse_release(session, payout, actor))


def release_payout(session: Session, *, payout_id: UUID, actor: Actor) -> None:
    """Approve a proposal, as a second person.

    Raises ``ForbiddenError`` for who proposed it, for who got their role lately from who did, and
    for the campaign's initiator;
    ``DomainError`` when the payee or the money is no longer what was proposed, or the list of
    what is looked at is not done.
    """
    campaign, payout = locked_payout(session, payout_id)
    # Held until the commit, so that what is compared below stays so.
    payable_now(session, campaign.id)
    refuse_release(session, payout, actor)
    payout.status = PAYOUT_TRANSITIONS.after(PayoutStatus(payout.status), "release").value
    payout.released_at, payout.released_by = clock.now(), actor.person_id
    audit.record(
        session, actor=actor, action=Action.PAYOUT_RELEASED, subject=payout_subject(payout)
    )


def cancel_payout(session: Session, *, payout_id: UUID, reason: str, actor: Actor) -> None:
    """Withdraw a payout that is not in a bank file yet (``reason`` at the field ``reason``)."""
    _, payout = locked_payout(session, payout_id)
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    withdraw_payout(session, payout=payout, reason=reason.strip(), actor=actor)


def withdraw_payout(session: Session, *, payout: Payout, reason: str, actor: Actor) -> None:
    """Cancel a payout whose row, and whose campaign's row, the caller holds."""
    payout.status = PAYOUT_TRANSITIONS.after(PayoutStatus(payout.status), "cancel").value
    payout.cancelled_at, payout.cancelled_by = clock.now(), actor.person_id
    payout.remark = reason
    audit.record(
        session,
        actor=actor,
        action=Action.PAYOUT_CANCELLED,
        subject=payout_subject(payout),
        reason=reason,
    )


def locked_payout(session: Session, payout_id: UUID) -> tuple[Campaign, Payout]:
    """The payout and its campaign, held until the commit, the campaign first.

    Raises ``NotFoundError``.
    """
    campaign_id = session.scalar(select(Payout.campaign_id).where(Payout.id == payout_id))
    if campaign_id is None:
        raise NotFoundError("payout_not_found")
    campaign = locked_campaign(session, campaign_id)
    payout = session.get_one(Payout, payout_id, with_for_update=True, populate_existing=True)
    return campaign, payout


def payout_subject(payout: Payout) -> Subject:
    """The payout, for the trail of its campaign."""
    return Subject(
        SubjectKind.CAMPAIGN,
        payout.campaign_id,
        payout.municipality_id,
        {"payout": str(payout.id), "amount_cents": payout.amount_cents},
    )


def refuse_while_match_waits(session: Session, campaign_id: UUID) -> None:
    """Raise ``DomainError`` while match money that was promised is not decided or not there.

    Nor while match is above what a smaller plan costs; nor is anything paid on an award that a
    court annulled, before there is a new decision.
    The initiator is paid once, everything together. What a live fund did not award before the
    campaign ended can't be awarded any more, and holds nothing up.
    """
    for match in matches_of(session, campaign_id):
        if match.live and match.status == MatchStatus.OPEN and not match.match_cents:
            continue
        if match.status in PROMISED_MATCH:
            raise DomainError("match_undecided", fund=match.fund_name)
        if match.status == MatchStatus.COMMITTED and not match.prepaid:
            raise DomainError("match_not_received", fund=match.fund_name)
    above_cents = match_above_plan(session, session.get_one(Campaign, campaign_id))
    if above_cents:
        raise DomainError("match_above_plan", above_cents=above_cents)
    fund = fund_of_annulled_award(session, campaign_id)
    if fund is not None:
        raise DomainError("award_annulled", fund=fund)


def _refuse_below_minimum(session: Session, campaign: Campaign) -> None:
    """A success that lost its minimum becomes a near miss in a moment: nothing of it leaves."""
    if balance(session, payable(campaign.id)) and falls_short(session, campaign):
        raise DomainError("campaign_fell_short")


def _proposal(campaign: Campaign, payee: Payee, amount_cents: int, actor: Actor) -> Payout:
    payout_id = new_id()
    return Payout(
        id=payout_id,
        campaign_id=campaign.id,
        municipality_id=campaign.municipality_id,
        payee_id=payee.id,
        amount_cents=amount_cents,
        status=PayoutStatus.PROPOSED.value,
        # 32 characters; a bank file allows 35.
        end_to_end_id=payout_id.hex.upper(),
        proposed_at=clock.now(),
        proposed_by=actor.person_id,
    )


def _under_way(session: Session, campaign_id: UUID) -> bool:
    statement = select(Payout.id).where(
        Payout.campaign_id == campaign_id, Payout.status.in_(UNDER_WAY)
    )
    return session.scalar(statement) is not None


def _ready_payee(session: Session, campaign_id: UUID) -> Payee:
    """The campaign's verified payee, past its cooling-off, of who runs it now."""
    if session.get_one(Campaign, campaign_id).orphaned_at is not None:
        raise DomainError("campaign_orphaned")
    payee = session.scalar(
        select(Payee).where(Payee.campaign_id == campaign_id, Payee.status.in_(CURRENT_PAYEE))
    )
    if payee is None:
        raise DomainError("payee_missing")
    if not stands(session, payee):
        raise DomainError("payee_to_confirm")
    if payee.status != PayeeStatus.VERIFIED:
        raise DomainError("payee_not_verified")
    if clock.now() < payee.payable_from:
        raise DomainError("payee_cooling_off", until=payee.payable_from)
    return payee


def _refuse_unchecked(session: Session, payee_id: UUID) -> None:
    """The database refuses it as well; here it is said what is missing."""
    checklist = checklist_of(session, payee_id)
    if checklist.is_checked:
        return
    if checklist.unfit:
        raise DomainError("payee_check_unfit")
    raise DomainError("payee_check_missing", done=checklist.done, total=checklist.total)


def _refuse_dependent(session: Session, payout: Payout, actor: Actor) -> None:
    if actor.person_id is not None and gave_role_lately(
        session, giver_id=payout.proposed_by, holder_id=actor.person_id, role=Role.STAFF
    ):
        raise ForbiddenError("role_from_proposer", days=ROLE_GIVER_DAYS)


def _refuse_initiator(session: Session, campaign: Campaign, actor: Actor) -> None:
    if has_part(session, campaign.id, actor.person_id):
        raise ForbiddenError("own_campaign")
