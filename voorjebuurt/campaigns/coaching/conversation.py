"""The conversation of a plan: words, edits, decisions and remarks of funders in one line."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.campaigns.coaching.queries import EditRow, edits_of, open_edits
from voorjebuurt.campaigns.coaching.rules import WITHOUT_TALK, TalkKind, Turn, takes_words, turn_of
from voorjebuurt.campaigns.coaching.seats import readers_since, seat_of
from voorjebuurt.campaigns.funders.models import FunderRemark
from voorjebuurt.campaigns.funders.queries import RemarkRow, remarks_of
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.queries import NoteRow, review_notes
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.places.models import Municipality

MOST_EDITS, MOST_REMARKS = 100, 300
_AFTER_REVIEW = [
    status.value
    for status in CampaignStatus
    if status not in WITHOUT_TALK | {CampaignStatus.SUBMITTED}
]


class Entry(NamedTuple):
    """One thing in the line: what was said, what a coach changed, or what a funder remarked."""

    at: datetime
    key: UUID
    note: NoteRow | None = None
    edit: EditRow | None = None
    remark: RemarkRow | None = None


class Conversation(NamedTuple):
    """A conversation as one of its readers sees it. ``seen_by_other``: their last word was read."""

    entries: Sequence[Entry]
    turn: Turn
    is_open: bool
    unread: int
    read_at: datetime | None
    seen_by_other: bool


class WaitingTalk(NamedTuple):
    """A conversation that waits for a coach, since when, and who has the plan."""

    campaign_id: UUID
    title: str
    status: str
    municipality: str
    since: datetime
    coach_id: UUID | None
    coach: str | None


def conversation_of(session: Session, campaign_id: UUID, reader_id: UUID) -> Conversation:
    """All of it, the oldest first."""
    notes = review_notes(session, campaign_id)
    entries = [Entry(note.at, note.id, note=note) for note in notes]
    edits = edits_of(session, campaign_id, limit=MOST_EDITS)
    entries += [Entry(edit.edited_at, edit.id, edit=edit) for edit in edits]
    remarks = remarks_of(session, campaign_id, limit=MOST_REMARKS)
    entries += [Entry(each.remarked_at, each.id, remark=each) for each in remarks]
    seat = seat_of(session, campaign_id, reader_id)
    read_at = seat.read_at if seat else None
    own = [note.at for note in notes if note.author_id == reader_id]
    others = readers_since(session, campaign_id, own[-1]) if own else frozenset()
    return Conversation(
        entries=sorted(entries, key=lambda each: (each.at, each.key)),
        turn=talk_turn(session, campaign_id),
        is_open=takes_words_now(session, campaign_id),
        unread=unread_entries(session, campaign_id, reader_id),
        read_at=read_at,
        seen_by_other=bool(others - {reader_id}),
    )


def unread_entries(session: Session, campaign_id: UUID, reader_id: UUID) -> int:
    """How much others said or remarked since somebody read it."""
    seat = seat_of(session, campaign_id, reader_id)
    since = seat.read_at if seat else None
    notes = select(func.count(ReviewNote.id)).where(
        ReviewNote.campaign_id == campaign_id, ReviewNote.author_id != reader_id
    )
    remarks = select(func.count(FunderRemark.id)).where(
        FunderRemark.campaign_id == campaign_id, FunderRemark.removed_at.is_(None)
    )
    if since is not None:
        notes = notes.where(ReviewNote.at > since)
        remarks = remarks.where(FunderRemark.remarked_at > since)
    return (session.scalar(notes) or 0) + (session.scalar(remarks) or 0)


def talk_turn(session: Session, campaign_id: UUID) -> Turn:
    """For whom the conversation waits now."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        return Turn.NOBODY
    last = select(ReviewNote.kind).where(
        ReviewNote.campaign_id == campaign_id, ReviewNote.kind != TalkKind.ADVICE
    )
    if campaign.status == CampaignStatus.SUBMITTED and campaign.submitted_at is not None:
        last = last.where(ReviewNote.at >= campaign.submitted_at)
    last = last.order_by(ReviewNote.at.desc(), ReviewNote.id.desc()).limit(1)
    return turn_of(
        CampaignStatus(campaign.status),
        last_kind=session.scalar(last),
        open_edits=open_edits(session, campaign_id),
    )


def takes_words_now(session: Session, campaign_id: UUID) -> bool:
    """Whether somebody can add to the conversation."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        return False
    last = session.scalar(
        select(func.max(ReviewNote.at)).where(ReviewNote.campaign_id == campaign_id)
    )
    moments = [campaign.created_at, campaign.decided_at, campaign.closes_at, last]
    return takes_words(
        CampaignStatus(campaign.status),
        ended_at=max(moment for moment in moments if moment is not None),
        now=clock.now(),
    )


def talks_for_coach(
    session: Session,
    *,
    municipality_id: UUID | None = None,
    coach_id: UUID | None = None,
    is_free: bool = False,
    limit: int,
) -> Sequence[WaitingTalk]:
    """Conversations after the review in which who runs the campaign spoke last, oldest first."""
    later, coach = aliased(ReviewNote), aliased(Person)
    is_last = ~exists().where(
        later.campaign_id == ReviewNote.campaign_id,
        later.kind != TalkKind.ADVICE,
        or_(later.at > ReviewNote.at, and_(later.at == ReviewNote.at, later.id > ReviewNote.id)),
    )
    statement = (
        select(
            Campaign.id,
            Campaign.title,
            Campaign.status,
            Municipality.name,
            ReviewNote.at,
            Campaign.coach_id,
            coach.name,
        )
        .join(ReviewNote, ReviewNote.campaign_id == Campaign.id)
        .join(Municipality, Municipality.id == Campaign.municipality_id)
        .outerjoin(coach, coach.id == Campaign.coach_id)
        .where(
            Campaign.status.in_(_AFTER_REVIEW),
            Campaign.status != CampaignStatus.RETURNED,
            ReviewNote.kind == TalkKind.ANSWER,
            is_last,
        )
        .order_by(ReviewNote.at, Campaign.id)
        .limit(limit)
    )
    if municipality_id is not None:
        statement = statement.where(Campaign.municipality_id == municipality_id)
    if coach_id is not None:
        statement = statement.where(Campaign.coach_id == coach_id)
    if is_free:
        statement = statement.where(Campaign.coach_id.is_(None))
    return [WaitingTalk._make(row) for row in session.execute(statement)]


def talks_to_mail(session: Session, *, since: datetime) -> Sequence[UUID]:
    """Plans of which something was said, or remarked by a funder, since a moment."""
    notes = select(ReviewNote.campaign_id).where(ReviewNote.at > since)
    remarks = select(FunderRemark.campaign_id).where(FunderRemark.remarked_at > since)
    return sorted(set(session.scalars(notes)) | set(session.scalars(remarks)))
