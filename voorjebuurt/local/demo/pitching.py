"""From a first draft to a campaign that is live, or as far as its story goes."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns import pitch, review
from voorjebuurt.campaigns import pitch_steps as steps
from voorjebuurt.campaigns.gallery.service import add_picture, set_video
from voorjebuurt.campaigns.members.acting import campaigns_with_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.needs.rules import NeedKind, NeedTerms
from voorjebuurt.campaigns.needs.service import add_need
from voorjebuurt.campaigns.queries import review_notes
from voorjebuurt.campaigns.rewards.rules import Delivery, RewardTerms
from voorjebuurt.campaigns.rewards.service import add_reward
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.local.demo.helping import offer_help
from voorjebuurt.local.demo.looking_along import show_funders
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.places import place_named
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import Story

_DAYS_OF_WRITING = 3


def campaign_of(session: Session, story: Story) -> Campaign | None:
    """The campaign that was made from a story, in whatever state."""
    author = initiator(session, story.initiator)
    if author.person_id is None:
        return None
    # Not by who signs: a campaign that was handed over is still of its story.
    theirs = campaigns_with_part(author.person_id)
    return session.scalar(
        select(Campaign).where(Campaign.id.in_(theirs), Campaign.title == story.title)
    )


def is_unwritten(campaign: Campaign | None) -> bool:
    """Whether its author has not come to the last step yet."""
    return campaign is None or not campaign.story


def pitch_campaign(stage: Stage, story: Story) -> UUID:
    """Write the pitch and take it through review; what was done before is left as it is."""
    campaign_id = _drafted(stage, story)
    status = _status(stage, campaign_id)
    if status is CampaignStatus.DRAFT and _unfinished(stage, campaign_id):
        _write(stage, story, campaign_id)
    if story.life.status is not CampaignStatus.DRAFT:
        if status is CampaignStatus.DRAFT:
            _hand_in(stage, story, campaign_id)
        if _status(stage, campaign_id) is CampaignStatus.SUBMITTED:
            _talk(stage, story, campaign_id)
            show_funders(stage, story, campaign_id)
            _decide(stage, story, campaign_id)
    return campaign_id


def _unfinished(stage: Stage, campaign_id: UUID) -> bool:
    with stage.runtime.database.reading() as session:
        return is_unwritten(session.get_one(Campaign, campaign_id))


def _status(stage: Stage, campaign_id: UUID) -> CampaignStatus:
    with stage.runtime.database.reading() as session:
        return CampaignStatus(session.get_one(Campaign, campaign_id).status)


def _drafted(stage: Stage, story: Story) -> UUID:
    idea = steps.Idea(story.title, story.summary, story.for_whom, story.theme, story.group_name)
    first_day = story.life.submitted
    if story.life.status is not CampaignStatus.DRAFT:
        first_day -= _DAYS_OF_WRITING
    with stage.scene(first_day, 20, 10) as session:
        campaign = campaign_of(session, story)
        if campaign is not None:
            return campaign.id
        author = initiator(session, story.initiator)
        municipality_id, _ = place_named(session, story.neighbourhood)
        return pitch.start_pitch(
            session,
            initiator_id=author.person_id or UUID(int=0),
            municipality_id=municipality_id,
            idea=idea,
            actor=author,
        ).id


def _write(stage: Stage, story: Story, campaign_id: UUID) -> None:
    picture_key = stage.album.key(story.picture)
    texts = steps.Story(
        story=story.story,
        worse_off=story.worse_off,
        leftovers=story.leftovers,
        needs=story.needs,
        picture_key=picture_key,
        picture_alt=story.picture_alt,
    )
    with stage.scene(story.life.submitted, 20, 40) as session:
        author = initiator(session, story.initiator)
        _, neighbourhood_id = place_named(session, story.neighbourhood)
        pitch.save_place(
            session,
            campaign_id=campaign_id,
            neighbourhood_id=neighbourhood_id,
            location=story.location,
            actor=author,
        )
        pitch.save_budget(
            session,
            campaign_id=campaign_id,
            budget=_budget(stage, story),
            bounds=stage.runtime.settings.campaigns,
            actor=author,
        )
        _promise(session, stage, story, campaign_id)
        pitch.save_story(session, campaign_id=campaign_id, story=texts, actor=author)
        for each in story.gallery:
            key = stage.album.key(each.picture) or ""
            add_picture(
                session, campaign_id=campaign_id, picture_key=key, alt=each.alt, actor=author
            )
        if story.episodes.video:
            set_video(
                session,
                campaign_id=campaign_id,
                url=story.episodes.video,
                title=story.episodes.video_title,
                bounds=stage.runtime.settings.campaigns,
                actor=author,
            )


def _promise(session: Session, stage: Stage, story: Story, campaign_id: UUID) -> None:
    for need in story.needs_in_kind:
        add_need(
            session,
            campaign_id=campaign_id,
            terms=NeedTerms(
                kind=NeedKind(need.kind),
                title=need.title,
                description=need.description,
                number=need.number,
                on_day=None if need.days is None else stage.today + timedelta(need.days),
            ),
            actor=initiator(session, story.initiator),
        )
    for reward in story.rewards:
        add_reward(
            session,
            campaign_id=campaign_id,
            terms=RewardTerms(
                title=reward.title,
                description=reward.description,
                min_cents=reward.euros * 100,
                stock=reward.stock,
                delivery=Delivery.PICKUP if reward.place else Delivery.POST,
                place=reward.place,
                deliver_by=stage.today + timedelta(reward.days),
            ),
            bounds=stage.runtime.settings.pledges,
            actor=initiator(session, story.initiator),
        )


def _budget(stage: Stage, story: Story) -> steps.Budget:
    return steps.Budget(
        lines=[steps.Line(label, cents) for label, cents in story.budget],
        goal_cents=story.goal_cents or None,
        minimum_cents=story.minimum_cents,
        kind=story.kind,
        deadline_on=stage.today + timedelta(story.life.first_deadline),
        may_extend=story.may_extend,
    )


def _hand_in(stage: Stage, story: Story, campaign_id: UUID) -> None:
    with stage.scene(story.life.submitted, 21, 3) as session:
        pitch.submit_pitch(
            session,
            campaign_id=campaign_id,
            bounds=stage.runtime.settings.campaigns,
            actor=initiator(session, story.initiator),
        )


def _talk(stage: Stage, story: Story, campaign_id: UUID) -> None:
    """What the coach asked and the initiator answered, once."""
    life, coach = story.life, stage.cast.coach(story.life.coach)
    with stage.runtime.database.reading() as session:
        kinds = {note.kind for note in review_notes(session, campaign_id)}
    if life.question and "question" not in kinds:
        with stage.scene(life.submitted + 1, 10, 15) as session:
            review.ask_question(session, campaign_id=campaign_id, body=life.question, actor=coach)
    if life.answer and "answer" not in kinds:
        with stage.scene(life.submitted + 2, 19, 40) as session:
            author = initiator(session, story.initiator)
            review.answer_question(session, campaign_id=campaign_id, body=life.answer, actor=author)


def _decide(stage: Stage, story: Story, campaign_id: UUID) -> None:
    life, coach = story.life, stage.cast.coach(story.life.coach)
    if life.goes_live:
        with stage.scene(life.opened, 9, 30) as session:
            review.open_campaign(
                session,
                campaign_id=campaign_id,
                bounds=stage.runtime.settings.campaigns,
                actor=coach,
                body=life.approval,
            )
        offer_help(stage, story, campaign_id)
    elif life.returned:
        with stage.scene(life.submitted + 2, 9, 30) as session:
            review.send_back(session, campaign_id=campaign_id, body=life.returned, actor=coach)
    elif life.rejected:
        with stage.scene(life.submitted + 3, 9, 30) as session:
            review.reject(session, campaign_id=campaign_id, body=life.rejected, actor=coach)
    elif life.withdrawn_days:
        with stage.scene(life.withdrawn_days, 9, 30) as session:
            author = initiator(session, story.initiator)
            pitch.withdraw_pitch(session, campaign_id=campaign_id, actor=author)
