"""Reading questions about campaigns: what is public, what waits, and one by its link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.members.models import CampaignMember
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.campaigns.rules import PUBLIC
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.kernel.versions import Parts


@dataclass(frozen=True)
class QuestionRow:
    """A question with its campaign; never with the address of who asked."""

    id: UUID
    campaign_id: UUID
    title: str
    slug: str
    name: str
    text: str
    asked_at: datetime
    confirmed_at: datetime | None
    answer: str
    answered_at: datetime | None
    answered_by: UUID | None
    hidden_at: datetime | None
    hidden_reason: str | None
    is_by_coach: bool
    """Somebody answered who does not run the campaign, and never did."""


def public_questions(
    session: Session, campaign_id: UUID, *, limit: int, offset: int = 0
) -> Sequence[QuestionRow]:
    """What everybody may read, the latest first."""
    statement = (
        _rows()
        .where(
            CampaignQuestion.campaign_id == campaign_id,
            CampaignQuestion.confirmed_at.is_not(None),
            CampaignQuestion.hidden_at.is_(None),
        )
        .order_by(CampaignQuestion.confirmed_at.desc(), CampaignQuestion.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [QuestionRow(*row) for row in session.execute(statement)]


def confirmed_questions(
    session: Session, campaign_id: UUID, *, limit: int
) -> Sequence[QuestionRow]:
    """All that were confirmed, also what is off the page; what waits for an answer on top."""
    statement = (
        _rows()
        .where(
            CampaignQuestion.campaign_id == campaign_id,
            CampaignQuestion.confirmed_at.is_not(None),
        )
        .order_by(CampaignQuestion.answered_at.desc().nulls_first(), CampaignQuestion.id)
        .limit(limit)
    )
    return [QuestionRow(*row) for row in session.execute(statement)]


def open_questions(session: Session, *, limit: int) -> Sequence[QuestionRow]:
    """What waits for an answer at all campaigns, the longest waiting first: for coaches."""
    statement = (
        _rows()
        .where(
            CampaignQuestion.confirmed_at.is_not(None),
            CampaignQuestion.answered_at.is_(None),
            CampaignQuestion.hidden_at.is_(None),
            Campaign.status.in_(sorted(PUBLIC)),
        )
        .order_by(CampaignQuestion.confirmed_at, CampaignQuestion.id)
        .limit(limit)
    )
    return [QuestionRow(*row) for row in session.execute(statement)]


def waiting_for(session: Session, campaign_id: UUID) -> int:
    """How many questions about a campaign wait for an answer."""
    statement = select(func.count(CampaignQuestion.id)).where(
        CampaignQuestion.campaign_id == campaign_id,
        CampaignQuestion.confirmed_at.is_not(None),
        CampaignQuestion.answered_at.is_(None),
        CampaignQuestion.hidden_at.is_(None),
    )
    return session.scalar(statement) or 0


def question_by_id(session: Session, question_id: UUID) -> QuestionRow | None:
    """One question that was confirmed; None for another."""
    statement = _rows().where(
        CampaignQuestion.id == question_id, CampaignQuestion.confirmed_at.is_not(None)
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else QuestionRow(*row)


def question_of_link(session: Session, token: str) -> QuestionRow | None:
    """The question whose secret this is."""
    statement = _rows().where(CampaignQuestion.token_hash == token_hash(token))
    row = session.execute(statement).one_or_none()
    return None if row is None else QuestionRow(*row)


def answer_parts(session: Session, question_id: UUID) -> Parts:
    """What who answers sees of a question that others may change meanwhile."""
    question = session.get(CampaignQuestion, question_id)
    return {"answer": question.answer if question else "", "is_there": question is not None}


def _rows() -> Select[*tuple[Any, ...]]:
    is_by_member = exists().where(
        CampaignMember.campaign_id == CampaignQuestion.campaign_id,
        CampaignMember.person_id == CampaignQuestion.answered_by,
    )
    return select(
        CampaignQuestion.id,
        CampaignQuestion.campaign_id,
        Campaign.title,
        Campaign.slug,
        CampaignQuestion.name,
        CampaignQuestion.text,
        CampaignQuestion.asked_at,
        CampaignQuestion.confirmed_at,
        CampaignQuestion.answer,
        CampaignQuestion.answered_at,
        CampaignQuestion.answered_by,
        CampaignQuestion.hidden_at,
        CampaignQuestion.hidden_reason,
        CampaignQuestion.answered_by.is_not(None) & ~is_by_member,
    ).join(Campaign, Campaign.id == CampaignQuestion.campaign_id)
