"""Asking with an address: the mail that confirms it, its link, and what nobody confirmed."""

from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from voorjebuurt.asking.models import StrangersQuestion
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.cleaning import clean_lines
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.mail import service as mail

UNCONFIRMED_DAYS = 7
QUESTION_MAX_LENGTH, ANSWER_MAX_LENGTH = 1_000, 4_000
_Question = TypeVar("_Question", bound=StrangersQuestion)


def mail_confirmation(session: Session, question: StrangersQuestion, *, template: str) -> None:
    """Mail the address a link that confirms the question, or takes it back; nothing of its words.

    The question must be flushed.
    """
    mail.queue_mail(
        session,
        key=f"{template}:{question.id}",
        template=template,
        recipient=question.email or "",
        locale=question.locale,
        link_id=str(question.id),
        expires_on=(clock.now() + timedelta(days=UNCONFIRMED_DAYS)).isoformat(),
    )


def hand_link(
    session: Session, kind: type[StrangersQuestion], question_id: UUID, link_hash: str
) -> None:
    """From now on this link is that of the question."""
    statement = update(kind).where(kind.id == question_id)
    session.execute(statement.values(token_hash=link_hash))


def locked_question(
    session: Session, kind: type[_Question], condition: ColumnElement[bool]
) -> _Question | None:
    """The question that this is true of, held until the commit."""
    statement = select(kind).where(condition).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def locked_by_token(session: Session, kind: type[_Question], token: str) -> _Question | None:
    """The question whose secret this is, held until the commit."""
    return locked_question(session, kind, kind.token_hash == token_hash(token))


def forget_unconfirmed(session: Session, kind: type[StrangersQuestion], *, template: str) -> None:
    """Throw away questions that nobody confirmed, and the mails with their secrets."""
    before = clock.now() - timedelta(days=UNCONFIRMED_DAYS)
    session.execute(delete(kind).where(kind.confirmed_at.is_(None), kind.asked_at < before))
    mail.forget_mail(session, template=template, before=before)


def checked_text(text: str, field: str, missing: str, most: int) -> str:
    """What somebody typed, as it is kept. Raises ``DomainError`` at ``field``."""
    text = clean_lines(text).strip()
    if not text:
        raise DomainError(missing, field=field)
    if len(text) > most:
        raise DomainError("text_too_long", field=field, maximum=most)
    return text
