"""What people tell each other while a campaign runs: updates, questions with answers, followers."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.follow import service as follow
from voorjebuurt.campaigns.follow.queries import follows, follows_of
from voorjebuurt.campaigns.follow.things import Thing
from voorjebuurt.campaigns.questions import service as questions
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.campaigns.updates import service as updates
from voorjebuurt.campaigns.updates.models import CampaignUpdate
from voorjebuurt.campaigns.updates.texts import Audience, UpdateText
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.running import running
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import QuestionStory, Story, UpdateStory, email_of
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.mail.secret_links import secret_context


def telling(
    stage: Stage, story: Story, campaign_id: UUID
) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is told of a campaign, each at its moment; what was done before is left as it is."""
    life = story.life
    if life.followers:
        things = (Thing(campaign_id=campaign_id), Thing(theme=story.theme.value))
        # An address gets few mails in an hour that ask whether it asked.
        for hour, thing in zip((12, 14), things, strict=True):
            moment = stage.moment(life.opened + 1, hour, 0)
            yield moment, partial(_follow, stage, story, thing, hour)
    for update in life.updates:
        moment = stage.moment(update.day, 19, 15)
        yield moment, partial(_publish, stage, story, campaign_id, update)
    yield from running(stage, story, campaign_id)
    for question in life.questions:
        moment = stage.moment(question.day, 13, 40)
        yield moment, partial(_ask, stage, campaign_id, question)
        if question.answer:
            moment = stage.moment(question.answer_day, 20, 5)
            yield moment, partial(_answer, stage, story, question)


def _follow(stage: Stage, story: Story, thing: Thing, hour: int) -> None:
    with stage.scene(story.life.opened + 1, hour, 0) as session:
        for email in map(email_of, story.life.followers):
            if not follows(session, email, thing):
                follow.ask_to_follow(session, thing=thing, email=email, locale="nl")
            for row in follows_of(session, email):
                follow.confirm_follow(session, email=email, follow_id=row.id)


def _publish(stage: Stage, story: Story, campaign_id: UUID, update: UpdateStory) -> None:
    with stage.scene(update.day, 19, 15) as session:
        is_there = select(CampaignUpdate.id).where(
            CampaignUpdate.campaign_id == campaign_id, CampaignUpdate.title == update.title
        )
        if session.scalar(is_there) is not None:
            return
        actor = initiator(session, story.initiator)
        audience = Audience.DONORS if update.for_donors else Audience.EVERYBODY
        text = UpdateText(update.title, update.body, audience)
        update_id = updates.begin_update(session, campaign_id=campaign_id, text=text, actor=actor)
        updates.publish_update(session, campaign_id=campaign_id, update_id=update_id, actor=actor)


def _ask(stage: Stage, campaign_id: UUID, question: QuestionStory) -> None:
    with stage.scene(question.day, 13, 40) as session:
        if _question_id(session, question) is not None:
            return
        words = questions.Asking(
            text=question.text, name=question.name, email=email_of(question.asker), locale="nl"
        )
        questions.ask(session, campaign_id=campaign_id, asking_words=words)
    with stage.scene(question.day, 13, 55) as session:
        questions.confirm(session, token=_token(stage, session, question))


def _token(stage: Stage, session: Session, question: QuestionStory) -> str:
    """The secret of the link that was mailed, made again."""
    key = f"{questions.CONFIRM_TEMPLATE}:{_question_id(session, question)}"
    mail = session.scalars(select(MailMessage).where(MailMessage.key == key)).one()
    link = secret_context(session, stage.runtime.settings.secret_key, mail)
    return str(link["path"]).rpartition("/")[2]


def _answer(stage: Stage, story: Story, question: QuestionStory) -> None:
    with stage.scene(question.answer_day, 20, 5) as session:
        question_id = _question_id(session, question)
        is_open = session.scalar(
            select(CampaignQuestion.answered_at.is_(None)).where(CampaignQuestion.id == question_id)
        )
        if question_id is not None and is_open:
            questions.answer(
                session,
                question_id=question_id,
                text=question.answer,
                actor=initiator(session, story.initiator),
            )


def _question_id(session: Session, question: QuestionStory) -> UUID | None:
    return session.scalar(select(CampaignQuestion.id).where(CampaignQuestion.text == question.text))
