"""What becomes of match money when its campaign is over.

A campaign that succeeded: what was awarded is owed now, in a live fund once all claims are dealt
with: the amount follows from the rule, and nobody decides about it again. One that failed or was
cancelled: everything is let go, and an award ends by itself, because its condition was not met.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import REFUNDING, WON
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.matching.applications.rows import locked_application, move_application
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.live.allocator import waiting_match_claims
from voorjebuurt.matching.live.fixed_amounts import amount_fixed
from voorjebuurt.matching.live.following import fit_to_plan
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.pots.service import commit_match, fix_match, release_match
from voorjebuurt.pledges.matches import match_claims_wait
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.holding_plans import holding_plan
from voorjebuurt.pledges.rules import PROMISED_MATCH, MatchStatus

_ENDS = frozenset({ApplicationStatus.AWARDED, ApplicationStatus.ACCOUNTED})
"""An award that ends when its condition was not met; also when a success that it was accounted for
was taken back.
"""
_is_promised = CampaignMatch.status.in_(sorted(PROMISED_MATCH))
_failures = or_(
    Application.status.in_(sorted(_ENDS)),
    # What was determined of a success that was taken back, and not made nothing since.
    and_(Application.status == ApplicationStatus.DETERMINED, _is_promised),
)
_grows = and_(CampaignMatch.live, CampaignMatch.status == MatchStatus.AWARDED)
_kept_before = and_(
    CampaignMatch.live, CampaignMatch.kept_before_award, CampaignMatch.status == MatchStatus.OPEN
)
_left_over = or_(
    and_(
        Campaign.status.in_(sorted(WON)),
        or_(_kept_before, CampaignMatch.status == MatchStatus.AWARDED),
    ),
    and_(
        Campaign.status.in_(sorted(REFUNDING)),
        or_(_is_promised, Application.status.in_(sorted(_ENDS))),
    ),
)


def campaigns_to_settle(session: Session) -> Sequence[UUID]:
    """Campaigns that are over, with a match that does not know it yet."""
    statement = (
        select(CampaignMatch.campaign_id)
        .join(Campaign, Campaign.id == CampaignMatch.campaign_id)
        .join(Application, Application.id == CampaignMatch.application_id)
        .where(_left_over)
        .distinct()
    )
    return session.scalars(statement).all()


def funds_to_finish(session: Session, campaign_id: UUID) -> Sequence[UUID]:
    """Live funds that may still have claims of this campaign to deal with."""
    statement = select(CampaignMatch.fund_id).where(
        CampaignMatch.campaign_id == campaign_id, _grows
    )
    return session.scalars(statement).all()


def settle_campaign(session: Session, *, campaign_id: UUID) -> bool:
    """Fix, commit or release the matches of a campaign that is over.

    Returns False when a live fund has claims left: deal with those, and call again.
    """
    campaign = locked_campaign(session, campaign_id)
    if campaign.status not in WON | REFUNDING:
        return True
    of_campaign = select(CampaignMatch).where(CampaignMatch.campaign_id == campaign_id)
    if campaign.status in REFUNDING:
        _expire_awards(session, campaign_id)
    elif holding_plan(session, campaign) is not None:
        # What is above the costs is known only when no gift has to be dealt with any more.
        if match_claims_wait(session, campaign_id):
            return False
        fit_to_plan(session, campaign=campaign, actor=SYSTEM)
    all_settled = True
    for match in session.scalars(of_campaign.order_by(CampaignMatch.application_id)).all():
        if campaign.status in REFUNDING:
            if match.status in PROMISED_MATCH:
                release_match(session, application_id=match.application_id, actor=SYSTEM)
        elif match.status == MatchStatus.AWARDED:
            all_settled = _commit(session, match) and all_settled
        elif match.kept_before_award and match.status == MatchStatus.OPEN:
            fix_match(session, application_id=match.application_id, actor=SYSTEM)
    return all_settled


def _expire_awards(session: Session, campaign_id: UUID) -> None:
    """End the awards of a campaign that did not succeed; a second time changes nothing."""
    statement = (
        select(Application.id)
        .join(CampaignMatch, CampaignMatch.application_id == Application.id)
        .where(Application.campaign_id == campaign_id, _failures)
    )
    for application_id in session.scalars(statement.order_by(Application.id)).all():
        _expire(session, application_id)


def _expire(session: Session, application_id: UUID) -> None:
    _, application = locked_application(session, application_id)
    if application.status in _ENDS | {ApplicationStatus.DETERMINED}:
        move_application(session, application=application, action="expire", actor=SYSTEM)


def _commit(session: Session, match: CampaignMatch) -> bool:
    """Owe what was awarded; a live award to which the rule gives nothing ends."""
    claims = waiting_match_claims(match.fund_id).where(
        CampaignMatch.application_id == match.application_id
    )
    if match.live and session.execute(claims.limit(1)).first() is not None:
        return False
    if match.match_cents:
        commit_match(session, application_id=match.application_id, actor=SYSTEM)
    else:
        _expire(session, match.application_id)
        release_match(session, application_id=match.application_id, actor=SYSTEM)
    if match.live:
        amount_fixed(session, application_id=match.application_id)
    return True
