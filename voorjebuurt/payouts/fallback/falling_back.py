"""Taking a success back: the donors choose, as in every near miss.

Match that was withdrawn or lowered, or a gift that the bank took, can bring a campaign below its
minimum after its success. As long as nothing was paid out, its money is held again, match is only
promised again, and what was proposed is taken back. Once a payout was released, staff decide.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.lifecycle import locked_campaign, move_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignKind, CampaignStatus, reaches_minimum
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.ledger.keys import fell_back_key
from voorjebuurt.ledger.kinds import BookingKind
from voorjebuurt.ledger.queries import campaign_net, guarded_balance
from voorjebuurt.ledger.rules import TIPS, credit, debit, held, payable, tips_deferred
from voorjebuurt.ledger.service import post
from voorjebuurt.matching.live.following import follow_success, release_surplus
from voorjebuurt.matching.pots.clawback_deposits import offset_by_return
from voorjebuurt.matching.pots.reversal import promise_again
from voorjebuurt.payouts.fallback.following_gifts import dues_before_payout, tell_officers
from voorjebuurt.payouts.models import Payout
from voorjebuurt.payouts.proposals import withdraw_payout
from voorjebuurt.payouts.rules import PayoutStatus
from voorjebuurt.payouts.shortfall.remainder import falls_short, money_left, remainder_of
from voorjebuurt.pledges.closing import raised
from voorjebuurt.pledges.matches import live_match_cents
from voorjebuurt.pledges.near_miss.beginning import begin_near_miss
from voorjebuurt.pledges.near_miss.rules import NearMissCause
from voorjebuurt.settings import NearMissSettings

_WITHDRAWN = "The campaign fell below its minimum."
"""What is noted with a payout that was proposed."""


def fall_back(
    session: Session, *, campaign_id: UUID, cause: NearMissCause, terms: NearMissSettings
) -> bool:
    """Begin a near miss if the campaign lost its minimum after its success; whether it did.

    What live funds owe it is computed again first: a gift that went back earns no match.
    """
    campaign = locked_campaign(session, campaign_id)
    tell_officers(session, campaign)
    if _must_be_looked_at(session, campaign):
        _alert(session, campaign)
        return False
    _pay_claims(session, campaign)
    dues = dues_before_payout(session, campaign)
    if not falls_short(session, campaign, match_change=sum(due.change_cents for due in dues)):
        follow_success(session, dues=dues, actor=SYSTEM)
        return False
    crowd_cents, near_miss_id = remainder_of(session, campaign_id).crowd_cents, new_id()
    _withdraw_proposals(session, campaign_id)
    move_campaign(session, campaign=campaign, action="fall_back", actor=SYSTEM)
    promise_again(session, campaign_id=campaign_id, near_miss_id=near_miss_id, actor=SYSTEM)
    release_surplus(session, campaign_id=campaign_id, actor=SYSTEM)
    _hold_again(session, campaign, near_miss_id)
    # Only now is it known what match the rule still gives.
    begin_near_miss(
        session,
        campaign=campaign,
        cause=cause,
        crowd_cents=crowd_cents,
        match_cents=live_match_cents(session, campaign_id),
        terms=terms,
        near_miss_id=near_miss_id,
    )
    return True


def _pay_claims(session: Session, campaign: Campaign) -> None:
    """What is claimed of match that came back before that was done at once is no gift."""
    if campaign.status == CampaignStatus.SUCCEEDED and not money_left(session, campaign.id):
        offset_by_return(session, campaign_id=campaign.id, source_id=new_id(), actor=SYSTEM)


def _must_be_looked_at(session: Session, campaign: Campaign) -> bool:
    """Whether money is on its way out of a campaign that lost its minimum."""
    is_won = campaign.status == CampaignStatus.SUCCEEDED
    if not is_won or not money_left(session, campaign.id):
        return False
    return not reaches_minimum(
        CampaignKind(campaign.kind),
        crowd_cents=raised(session, campaign.id),
        match_cents=live_match_cents(session, campaign.id),
        minimum_cents=campaign.minimum_cents or 0,
    )


def _alert(session: Session, campaign: Campaign) -> None:
    audit.raise_alert(
        session,
        key=f"fell_short:{campaign.id}",
        kind=AlertKind.CAMPAIGN_FELL_SHORT,
        detail={"campaign_id": str(campaign.id)},
    )


def _withdraw_proposals(session: Session, campaign_id: UUID) -> None:
    statement = (
        select(Payout)
        .where(Payout.campaign_id == campaign_id, Payout.status == PayoutStatus.PROPOSED)
        .order_by(Payout.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for payout in session.scalars(statement).all():
        withdraw_payout(session, payout=payout, reason=_WITHDRAWN, actor=SYSTEM)


def _hold_again(session: Session, campaign: Campaign, near_miss_id: UUID) -> None:
    """Book back what the success released: gifts are held, tips are no income yet."""
    cents = guarded_balance(session, payable(campaign.id))
    tip_cents = -campaign_net(session, TIPS, campaign.id)
    if not cents and not tip_cents:
        return
    post(
        session,
        kind=BookingKind.CAMPAIGN_FELL_BACK,
        key=fell_back_key(campaign.id, near_miss_id),
        entries=[
            debit(payable(campaign.id), cents),
            credit(held(campaign.id), cents),
            debit(TIPS, tip_cents),
            credit(tips_deferred(campaign.id), tip_cents),
        ],
        campaign_id=campaign.id,
    )
