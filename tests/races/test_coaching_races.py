"""A coach and an initiator do something with the words of a plan at the same moment."""

from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once
from tests.support.deeds_at_once import Alone, Build, no_deadlock
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.members import signer_of
from voorjebuurt.campaigns.coaching.models import CoachEdit
from voorjebuurt.campaigns.coaching.queries import open_edits
from voorjebuurt.campaigns.coaching.rules import EDIT_PARTS
from voorjebuurt.campaigns.coaching.service import answer_edit, edit_words
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.review import open_campaign
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.settings import Settings

OWN, BETTER = "Een moestuin voor de straat.", "Een moestuin voor iedereen."


def scene_of(session: Session) -> tuple[UUID, UUID, dict[str, str], Actor, Actor]:
    campaign = CampaignFactory(status="submitted", summary=OWN)
    coach = PersonFactory()
    session.flush()
    actor = actor_of(coach, "coach")
    words = {part: str(getattr(campaign, part)) for part in EDIT_PARTS} | {"summary": BETTER}
    edit_words(session, campaign_id=campaign.id, words=words, actor=actor)
    edit = session.scalars(select(CoachEdit)).one()
    return campaign.id, edit.id, words, actor, signer_of(campaign)


def test_of_two_answers_at_once_one_counts_and_the_plan_says_so(
    fresh_database: Database, build: Build, alone: Alone
) -> None:
    campaign_id, edit_id, _words, _coach, initiator = build(scene_of)
    answer = partial(answer_edit, campaign_id=campaign_id, edit_id=edit_id, actor=initiator)
    results = at_once(
        *[alone(partial(answer, is_kept=is_kept)) for is_kept in (True, False, True, False)]
    )
    no_deadlock(results)
    assert {r.code for r in results if isinstance(r, DomainError)} == {"edit_answered"}
    with fresh_database.reading() as session:
        outcome = session.get_one(CoachEdit, edit_id).answer
        summary = session.get_one(Campaign, campaign_id).summary
    assert (outcome, summary) in {("acceptance", BETTER), ("restoration", OWN)}


def test_a_coach_who_writes_while_another_approves_never_has_unseen_words_live(
    fresh_database: Database, build: Build, alone: Alone, settings: Settings
) -> None:
    campaign_id, edit_id, words, coach, initiator = build(scene_of)
    build(
        lambda session: answer_edit(
            session, campaign_id=campaign_id, edit_id=edit_id, is_kept=True, actor=initiator
        )
    )
    other = {**words, "needs": "Ook scheppen."}
    results = at_once(
        alone(partial(edit_words, campaign_id=campaign_id, words=other, actor=coach)),
        alone(
            partial(open_campaign, campaign_id=campaign_id, bounds=settings.campaigns, actor=coach)
        ),
    )
    no_deadlock(results)
    codes = [result.code for result in results if isinstance(result, DomainError)]
    assert codes in (["edits_wait"], ["not_in_review"])
    with fresh_database.reading() as session:
        is_live = session.get_one(Campaign, campaign_id).status == "live"
        assert is_live != bool(open_edits(session, campaign_id))
