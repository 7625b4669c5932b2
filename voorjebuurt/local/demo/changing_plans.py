"""A campaign of the demo that nearly made it: its plan changes, and some donors have chosen."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story
from voorjebuurt.matching.live.changed_plans import approve_plan, send_plan
from voorjebuurt.pledges.choices.answering import answer_gift
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.near_miss.asked_gifts import asked_gifts
from voorjebuurt.pledges.near_miss.models import NearMiss
from voorjebuurt.pledges.near_miss.rules import Answer, NearMissState, Plan

ANSWERED_AFTER = 4
"""Days from the end of the campaign to the first choices of its donors."""


def change_plan(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """Send the plan two days after the end, approve it, and let donors answer a day later.

    Where the load broke off before, what is done stands.
    """
    life = story.life
    if _is_at(stage, campaign_id, NearMissState.PLANNING):
        with stage.scene(life.ends + 2, 20, 15) as session:
            initiator = session.get_one(Campaign, campaign_id).initiator_id
            plan = Plan(life.plan_budget, life.plan, asks_rest=False)
            actor = Actor("person", initiator)
            send_plan(session, campaign_id=campaign_id, plan=plan, actor=actor)
    if _is_at(stage, campaign_id, NearMissState.REVIEW):
        with stage.scene(life.ends + 3, 10, 40) as session:
            coach = stage.cast.coach(life.coach)
            approve_plan(session, campaign_id=campaign_id, note="Goed bedacht.", actor=coach)
    with stage.scene(life.ends + ANSWERED_AFTER, 14, 5) as session:
        _answer(session, story, campaign_id)


def _answer(session: Session, story: Story, campaign_id: UUID) -> None:
    """The first donors keep their gifts, and after them some take theirs back."""
    near_miss = session.scalars(
        select(NearMiss).where(
            NearMiss.campaign_id == campaign_id, NearMiss.state == NearMissState.ASKING
        )
    ).one()
    life = story.life
    all_gifts = asked_gifts(session, near_miss)
    silent = set(asked_gifts(session, near_miss, silent=True))
    if len(all_gifts) < life.donors or len(silent) < life.donors:
        return  # They answered in a load that broke off.
    for number, pledge_id in enumerate(all_gifts[: life.kept + life.taken_back]):
        answer = Answer.KEEP if number < life.kept else Answer.BACK
        token = session.get_one(Pledge, pledge_id).token
        answer_gift(session, token=token, answer=answer, actor=GUEST)


def _is_at(stage: Stage, campaign_id: UUID, state: NearMissState) -> bool:
    with stage.runtime.database.reading() as session:
        statement = select(NearMiss.state).where(NearMiss.campaign_id == campaign_id)
        return session.scalars(statement).first() == state
