"""What the rule of a live fund makes of the gifts that it has dealt with, whatever bounded it."""

from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.matching.facts.applications import case_now
from voorjebuurt.matching.facts.gifts import counted_gifts
from voorjebuurt.matching.models import Application
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.rulebook.live import Allocator


def earned_so_far(session: Session, application_id: UUID, *, goal_cents: int | None = None) -> int:
    """What the rule makes of the gifts that the allocator took and that still stand (eurocents).

    ``goal_cents`` is the goal of a plan that does not hold yet. Neither the pot nor an award's
    maximum bounds it; without such a gift it is nothing.
    """
    match = session.get_one(CampaignMatch, application_id)
    gifts = counted_gifts(session, match.campaign_id, up_to=match.mark_seq)
    if not gifts:
        return 0
    case = case_now(session, session.get_one(Application, application_id))
    case = case if goal_cents is None else case.with_goal(goal_cents)
    key = case.application.id
    engine = Allocator(case.rules, [case.application], {key: case.factor})
    engine.resume(key, dict(gifts.values()), reserved_cents=0)
    return engine.claim(key).cents
