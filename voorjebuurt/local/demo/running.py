"""What initiators do about a campaign that runs: members, thanks, corrections, a later last day."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.corrections import PlanWords, correct_own_page
from voorjebuurt.campaigns.members.acting import acts_for, is_signer
from voorjebuurt.campaigns.members.models import CampaignInvitation, CampaignMember
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.together import service as together
from voorjebuurt.campaigns.together.invitations import accept_invitation, invite
from voorjebuurt.local.demo.cash_tins import collecting
from voorjebuurt.local.demo.episode_stories import HandoverStory
from voorjebuurt.local.demo.looking_along import report
from voorjebuurt.local.demo.people import initiator
from voorjebuurt.local.demo.stage import Stage
from voorjebuurt.local.demo.stories import (
    CorrectionStory,
    ExtensionStory,
    Story,
    ThanksStory,
    email_of,
)
from voorjebuurt.pledges.live.extending import extend_campaign
from voorjebuurt.pledges.rewards.deliveries import deliveries, mark_delivery
from voorjebuurt.pledges.thanks.service import thank_donors

_DELIVERED_AFTER = 30
"""Days from the end of a campaign to the day on which rewards are handed over."""

TimedAct = tuple[datetime, Callable[[], None]]


def running(stage: Stage, story: Story, campaign_id: UUID) -> Iterator[TimedAct]:
    """Each deed at its moment; the services leave alone what was done before."""
    life = story.life
    for number, name in enumerate(story.members):
        day = life.opened + 1 + number
        yield stage.moment(day, 17, 30), partial(_join, stage, story, campaign_id, name, day)
    for thanks in life.thanks:
        yield stage.moment(thanks.day, 16, 20), partial(_thank, stage, story, campaign_id, thanks)
    for correction in life.corrections:
        deed = partial(_correct, stage, story, campaign_id, correction)
        yield stage.moment(correction.day, 21, 10), deed
    if life.extension is not None:
        deed = partial(_extend, stage, story, campaign_id, life.extension)
        yield stage.moment(life.extension.day, 18, 45), deed
    yield from collecting(stage, story, campaign_id)
    for abuse in story.episodes.reports:
        yield stage.moment(abuse.day, 21, 20), partial(report, stage, campaign_id, abuse)
    if story.episodes.handover is not None:
        deed = partial(_hand_over, stage, story, campaign_id, story.episodes.handover)
        yield stage.moment(story.episodes.handover.day, 19, 0), deed
    if life.deliveries:
        day = life.ends + _DELIVERED_AFTER
        yield stage.moment(day, 14, 0), partial(_deliver, stage, story, campaign_id, day)


def _join(stage: Stage, story: Story, campaign_id: UUID, name: str, day: int) -> None:
    with stage.scene(day, 17, 30) as session:
        if acts_for(session, campaign_id, initiator(session, name).person_id):
            return
        actor, email = initiator(session, story.initiator), email_of(name)
        invite(session, campaign_id=campaign_id, email=email, locale="nl", actor=actor)
    with stage.scene(day, 20, 30) as session:
        statement = select(CampaignInvitation.id).where(
            CampaignInvitation.campaign_id == campaign_id,
            CampaignInvitation.email == email_of(name),
        )
        invitation_id = session.scalar(statement)
        if invitation_id is not None:
            accept_invitation(
                session,
                invitation_id=invitation_id,
                is_public=True,
                actor=initiator(session, name),
            )


def _thank(stage: Stage, story: Story, campaign_id: UUID, thanks: ThanksStory) -> None:
    with stage.scene(thanks.day, 16, 20) as session:
        thank_donors(
            session,
            campaign_id=campaign_id,
            pledge_id=None,
            body=thanks.body,
            actor=initiator(session, story.initiator),
        )


def _correct(stage: Stage, story: Story, campaign_id: UUID, correction: CorrectionStory) -> None:
    with stage.scene(correction.day, 21, 10) as session:
        words = _words(session, campaign_id)
        words[correction.part] = words[correction.part].replace(correction.old, correction.new)
        actor = initiator(session, story.initiator)
        correct_own_page(session, campaign_id=campaign_id, words=PlanWords(**words), actor=actor)


def _words(session: Session, campaign_id: UUID) -> dict[str, str]:
    campaign = session.get_one(Campaign, campaign_id)
    return {field.name: str(getattr(campaign, field.name)) for field in fields(PlanWords)}


def _extend(stage: Stage, story: Story, campaign_id: UUID, extension: ExtensionStory) -> None:
    with stage.scene(extension.day, 18, 45) as session:
        extend_campaign(
            session,
            campaign_id=campaign_id,
            until_on=stage.today + timedelta(extension.until),
            reason=extension.reason,
            actor=initiator(session, story.initiator),
        )


def _deliver(stage: Stage, story: Story, campaign_id: UUID, day: int) -> None:
    with stage.scene(day, 14, 0) as session:
        rows = deliveries(session, campaign_id)
        before = sum(row.delivered_at is not None for row in rows)
        for row in rows[: max(0, story.life.deliveries - before)]:
            mark_delivery(
                session,
                campaign_id=campaign_id,
                pledge_id=row.pledge_id,
                is_delivery=True,
                actor=initiator(session, story.initiator),
            )


def _hand_over(stage: Stage, story: Story, campaign_id: UUID, handover: HandoverStory) -> None:
    """Who signs asks another to; that one says yes in the evening."""
    with stage.scene(handover.day, 19, 0) as session:
        campaign = session.get_one(Campaign, campaign_id)
        actor, successor = initiator(session, story.initiator), initiator(session, handover.to)
        if is_signer(campaign, successor.person_id):
            return
        member_id = session.scalars(
            select(CampaignMember.id).where(
                CampaignMember.campaign_id == campaign_id,
                CampaignMember.person_id == successor.person_id,
            )
        ).one()
        together.ask_handover(session, campaign_id=campaign_id, member_id=member_id, actor=actor)
    with stage.scene(handover.day, 20, 50) as session:
        actor = initiator(session, handover.to)
        together.take_over(session, campaign_id=campaign_id, actor=actor)
