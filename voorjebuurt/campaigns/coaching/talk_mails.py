"""Mails about a conversation: one in a quarter of an hour to each, and none of what they read.

What is said while somebody was mailed a moment ago waits for the next turn of the timetable.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.coaching.models import TalkSeat
from voorjebuurt.campaigns.coaching.rules import MAILED_AT_ONCE
from voorjebuurt.campaigns.coaching.seats import seat_of, take_mail
from voorjebuurt.campaigns.funders.models import FunderRemark
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import everybody_now, mail_turn
from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.kernel import clock
from voorjebuurt.mail import links
from voorjebuurt.mail.conditions import still_true
from voorjebuurt.mail.service import queue_mail
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import emails_with_role
from voorjebuurt.people.rules import Role

TEMPLATE = "talk_waits"
REACH = timedelta(days=1)
"""What was said longer ago was mailed, or was there before these mails were."""


def asked(session: Session, campaign: Campaign, note: ReviewNote) -> None:
    """Tell who runs the plan what the coach asks, or advises."""
    for person in everybody_now(session, campaign):
        turn = f"{note.id}{mail_turn(campaign, person)}"
        if take_mail(session, campaign_id=campaign.id, person_id=person.id):
            path = links.my_talk(campaign.id)
            _queue(session, campaign, "campaign_question", turn, person, path, body=note.body)


def answered(session: Session, campaign: Campaign, note: ReviewNote) -> None:
    """Tell the coach that there is an answer."""
    for coach in coaches_now(session, campaign):
        if take_mail(session, campaign_id=campaign.id, person_id=coach.id):
            turn, path = f"{note.id}:{coach.id}", links.talk(campaign.id)
            _queue(session, campaign, "review_answered", turn, coach, path, body=note.body)


def coaches_now(session: Session, campaign: Campaign) -> Sequence[Person]:
    """Who hears as a coach what is said: who has the plan; otherwise who spoke of it."""
    coaches = {row[0] for row in emails_with_role(session, Role.COACH)}
    ids = {each for each in coaches if each == campaign.coach_id}
    if not ids:
        spoke = select(ReviewNote.author_id).where(
            ReviewNote.campaign_id == campaign.id, ReviewNote.kind != "answer"
        )
        ids = {*session.scalars(spoke)} & coaches
    statement = select(Person).where(Person.id.in_(ids)).order_by(Person.id)
    return session.scalars(statement).all()


def mail_waiting(session: Session, campaign_id: UUID) -> None:
    """Tell each who has not read what was said since their last mail that it is there."""
    campaign = locked_campaign(session, campaign_id)
    for person in everybody_now(session, campaign):
        joined_at = session.scalar(
            select(func.max(CampaignMember.joined_at)).where(
                CampaignMember.campaign_id == campaign.id, CampaignMember.person_id == person.id
            )
        )
        _remind(session, campaign, person, links.my_talk(campaign.id), joined_at)
    for coach in coaches_now(session, campaign):
        _remind(session, campaign, coach, links.talk(campaign.id), campaign.coach_since)


def _remind(
    session: Session, campaign: Campaign, person: Person, path: str, since: datetime | None
) -> None:
    seat = seat_of(session, campaign.id, person.id)
    oldest = max(filter(None, (since, clock.now() - REACH, *_told(seat))))
    if not _has_news(session, campaign.id, person.id, oldest):
        return
    if take_mail(session, campaign_id=campaign.id, person_id=person.id):
        at = clock.now().isoformat()
        context = {"campaign_id": str(campaign.id), "person_id": str(person.id), "since": at}
        turn = f"{campaign.id}:{person.id}:{at}"
        _queue(session, campaign, TEMPLATE, turn, person, path, **context)


def _told(seat: TalkSeat | None) -> tuple[datetime | None, datetime | None]:
    return (seat.read_at, seat.mailed_at) if seat else (None, None)


def _has_news(session: Session, campaign_id: UUID, person_id: UUID, since: datetime) -> bool:
    note = select(ReviewNote.id).where(
        ReviewNote.campaign_id == campaign_id,
        ReviewNote.author_id != person_id,
        ReviewNote.kind.in_(sorted(MAILED_AT_ONCE)),
        ReviewNote.at > since,
    )
    remark = select(FunderRemark.id).where(
        FunderRemark.campaign_id == campaign_id,
        FunderRemark.removed_at.is_(None),
        FunderRemark.remarked_at > since,
    )
    return any(session.scalar(each.limit(1)) is not None for each in (note, remark))


@still_true(TEMPLATE)
def _is_unread(session: Session, context: Mapping[str, Any]) -> bool:
    """Whether its reader did not look since it was written."""
    seat = seat_of(session, UUID(context["campaign_id"]), UUID(context["person_id"]))
    written_at = datetime.fromisoformat(context["since"])
    return seat is not None and (seat.read_at is None or seat.read_at < written_at)


def _queue(
    session: Session,
    campaign: Campaign,
    template: str,
    turn: str,
    reader: Person,
    path: str,
    **context: Any,
) -> None:
    queue_mail(
        session,
        key=f"{template}:{turn}",
        template=template,
        recipient=reader.email,
        locale=reader.locale,
        name=reader.name,
        title=campaign.title,
        path=path,
        **context,
    )
