"""Asking about a fund, confirming the address, taking a question back, and answering it."""

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from voorjebuurt.asking import service as shared
from voorjebuurt.asking.service import (
    ANSWER_MAX_LENGTH,
    QUESTION_MAX_LENGTH,
    checked_text,
    hand_link,
    locked_by_token,
    locked_question,
    mail_confirmation,
)
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_token, token_hash
from voorjebuurt.kernel.legal_days import last_day
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import links
from voorjebuurt.mail import service as mail
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.matching.funds.lifecycle import fund_subject, require_officer
from voorjebuurt.matching.funds.states import PUBLIC
from voorjebuurt.matching.models import Fund
from voorjebuurt.matching.questions.models import FundQuestion
from voorjebuurt.matching.questions.states import (
    ANSWER_WEEKS,
    QUESTION_TRANSITIONS,
    QuestionOutcome,
    QuestionStatus,
)

CONFIRM_TEMPLATE, ANSWER_TEMPLATE = "fund_question_confirm", "fund_question_answered"


def ask(session: Session, *, fund_id: UUID, text: str, email: str, locale: str) -> UUID:
    """Write a question down and mail its asker to confirm it; nobody reads it before that.

    Raises ``DomainError`` at ``text``, and ``NotFoundError`` for a fund that is not public.
    """
    fund = session.get(Fund, fund_id)
    if fund is None or fund.status not in PUBLIC:
        raise NotFoundError("fund_not_found")
    question = FundQuestion(
        fund_id=fund.id,
        municipality_id=fund.municipality_id,
        email=normal_address(email),
        locale=locale,
        token_hash=token_hash(new_token()),  # of the link that is made when it is mailed
        status=QuestionStatus.SENT.value,
        text=checked_text(text, "text", "question_missing", QUESTION_MAX_LENGTH),
        asked_at=clock.now(),
    )
    session.add(question)
    session.flush()
    mail_confirmation(session, question, template=CONFIRM_TEMPLATE)
    return question.id


@secret_link(CONFIRM_TEMPLATE, links.fund_question)
def hand_question(session: Session, question_id: UUID, link_hash: str) -> None:
    """From now on this link is that of the question."""
    hand_link(session, FundQuestion, question_id, link_hash)


def confirm(session: Session, *, token: str) -> None:
    """Whoever reads the address asks this: it goes to the officers. Twice changes nothing.

    Raises ``DomainError`` when the question is not there any more.
    """
    question = locked_by_token(session, FundQuestion, token)
    if question is None:
        raise DomainError("question_over")
    if question.status != QuestionStatus.SENT:
        return
    question.status = _after(question, "confirm")
    question.confirmed_at = clock.now()
    question.answer_by = last_day(clock.today(), weeks=ANSWER_WEEKS)
    confirm_address(session, email=question.email or "", means=Means.SIGN_IN)


def take_back(session: Session, *, token: str) -> None:
    """Throw a question away that was not answered; one that is gone is no error.

    Raises ``DomainError`` ``question_answered_already``.
    """
    question = locked_by_token(session, FundQuestion, token)
    if question is None:
        return
    if question.answered_at is not None:
        raise DomainError("question_answered_already")
    session.delete(question)


def answer(
    session: Session,
    *,
    question_id: UUID,
    outcome: QuestionOutcome,
    text: str,
    public_text: str,
    actor: Actor,
) -> None:
    """Answer a question and mail its asker; the first officer who does has answered it.

    ``text`` is the answer, or why there is none; ``public_text`` the question as everybody may read
    it, where the answer is for everybody. Raises ``ForbiddenError``, ``TransitionError`` once it is
    answered, and ``DomainError`` at ``answer`` or ``public_text``.
    """
    question = locked_question(session, FundQuestion, FundQuestion.id == question_id)
    if question is None:
        raise NotFoundError("question_not_found")
    require_officer(session, question.municipality_id, actor)
    is_public = outcome is QuestionOutcome.PUBLISH
    question.status = _after(
        question, "decline" if outcome is QuestionOutcome.DECLINE else "answer"
    )
    question.answer = checked_text(text, "answer", "answer_missing", ANSWER_MAX_LENGTH)
    if is_public:
        question.public_text = checked_text(
            public_text, "public_text", "question_missing", QUESTION_MAX_LENGTH
        )
    question.answered_at, question.answered_by = clock.now(), actor.person_id
    fund = session.get_one(Fund, question.fund_id)
    _mail_answer(session, question, fund)
    question.email = None
    audit.record(
        session,
        actor=actor,
        action=Action.FUND_QUESTION_ANSWERED,
        subject=fund_subject(fund),
        detail={"question": str(question.id), "outcome": outcome.value},
    )
    session.flush()


def forget_unconfirmed(session: Session) -> None:
    """Throw away questions that nobody confirmed, and the mails with their secrets."""
    shared.forget_unconfirmed(session, FundQuestion, template=CONFIRM_TEMPLATE)


def questions_from(session: Session, email: str) -> int:
    """How many questions of an address wait to be answered."""
    statement = select(func.count(FundQuestion.id)).where(FundQuestion.email == email)
    return session.scalar(statement) or 0


def forget_questions(session: Session, email: str) -> None:
    """Throw away what an address asked and was not answered; of answers no address is kept."""
    session.execute(delete(FundQuestion).where(FundQuestion.email == email))


def _mail_answer(session: Session, question: FundQuestion, fund: Fund) -> None:
    mail.queue_mail(
        session,
        key=f"{ANSWER_TEMPLATE}:{question.id}",
        template=ANSWER_TEMPLATE,
        recipient=question.email or "",
        locale=question.locale,
        fund=fund.name,
        question=question.text,
        answer=question.answer,
        declined=question.status == QuestionStatus.DECLINED,
        path=links.fund(fund.slug),
        public=bool(question.public_text),
    )


def _after(question: FundQuestion, action: str) -> str:
    return QUESTION_TRANSITIONS.after(QuestionStatus(question.status), action).value
