"""Reading questions about funds: what is public, what waits, and one by its link."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.questions.models import FundQuestion
from voorjebuurt.matching.questions.states import QuestionStatus


@dataclass(frozen=True)
class QuestionRow:
    """A question with its fund, for officers; never with the address of who asked."""

    id: UUID
    fund_id: UUID
    fund: str
    slug: str
    status: str
    text: str
    public_text: str
    answer: str
    asked_at: datetime
    answer_by: date | None
    answered_at: datetime | None
    answered_by: UUID | None


@dataclass(frozen=True)
class WaitingQuestions:
    """How many questions wait for an officer, and the first day by which one must be answered."""

    number: int
    first_day: date | None


def public_questions(session: Session, fund_id: UUID, *, limit: int) -> Sequence[QuestionRow]:
    """What was asked and answered in public about a fund, the newest first."""
    statement = (
        _rows()
        .where(FundQuestion.fund_id == fund_id, FundQuestion.public_text != "")
        .order_by(FundQuestion.answered_at.desc(), FundQuestion.id.desc())
        .limit(limit)
    )
    return [QuestionRow(*row) for row in session.execute(statement)]


def questions_of(
    session: Session,
    municipality_ids: Collection[UUID],
    *,
    statuses: Collection[QuestionStatus],
    limit: int,
    offset: int = 0,
) -> Sequence[QuestionRow]:
    """Questions to these municipalities in these states: by the day to answer, the first on top."""
    statement = (
        _rows()
        .where(
            FundQuestion.municipality_id.in_(municipality_ids),
            FundQuestion.status.in_([status.value for status in statuses]),
        )
        .order_by(
            FundQuestion.answered_at.desc().nulls_first(),
            FundQuestion.answer_by,
            FundQuestion.id,
        )
        .limit(limit)
        .offset(offset)
    )
    return [QuestionRow(*row) for row in session.execute(statement)]


def waiting_questions(session: Session, municipality_ids: Collection[UUID]) -> WaitingQuestions:
    """What waits for the officers of these municipalities."""
    statement = select(func.count(FundQuestion.id), func.min(FundQuestion.answer_by)).where(
        FundQuestion.municipality_id.in_(municipality_ids),
        FundQuestion.status == QuestionStatus.OPEN.value,
    )
    return WaitingQuestions(*session.execute(statement).one())


def question_by_id(session: Session, question_id: UUID) -> QuestionRow | None:
    """One question that was confirmed; None for another."""
    statement = _rows().where(
        FundQuestion.id == question_id, FundQuestion.status != QuestionStatus.SENT.value
    )
    row = session.execute(statement).one_or_none()
    return None if row is None else QuestionRow(*row)


def question_of_link(session: Session, token: str) -> QuestionRow | None:
    """The question whose secret this is."""
    statement = _rows().where(FundQuestion.token_hash == token_hash(token))
    row = session.execute(statement).one_or_none()
    return None if row is None else QuestionRow(*row)


def question_municipality_id(session: Session, question_id: UUID) -> UUID | None:
    """The municipality that a question was asked."""
    return session.scalar(
        select(FundQuestion.municipality_id).where(FundQuestion.id == question_id)
    )


def question_parts(session: Session, question_id: UUID) -> Parts:
    """What an officer sees of a question that others may change meanwhile."""
    status = session.scalar(select(FundQuestion.status).where(FundQuestion.id == question_id))
    return {"status": status}


def _rows() -> Select[
    UUID, UUID, str, str, str, str, str, str, datetime, date | None, datetime | None, UUID | None
]:
    return select(
        FundQuestion.id,
        FundQuestion.fund_id,
        Fund.name,
        Fund.slug,
        FundQuestion.status,
        FundQuestion.text,
        FundQuestion.public_text,
        FundQuestion.answer,
        FundQuestion.asked_at,
        FundQuestion.answer_by,
        FundQuestion.answered_at,
        FundQuestion.answered_by,
    ).join(Fund, Fund.id == FundQuestion.fund_id)
