"""What is known of the money of an application: computed, awarded, owed, and what may be kept."""

from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.interest.facts import facts_now
from voorjebuurt.decisions.interest.owed import owed_facts_now
from voorjebuurt.decisions.models import Decision, TermEvent
from voorjebuurt.decisions.proof.interest import InterestFacts
from voorjebuurt.decisions.proof.owed_interest import OwedInterestFacts
from voorjebuurt.decisions.proof.schema import ComputedAward
from voorjebuurt.decisions.rules.changes import ChangeTerms
from voorjebuurt.decisions.rules.kinds import AWARDS, BESIDE, DecisionKind, DecisionStatus, Sums
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.matching.models import Application, MatchStep
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.rules import OWED_MATCH, MatchStatus

_AWARDS_FIRST = (MatchStatus.OPEN, MatchStatus.AWARDED, MatchStatus.RELEASED)
_AWARDS = sorted(kind.value for kind in AWARDS)
_NOT_ENTITLING = sorted(kind.value for kind in BESIDE)


def interest_asked(
    session: Session, application_id: UUID, kind: DecisionKind, terms: ChangeTerms
) -> InterestFacts | OwedInterestFacts | None:
    """What the interest would be that the terms ask to lay down; None where they don't."""
    order = terms.interest
    if order is None:
        return None
    if kind is DecisionKind.INTEREST_OWED:
        return owed_facts_now(session, application_id, order)
    return facts_now(session, application_id, order)


def sums_of(
    session: Session,
    application: Application,
    computation: ComputedAward,
    *interests: InterestFacts | OwedInterestFacts | None,
) -> Sums:
    """The sums that a decision on this application is held against (eurocents).

    A live fund grants a maximum first, and when the campaign has succeeded its rule makes the
    amount of it: from then on that is what was awarded. What one kept before it had awarded, as
    they once did, is what can be granted, or all that gifts ever earned after an objection. After
    an objection to an award whose amount is owed that is what the rule makes of the gifts, whatever
    the old maximum was: the pot, with what may be set apart above it, bounds that elsewhere.
    """
    interest = next((each for each in interests if isinstance(each, InterestFacts)), None)
    debt = next((each for each in interests if isinstance(each, OwedInterestFacts)), None)
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
    award_cents = award_of(session, application.id)
    right_cents = decisions[0].amount_cents if decisions else 0
    if decisions and decisions[0].kind in _AWARDS:
        right_cents = award_cents
    return Sums(
        claim=computation.claim_cents,
        granted=_grantable_cents(session, match, computation),
        awarded=award_cents,
        entitled=right_cents,
        owed=match.match_cents if match.status in OWED_MATCH else 0,
        interest=interest.due_cents if interest else 0,
        interest_before=interest.before_cents if interest else 0,
        debt=debt.due_cents if debt else 0,
        debt_before=debt.before_cents if debt else 0,
    )


def award_of(session: Session, application_id: UUID) -> int:
    """What the award is now (eurocents, 0 without one): by the last award or change of it, or what
    a live fund's rule made of it when the campaign had succeeded.
    """
    match = session.get_one(CampaignMatch, application_id)
    if match.live and match.fixed_cents is not None:
        return match.fixed_cents
    statement = select(Decision.amount_cents).where(
        Decision.application_id == application_id,
        Decision.status == DecisionStatus.SENT,
        Decision.kind.in_(_AWARDS),
    )
    newest = statement.order_by(Decision.sent_at.desc(), Decision.id.desc()).limit(1)
    return session.scalar(newest) or 0


def _grantable_cents(session: Session, match: CampaignMatch, computation: ComputedAward) -> int:
    if not match.live or match.status in _AWARDS_FIRST:
        return computation.award_cents
    if match.status in OWED_MATCH and may_be_alone(session, match.application_id):
        return computation.claim_cents
    most = match.match_cents
    if may_be_alone(session, match.application_id):
        most = max(most, earnings_of(session, match.application_id))
    return min(most, computation.claim_cents)


def earnings_of(session: Session, application_id: UUID) -> int:
    """What gifts ever earned in a live fund, whatever was let go since (eurocents)."""
    earned_cents = select(func.coalesce(func.sum(MatchStep.match_cents), 0)).where(
        MatchStep.application_id == application_id
    )
    return int(session.scalar(earned_cents) or 0)


def may_be_alone(session: Session, application_id: UUID) -> bool:
    """Whether an application is decided on outside a round: reopened after an objection."""
    reopening = exists().where(
        TermEvent.application_id == application_id, TermEvent.kind == TermEventKind.REOPENED
    )
    return bool(session.scalar(select(reopening)))
