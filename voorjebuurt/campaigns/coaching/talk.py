"""Talking about a plan in one place: a coach asks, advises or nods; who runs it says something.

It goes on when the campaign is live, and ends some time after everything else did.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.coaching import talk_mails
from voorjebuurt.campaigns.coaching.conversation import takes_words_now, talk_turn
from voorjebuurt.campaigns.coaching.rules import TalkKind, Turn
from voorjebuurt.campaigns.coaching.seats import mark_read
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import require_member, require_reviewer
from voorjebuurt.campaigns.models import Campaign, ReviewNote
from voorjebuurt.campaigns.rules import MAX_LENGTHS, CampaignStatus, ReviewPart
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_lines
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError

AT_ONCE = timedelta(minutes=1)
"""The same words again within this time are one press too many."""


def ask(
    session: Session,
    *,
    campaign_id: UUID,
    body: str,
    part: ReviewPart | None = None,
    is_advice: bool = False,
    actor: Actor,
) -> ReviewNote:
    """As a coach, ask who runs a plan something, or advise them: then nobody has to answer.

    Raises ``ForbiddenError``, ``TransitionError``, or ``DomainError`` at ``body``.
    """
    campaign = _open(session, campaign_id)
    require_reviewer(session, campaign, actor)
    kind = TalkKind.ADVICE if is_advice else TalkKind.QUESTION
    part = None if is_advice else part
    again = _just_said(session, campaign, kind, body, actor, part)
    if again is not None:
        return again
    note = write_note(session, campaign, kind, body, actor, part=part)
    talk_mails.asked(session, campaign, note)
    return note


def answer(session: Session, *, campaign_id: UUID, body: str, actor: Actor) -> ReviewNote:
    """As who runs a plan, answer the coach, or say something of one's own accord."""
    campaign = _open(session, campaign_id)
    require_member(session, campaign, actor)
    again = _just_said(session, campaign, TalkKind.ANSWER, body, actor, None)
    if again is not None:
        return again
    note = write_note(session, campaign, TalkKind.ANSWER, body, actor)
    talk_mails.answered(session, campaign, note)
    return note


def nod(session: Session, *, campaign_id: UUID, actor: Actor) -> None:
    """As a coach, tell that one read it and has nothing to add. Nothing waits: nothing happens."""
    campaign = _open(session, campaign_id)
    require_reviewer(session, campaign, actor)
    if (
        campaign.status != CampaignStatus.SUBMITTED
        and talk_turn(session, campaign_id) is Turn.COACH
    ):
        write_note(session, campaign, TalkKind.NOD, "", actor, optional=True)


def write_note(
    session: Session,
    campaign: Campaign,
    kind: TalkKind,
    body: str,
    actor: Actor,
    *,
    optional: bool = False,
    part: ReviewPart | None = None,
) -> ReviewNote:
    """Add to the conversation of a plan that is held."""
    text = clean_lines(body).strip()
    if not text and not optional:
        raise DomainError("note_missing", field="body")
    if len(text) > MAX_LENGTHS["note"]:
        raise DomainError("correction_too_long", field="body", maximum=MAX_LENGTHS["note"])
    if actor.person_id is None:
        raise ForbiddenError("only_coaches")
    note = ReviewNote(
        campaign_id=campaign.id,
        author_id=actor.person_id,
        kind=kind.value,
        part=part.value if part else None,
        body=text,
        at=clock.now(),
    )
    session.add(note)
    session.flush()
    mark_read(session, campaign_id=campaign.id, person_id=actor.person_id)
    return note


def _open(session: Session, campaign_id: UUID) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    if not takes_words_now(session, campaign_id):
        raise TransitionError("talk_over", state=campaign.status, action="talk")
    return campaign


def _just_said(
    session: Session,
    campaign: Campaign,
    kind: TalkKind,
    body: str,
    actor: Actor,
    part: ReviewPart | None,
) -> ReviewNote | None:
    """The last note, when it says just this: a button that was pressed twice."""
    statement = (
        select(ReviewNote)
        .where(ReviewNote.campaign_id == campaign.id)
        .order_by(ReviewNote.at.desc(), ReviewNote.id.desc())
        .limit(1)
    )
    last = session.scalar(statement)
    if last is None or last.at < clock.now() - AT_ONCE:
        return None
    before = (last.author_id, last.kind, last.body, last.part)
    same = (actor.person_id, kind, clean_lines(body).strip(), part.value if part else None)
    return last if before == same else None
