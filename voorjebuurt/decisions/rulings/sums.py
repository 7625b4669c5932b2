"""What is known of the money of an application: computed, awarded, owed, and what may be kept."""

from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision, TermEvent
from voorjebuurt.decisions.proof.schema import ComputedAward
from voorjebuurt.decisions.rules.kinds import GRANTS, DecisionKind, DecisionStatus, Sums
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.matching.models import Application, MatchStep
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH

_NOT_ENTITLING = {DecisionKind.CLAWBACK.value}


def sums_of(session: Session, application: Application, computation: ComputedAward) -> Sums:
    """The sums that a decision on this application is held against (eurocents).

    In a live fund what was set apart gift by gift is what can be granted: less than the claim when
    the pot ran out, and never more than it, when a gift went back while a decision was proposed.
    After an objection all that gifts ever earned can be granted, as far as there is money: what was
    let go by the first decision too.
    """
    match = session.get_one(CampaignMatch, application.id)
    decisions = session.execute(
        select(Decision.kind, Decision.amount_cents)
        .where(
            Decision.application_id == application.id,
            Decision.status == DecisionStatus.SENT,
            Decision.kind.not_in(_NOT_ENTITLING),
        )
        .order_by(Decision.sent_at.desc(), Decision.id.desc())
    ).all()
    awards = [row.amount_cents for row in decisions if row.kind in {kind.value for kind in GRANTS}]
    return Sums(
        claim=computation.claim_cents,
        granted=_grantable_cents(session, match, computation),
        awarded=awards[0] if awards else 0,
        entitled=decisions[0].amount_cents if decisions else 0,
        owed=match.match_cents if match.status in OWED_MATCH else 0,
    )


def _grantable_cents(session: Session, match: CampaignMatch, computation: ComputedAward) -> int:
    if not match.live:
        return computation.award_cents
    most = match.match_cents
    if may_be_alone(session, match.application_id):
        earned_cents = select(func.coalesce(func.sum(MatchStep.match_cents), 0)).where(
            MatchStep.application_id == match.application_id
        )
        most = max(most, int(session.scalar(earned_cents) or 0))
    return min(most, computation.claim_cents)


def may_be_alone(session: Session, application_id: UUID) -> bool:
    """Whether an application is decided on outside a round: reopened after an objection."""
    reopening = exists().where(
        TermEvent.application_id == application_id, TermEvent.kind == TermEventKind.REOPENED
    )
    return bool(session.scalar(select(reopening)))
