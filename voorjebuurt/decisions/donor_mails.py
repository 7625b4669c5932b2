"""What donors are mailed about decisions on match money: granted, let go, and accounted for.

They hear what the decision says and no more: what is granted can still become less.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import REFUNDING, WON
from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.rules.kinds import GRANTS, PLANS, DecisionKind
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.donor_news import tell_donors
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.queries import last_near_miss
from voorjebuurt.pledges.near_miss.rules import NearMissState
from voorjebuurt.pledges.rules import MatchStatus

_LONGEST_STORY = 1_500
"""Characters of an account's story that a mail quotes."""


def decision_made(
    session: Session,
    *,
    decision: Decision,
    campaign: Campaign,
    match: CampaignMatch,
    is_maximum: bool,
) -> None:
    """Tell donors what a decision that was carried out means for the campaign that they gave to.

    Where everybody gets the money back, they hear of that instead. That a fund gives nothing is
    told where donors could see that it had granted something, or kept it as live funds once did.
    ``is_maximum``: how much an award becomes follows from gifts.
    """
    kind = DecisionKind(decision.kind)
    if campaign.status in REFUNDING or kind in PLANS:
        return
    if kind in GRANTS:
        _granted(session, decision, campaign, match, is_maximum=is_maximum)
    elif kind is DecisionKind.AWARD_CHANGE:
        _lowered(session, decision, campaign, match, is_maximum=is_maximum)
    elif kind in (DecisionKind.DETERMINATION, DecisionKind.LOWER_DETERMINATION):
        _accounted(session, decision, campaign, match)
    elif match.status == MatchStatus.RELEASED and _was_shown(kind, match):
        _let_go(session, decision, campaign, match)


def _was_shown(kind: DecisionKind, match: CampaignMatch) -> bool:
    return (
        match.granted_at is not None or match.kept_before_award or kind is DecisionKind.WITHDRAWAL
    )


def _granted(
    session: Session,
    decision: Decision,
    campaign: Campaign,
    match: CampaignMatch,
    *,
    is_maximum: bool,
) -> None:
    tell_donors(
        session,
        campaign_id=campaign.id,
        template="match_granted_donor",
        fact=str(decision.id),
        fund=match.fund_name,
        award_cents=decision.amount_cents,
        is_maximum=is_maximum,
        won=campaign.status in WON,
    )


def _lowered(
    session: Session,
    decision: Decision,
    campaign: Campaign,
    match: CampaignMatch,
    *,
    is_maximum: bool,
) -> None:
    """Less is added; who gave to a success that loses its minimum is asked in a mail of its own."""
    tell_donors(
        session,
        campaign_id=campaign.id,
        template="match_lowered_donor",
        fact=str(decision.id),
        fund=match.fund_name,
        award_cents=decision.amount_cents,
        before_cents=decision.before_cents,
        decided_on=clock.noon(clock.today()).isoformat(),
        is_maximum=is_maximum,
        refundable=campaign.status not in WON and campaign.kind == "all_or_nothing",
        choosing=campaign.status == "succeeded" and campaign.kind == "all_or_nothing",
    )


def _let_go(session: Session, decision: Decision, campaign: Campaign, match: CampaignMatch) -> None:
    """While donors choose about a changed plan, they hear what it lacks now and that they can."""
    near_miss = last_near_miss(session, campaign.id)
    choose_by, missing_cents = "", 0
    if near_miss is not None and near_miss.state == NearMissState.ASKING:
        choose_by = clock.noon(clock.last_day(near_miss.ends_at)).isoformat()
        missing_cents = near_miss.missing_cents
    tell_donors(
        session,
        campaign_id=campaign.id,
        template="match_let_go_donor",
        fact=str(decision.id),
        fund=match.fund_name,
        decided_on=clock.noon(clock.today()).isoformat(),
        refundable=campaign.status not in WON and campaign.kind == "all_or_nothing",
        choose_by=choose_by,
        missing_cents=missing_cents,
    )


def _accounted(
    session: Session, decision: Decision, campaign: Campaign, match: CampaignMatch
) -> None:
    """Once for each application, also when the amount is determined anew after an objection."""
    newest = (
        select(Accounting)
        .where(Accounting.application_id == decision.application_id)
        .order_by(Accounting.at.desc())
    )
    account = session.scalars(newest.limit(1)).first()
    if account is None:
        return
    tell_donors(
        session,
        campaign_id=campaign.id,
        template="accounted_donor",
        fact=str(decision.application_id),
        fund=match.fund_name,
        spent_cents=account.spent_cents,
        final_cents=decision.amount_cents,
        body=_quote(account.story) if account.for_donors else "",
    )


def _quote(story: str) -> str:
    """The beginning of a story, cut between words."""
    if len(story) <= _LONGEST_STORY:
        return story
    return story[:_LONGEST_STORY].rsplit(maxsplit=1)[0] + " …"
