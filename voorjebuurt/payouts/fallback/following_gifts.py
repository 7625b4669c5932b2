"""Match that was earned by a gift that went back after the success: lowered, or told to officers.

Before a payout was released the amount follows from the rule by itself, as it was awarded (Awb
4:31). After that, and where officers determined the amount, only a decision of theirs lowers it:
then it stands on their work list, until somebody dealt with it.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.alerts import AlertKind
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import WON, CampaignStatus
from voorjebuurt.matching.applications.states import ApplicationStatus
from voorjebuurt.matching.live.following import Due, amount_due, dues_of_success
from voorjebuurt.matching.models import Application
from voorjebuurt.payouts.shortfall.remainder import money_left, remainder_of
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH


def dues_before_payout(session: Session, campaign: Campaign) -> Sequence[Due]:
    """What live funds owe a success of which nothing was let go to be paid; none for another."""
    is_here = not money_left(session, campaign.id)
    if campaign.status != CampaignStatus.SUCCEEDED or not is_here:
        return []
    crowd_cents = remainder_of(session, campaign.id).crowd_cents
    return dues_of_success(session, campaign=campaign, crowd_cents=crowd_cents)


def tell_officers(session: Session, campaign: Campaign) -> None:
    """Put on the work list what only officers can lower: what was paid out, or is determined."""
    if campaign.status not in WON:
        return
    statement = (
        select(CampaignMatch, Application)
        .join(Application, Application.id == CampaignMatch.application_id)
        .where(
            CampaignMatch.campaign_id == campaign.id,
            CampaignMatch.live,
            CampaignMatch.status.in_(sorted(OWED_MATCH)),
        )
    )
    is_gone = campaign.status == CampaignStatus.PAID_OUT or money_left(session, campaign.id)
    for match, application in session.execute(statement.order_by(Application.number)).all():
        if is_gone or application.status == ApplicationStatus.DETERMINED:
            _tell(session, match, application)


def _tell(session: Session, match: CampaignMatch, application: Application) -> None:
    """Once for each amount that the rule comes to, when it is less than what the campaign has."""
    due_cents = amount_due(session, application.id)
    if due_cents >= match.net_cents:
        return
    audit.raise_alert(
        session,
        key=f"match_after_decision:{application.id}:{due_cents}",
        kind=AlertKind.MATCH_AFTER_DECISION,
        detail={
            "application": application.number,
            "campaign_id": str(match.campaign_id),
            "match_cents": match.net_cents,
            "claim_cents": due_cents,
        },
    )
