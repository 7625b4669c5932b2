"""Bettering the words of a plan as a coach, and saying yes or no to that as who runs it.

Nothing of the initiator's is lost: what they wrote is kept beside what the coach made of it. The
plan can't go live before they answered.
"""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.coaching import mails
from voorjebuurt.campaigns.coaching.models import CoachEdit
from voorjebuurt.campaigns.coaching.queries import open_edits
from voorjebuurt.campaigns.coaching.rules import EDIT_PARTS, IN_TALK, EditAnswer
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import require_member, require_reviewer
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import MAX_LENGTHS, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_lines
from voorjebuurt.kernel.errors import DomainError, NotFoundError, TransitionError


def edit_words(
    session: Session, *, campaign_id: UUID, words: Mapping[str, str], actor: Actor
) -> None:
    """Write other words in a plan, by its parts. What is the same already is left alone.

    Raises ``ForbiddenError``, ``TransitionError``, or ``DomainError`` at a field.
    """
    campaign = _in_talk(session, campaign_id)
    require_reviewer(session, campaign, actor)
    new = {part: clean_lines(words[part]).strip() for part in EDIT_PARTS}
    old = {part: str(getattr(campaign, part)) for part in EDIT_PARTS}
    parts = [part for part in EDIT_PARTS if new[part] != clean_lines(old[part]).strip()]
    for part in parts:
        _judge(part, new[part], old[part])
    if not parts:
        return
    are_told = open_edits(session, campaign.id) > 0
    edits = [_write(session, campaign, part, new[part], actor) for part in parts]
    bump_version(campaign)
    _record(session, campaign, Action.CAMPAIGN_COACH_EDITED, parts, actor)
    first = next((edit for edit in edits if edit is not None), None)
    if first is not None and not are_told:
        mails.words_edited(session, campaign, first)


def answer_edit(
    session: Session, *, campaign_id: UUID, edit_id: UUID, is_kept: bool, actor: Actor
) -> None:
    """Keep a coach's words, or put back one's own. The same answer twice is once.

    Raises ``ForbiddenError``, ``NotFoundError``, ``TransitionError``; ``DomainError`` when the plan
    says something else by now: then there is nothing to put back.
    """
    campaign = locked_campaign(session, campaign_id)
    require_member(session, campaign, actor)
    edit = session.get(CoachEdit, edit_id, populate_existing=True)
    if edit is None or edit.campaign_id != campaign.id:
        raise NotFoundError("edit_not_found")
    answer = EditAnswer.ACCEPTANCE if is_kept else EditAnswer.RESTORATION
    if edit.answer == answer:
        return
    if edit.answer is not None:
        raise TransitionError("edit_answered", state=edit.answer, action=answer)
    _judge_talk(campaign)
    if not is_kept:
        if getattr(campaign, edit.part) != edit.after:
            raise DomainError("edit_overtaken")
        setattr(campaign, edit.part, edit.before)
    _close(session, edit, answer, actor)
    bump_version(campaign)
    _record(session, campaign, Action.CAMPAIGN_COACH_EDIT_ANSWERED, [edit.part], actor)
    if open_edits(session, campaign.id) == 0:
        mails.edits_answered(session, campaign, edit)


def _write(
    session: Session, campaign: Campaign, part: str, text: str, actor: Actor
) -> CoachEdit | None:
    """The new edit; None when the coach took back what they wrote before."""
    now = str(getattr(campaign, part))
    is_its = (CoachEdit.campaign_id == campaign.id, CoachEdit.part == part)
    last = session.scalar(select(CoachEdit).where(*is_its, CoachEdit.answer.is_(None)))
    is_coachs = last is not None and last.after == now
    before = last.before if last is not None and is_coachs else now
    setattr(campaign, part, text)
    is_back = is_coachs and clean_lines(before).strip() == text
    if last is not None:
        answer = EditAnswer.WITHDRAWAL if is_back else EditAnswer.REPLACEMENT
        _close(session, last, answer, actor)
    if is_back:
        setattr(campaign, part, before)
        return None
    edit = CoachEdit(
        campaign_id=campaign.id,
        part=part,
        before=before,
        after=text,
        edited_at=clock.now(),
        edited_by=actor.person_id,
    )
    session.add(edit)
    session.flush()
    return edit


def _close(session: Session, edit: CoachEdit, answer: EditAnswer, actor: Actor) -> None:
    edit.answer, edit.answered_at = answer.value, clock.now()
    edit.answered_by = actor.person_id
    session.flush()


def _in_talk(session: Session, campaign_id: UUID) -> Campaign:
    campaign = locked_campaign(session, campaign_id)
    _judge_talk(campaign)
    return campaign


def _judge_talk(campaign: Campaign) -> None:
    if CampaignStatus(campaign.status) not in IN_TALK:
        raise TransitionError("not_in_review", state=campaign.status, action="edit_words")


def _judge(part: str, text: str, old: str) -> None:
    if not text and old.strip():
        raise DomainError("correction_empty", field=part)
    if len(text) > MAX_LENGTHS[part]:
        raise DomainError("correction_too_long", field=part, maximum=MAX_LENGTHS[part])


def _record(
    session: Session, campaign: Campaign, action: Action, parts: list[str], actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        detail={"parts": parts},
    )
