"""What a live fund's rule came to when the campaign had succeeded: told with its arithmetic."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.matching.applications.mails import to_applicant
from voorjebuurt.matching.facts.applications import live_case
from voorjebuurt.matching.facts.gifts import counted_gifts
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.pledges.near_miss.holding_plans import holding_plan
from voorjebuurt.rulebook.explanation.reasons import Case, reasons
from voorjebuurt.rulebook.live import Allocator
from voorjebuurt.rulebook.texts.wording import say


def amount_fixed(session: Session, *, application_id: UUID, again: bool = False) -> None:
    """Tell the applicant what the award came to, step by step, and what it was at most.

    Called with the campaign and the match held, when nothing waits to be matched any more; again
    when a success was taken back and the campaign succeeded a second time, and when it was computed
    ``again`` because of a gift that went back.
    """
    application = session.get_one(Application, application_id)
    match = session.get_one(CampaignMatch, application_id)
    applicant = session.get_one(Person, application.applicant_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    plan = holding_plan(session, campaign)
    key = f"match_amount_fixed:{application_id}:{match.granted_at}:{match.committed_at}"
    to_applicant(
        session,
        application,
        key=f"{key}:{match.match_cents}" if again else key,
        template="match_amount_fixed",
        fund=session.get_one(Fund, application.fund_id).name,
        title=campaign.title,
        amount_cents=match.match_cents,
        plan_cents=None if plan is None else plan.budget_cents,
        again=again,
        maximum_cents=match.maximum_cents,
        steps=_steps(session, application, match, applicant.locale),
    )


def _steps(
    session: Session, application: Application, match: CampaignMatch, locale: str
) -> list[str]:
    case = live_case(session, application)
    key = case.application.id
    allocator = Allocator(case.rules, [case.application], {key: case.factor})
    gifts = counted_gifts(session, application.campaign_id, up_to=match.mark_seq)
    allocator.resume(key, dict(gifts.values()), reserved_cents=match.match_cents)
    outcome = Case(
        case.application,
        allocator.tally(key).measures,
        case.factor,
        allocator.claim(key),
        match.match_cents,
    )
    return [say(phrase, locale) for phrase in reasons(case.rules, outcome, None, 0)]
