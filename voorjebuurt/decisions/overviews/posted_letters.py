"""The letter itself of what is to be posted, whatever kind it is."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.case_letters.service import letter_pdf
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.models import Decision, Objection
from voorjebuurt.decisions.objection_models import (
    DefaultNotice,
    JoinedLetter,
    ObjectionRuling,
    ObjectionStep,
)
from voorjebuurt.decisions.objections.proceedings.notices import notice_pdf
from voorjebuurt.decisions.paper.confirmations import confirmation_pdf
from voorjebuurt.decisions.posting.queries import Posting
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.kernel.actor import Actor

_K = LetterKind


def posted_pdf(session: Session, posting: Posting, actor: Actor) -> bytes | None:
    """The letter as PDF: the very bytes that were announced, or, of one that only tells how things
    go, made now and signed by who prints it. None when what it is of is not there.
    """
    return MAKERS[LetterKind(posting.kind)](session, posting.subject_id, actor)


def _letter_of(model: type[Any]) -> Callable[[Session, UUID, Actor], bytes | None]:
    def announced(session: Session, subject_id: UUID, _actor: Actor) -> bytes | None:
        return session.scalar(select(model.letter).where(model.id == subject_id))

    return announced


def _ruling(session: Session, subject_id: UUID, actor: Actor) -> bytes | None:
    """The letter of the objection that leads, or the own letter of one that joined."""
    leading = _letter_of(ObjectionRuling)(session, subject_id, actor)
    return leading or _letter_of(JoinedLetter)(session, subject_id, actor)


def _receipt(session: Session, subject_id: UUID, actor: Actor) -> bytes | None:
    return notice_pdf(session, session.get_one(Objection, subject_id).id, "receipt", actor)


def _withdrawal(session: Session, subject_id: UUID, actor: Actor) -> bytes | None:
    return notice_pdf(session, session.get_one(Objection, subject_id).id, "withdrawal", actor)


def _step(session: Session, subject_id: UUID, actor: Actor) -> bytes | None:
    step = session.get_one(ObjectionStep, subject_id)
    return notice_pdf(session, step.objection_id, step.kind, actor, step_id=step.id)


MAKERS: Mapping[LetterKind, Callable[[Session, UUID, Actor], bytes | None]] = {
    _K.INTENTION: _letter_of(Intention),
    _K.DECISION: _letter_of(Decision),
    _K.RULING: _ruling,
    _K.PENALTY: _letter_of(DefaultNotice),
    _K.OBJECTION_RECEIPT: _receipt,
    _K.OBJECTION_QUESTION: _step,
    _K.OBJECTION_INVITATION: _step,
    _K.OBJECTION_EXTENSION: _step,
    _K.OBJECTION_CONSENT: _step,
    _K.OBJECTION_WITHDRAWAL: _withdrawal,
    _K.PAPER_CONFIRMATION: confirmation_pdf,
    _K.VIEWS_EXTENSION: letter_pdf,
    _K.INTENTION_END: letter_pdf,
    _K.COMPLETION_QUESTION: letter_pdf,
    _K.TERM_EXTENSION: letter_pdf,
    _K.PROOF_QUESTION: letter_pdf,
    _K.PROOF_EXTENSION: letter_pdf,
    _K.PROOF_FINDING: letter_pdf,
    _K.PAYMENT_NOTICE: letter_pdf,
    _K.LAST_TERM: letter_pdf,
    _K.OTHER_OBJECTION: letter_pdf,
    _K.OTHER_HEARING: letter_pdf,
    _K.OTHER_EXTENSION: letter_pdf,
    _K.OTHER_RULING: letter_pdf,
    _K.OTHER_WITHDRAWAL: letter_pdf,
}
"""Who makes it, by kind."""
