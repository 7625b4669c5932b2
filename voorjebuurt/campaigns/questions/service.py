"""Asking about a campaign, confirming the address, taking it back, answering, and hiding.

The campaign's row is held where its page changes, as it is by whatever else changes that.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from voorjebuurt.asking import service as asking
from voorjebuurt.asking.service import (
    ANSWER_MAX_LENGTH,
    QUESTION_MAX_LENGTH,
    checked_text,
    hand_link,
    locked_by_token,
    locked_question,
)
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns import mails
from voorjebuurt.campaigns.lifecycle import bump_version, campaign_subject, locked_campaign
from voorjebuurt.campaigns.members.acting import acts_for
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.campaigns.rules import PUBLIC, CampaignStatus
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.cleaning import clean_line
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    NotFoundError,
    TransitionError,
)
from voorjebuurt.kernel.ids import new_id, new_token, token_hash
from voorjebuurt.kernel.mail_addresses import normal_address
from voorjebuurt.mail import links
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.mail.secret_links import secret_link
from voorjebuurt.people.rules import NAME_MAX_LENGTH, Role

CONFIRM_TEMPLATE = "campaign_question_confirm"
MOST_WAITING, MOST_OF_ONE = 50, 3
"""Questions about one campaign without an answer: in all, and of one address."""
ASKER_DAYS = 365
"""So long after the answer the address of who asked is kept: by it they can have it all erased."""


@dataclass(frozen=True)
class Asking:
    """A question as somebody types it; ``name`` is empty for who wants to stay unnamed."""

    text: str
    name: str
    email: str
    locale: str


def ask(session: Session, *, campaign_id: UUID, asking_words: Asking) -> UUID:
    """Write a question down and mail its asker to confirm it; nobody reads it before that.

    Raises ``NotFoundError`` for a campaign that is not public, ``DomainError`` at a field or when
    too many wait.
    """
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or CampaignStatus(campaign.status) not in PUBLIC:
        raise NotFoundError("campaign_not_found")
    email, name = normal_address(asking_words.email), clean_line(asking_words.name)
    if len(name) > NAME_MAX_LENGTH:
        raise DomainError("name_too_long", field="name", maximum=NAME_MAX_LENGTH)
    text = checked_text(asking_words.text, "text", "question_missing", QUESTION_MAX_LENGTH)
    _judge_number(session, campaign_id, email)
    question = CampaignQuestion(
        id=new_id(),
        campaign_id=campaign_id,
        email=email,
        locale=asking_words.locale,
        token_hash=token_hash(new_token()),  # of the link that is made when it is mailed
        name=name,
        text=text,
        asked_at=clock.now(),
    )
    session.add(question)
    session.flush()
    asking.mail_confirmation(session, question, template=CONFIRM_TEMPLATE)
    return question.id


@secret_link(CONFIRM_TEMPLATE, links.campaign_question)
def hand_question(session: Session, question_id: UUID, link_hash: str) -> None:
    """From now on this link is that of the question."""
    hand_link(session, CampaignQuestion, question_id, link_hash)


def confirm(session: Session, *, token: str) -> None:
    """Whoever reads the address asks this: it is on the page, and the initiator is mailed. Twice
    changes nothing. Raises ``DomainError`` when the question is not there any more.
    """
    campaign_id = _campaign_of(session, token)
    campaign = locked_campaign(session, campaign_id) if campaign_id else None
    question = locked_by_token(session, CampaignQuestion, token)
    if question is None or campaign is None:
        raise DomainError("question_over")
    if question.confirmed_at is not None:
        return
    question.confirmed_at = clock.now()
    confirm_address(session, email=question.email or "", means=Means.SIGN_IN)
    bump_version(campaign)
    mails.question_asked(session, campaign, question.id, question.name, question.text)


def take_back(session: Session, *, token: str) -> None:
    """Throw a question away, with its answer; one that is gone is no error."""
    campaign_id = _campaign_of(session, token)
    if campaign_id is None:
        return
    campaign = locked_campaign(session, campaign_id)
    question = locked_by_token(session, CampaignQuestion, token)
    if question is not None:
        session.delete(question)
        bump_version(campaign)


def answer(session: Session, *, question_id: UUID, text: str, actor: Actor) -> None:
    """Answer a question for everybody, as the initiator or a coach, and mail its asker.

    Raises ``ForbiddenError``, ``TransitionError`` once it is answered or hidden, ``DomainError`` at
    ``answer``.
    """
    campaign, question = _locked(session, question_id)
    is_own = acts_for(session, campaign.id, actor.person_id)
    if not is_own and Role.COACH not in actor.roles:
        raise ForbiddenError("not_your_campaign")
    if question.answered_at is not None or question.hidden_at is not None:
        raise TransitionError("wrong_state", state="answered", action="answer_question")
    question.answer = checked_text(text, "answer", "answer_missing", ANSWER_MAX_LENGTH)
    question.answered_at, question.answered_by = clock.now(), actor.person_id
    session.flush()
    bump_version(campaign)
    if question.email is not None:
        mails.question_answered(
            session,
            campaign,
            mails.Reader(question.email, question.name, question.locale),
            question.id,
            question.text,
            question.answer,
        )
    _record(session, campaign, question, Action.CAMPAIGN_QUESTION_ANSWERED, actor)


def hide_question(session: Session, *, question_id: UUID, reason: str, actor: Actor) -> None:
    """Keep a question and its answer off the page. A second time changes nothing."""
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    campaign, question = _locked(session, question_id)
    if question.hidden_at is not None:
        return
    if not reason.strip():
        raise DomainError("reason_needed", field="reason")
    question.hidden_at, question.hidden_by = clock.now(), actor.person_id
    question.hidden_reason = reason.strip()
    bump_version(campaign)
    if question.email is not None:
        reader = mails.Reader(question.email, question.name, question.locale)
        turn = f"{question.id}:{question.hidden_at.isoformat()}"
        reason = question.hidden_reason
        mails.question_hidden(session, campaign, reader, turn, question.text, reason)
    _record(session, campaign, question, Action.CAMPAIGN_QUESTION_HIDDEN, actor)


def show_question(session: Session, *, question_id: UUID, actor: Actor) -> None:
    """Show it again. A second time changes nothing."""
    if Role.STAFF not in actor.roles:
        raise ForbiddenError("only_staff")
    campaign, question = _locked(session, question_id)
    if question.hidden_at is None:
        return
    question.hidden_at = question.hidden_by = question.hidden_reason = None
    bump_version(campaign)
    _record(session, campaign, question, Action.CAMPAIGN_QUESTION_SHOWN, actor)


def forget_askers(session: Session) -> None:
    """Throw away what nobody confirmed, and the addresses of who was answered long ago."""
    asking.forget_unconfirmed(session, CampaignQuestion, template=CONFIRM_TEMPLATE)
    before = clock.now() - timedelta(days=ASKER_DAYS)
    session.execute(
        update(CampaignQuestion)
        .where(CampaignQuestion.answered_at < before, CampaignQuestion.email.is_not(None))
        .values(email=None)
    )


def questions_from(session: Session, email: str) -> int:
    """How many questions of an address there are, answered or not."""
    statement = select(func.count(CampaignQuestion.id)).where(CampaignQuestion.email == email)
    return session.scalar(statement) or 0


def forget_questions(session: Session, email: str) -> None:
    """Throw away what an address asked, also what was answered and read by everybody."""
    session.execute(delete(CampaignQuestion).where(CampaignQuestion.email == email))


def _judge_number(session: Session, campaign_id: UUID, email: str) -> None:
    waiting = select(func.count(CampaignQuestion.id)).where(
        CampaignQuestion.campaign_id == campaign_id,
        CampaignQuestion.answered_at.is_(None),
        CampaignQuestion.hidden_at.is_(None),
    )
    if (session.scalar(waiting) or 0) >= MOST_WAITING:
        raise DomainError("questions_full")
    if (session.scalar(waiting.where(CampaignQuestion.email == email)) or 0) >= MOST_OF_ONE:
        raise DomainError("questions_of_one", most=MOST_OF_ONE)


def _campaign_of(session: Session, token: str) -> UUID | None:
    return session.scalar(
        select(CampaignQuestion.campaign_id).where(CampaignQuestion.token_hash == token_hash(token))
    )


def _locked(session: Session, question_id: UUID) -> tuple[Campaign, CampaignQuestion]:
    """The campaign first, then its question."""
    campaign_id = session.scalar(
        select(CampaignQuestion.campaign_id).where(CampaignQuestion.id == question_id)
    )
    if campaign_id is None:
        raise NotFoundError("question_not_found")
    campaign = locked_campaign(session, campaign_id)
    question = locked_question(session, CampaignQuestion, CampaignQuestion.id == question_id)
    if question is None or question.confirmed_at is None:
        raise NotFoundError("question_not_found")
    return campaign, question


def _record(
    session: Session, campaign: Campaign, question: CampaignQuestion, action: Action, actor: Actor
) -> None:
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=campaign_subject(campaign),
        reason=question.hidden_reason,
        detail={"question": str(question.id)},
    )
