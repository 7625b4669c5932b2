"""Questions about a campaign: read by nobody before confirmation, answered once, bounded."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.certain import constraint_of
from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of, coach
from tests.support.mailed_links import mailed_token
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.questions import service
from voorjebuurt.campaigns.questions.models import CampaignQuestion
from voorjebuurt.campaigns.questions.queries import open_questions, public_questions, waiting_for
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    NotFoundError,
    TransitionError,
)
from voorjebuurt.people.models import Person

NOOR = "noor@voorbeeld.example"
QUESTION, ANSWER = "Wie geeft de planten water?", "Twaalf gezinnen, om de beurt."


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", title="Bomen op het plein")


def ask(session: Session, campaign: Campaign, email: str = NOOR, name: str = "Noor") -> str:
    """The secret of the mailed link."""
    words = service.Asking(text=QUESTION, name=name, email=email, locale="nl")
    question_id = service.ask(session, campaign_id=campaign.id, asking_words=words)
    mails = mails_of(session, service.CONFIRM_TEMPLATE)
    (mail,) = (mail for mail in mails if mail.context["link_id"] == str(question_id))
    assert QUESTION not in str(mail.context), "no words to an address that nobody confirmed"
    return mailed_token(session, mail)


def confirmed(session: Session, campaign: Campaign, **values: str) -> CampaignQuestion:
    token = ask(session, campaign, **values)
    service.confirm(session, token=token)
    session.flush()
    newest = select(CampaignQuestion).order_by(CampaignQuestion.id.desc()).limit(1)
    return session.scalars(newest).one()


def shown(session: Session, campaign: Campaign) -> list[str]:
    return [row.text for row in public_questions(session, campaign.id, limit=10)]


def initiator(session: Session, campaign: Campaign) -> Person:
    return session.get_one(Person, campaign.initiator_id)


def test_a_question_is_on_the_page_once_its_address_is_confirmed(
    session: Session, campaign: Campaign
) -> None:
    token = ask(session, campaign)
    assert shown(session, campaign) == []
    assert mails_of(session, "campaign_asked") == []
    for _ in range(2):
        service.confirm(session, token=token)
    assert shown(session, campaign) == [QUESTION]
    (mail,) = mails_of(session, "campaign_asked")
    assert mail.recipient == initiator(session, campaign).email
    assert "Noor vraagt over uw actie" in words_of(mail)
    assert waiting_for(session, campaign.id) == 1


def test_the_initiator_answers_once_and_who_asked_is_mailed(
    session: Session, campaign: Campaign
) -> None:
    question, actor = confirmed(session, campaign), actor_of(initiator(session, campaign))
    service.answer(session, question_id=question.id, text=ANSWER, actor=actor)
    (row,) = public_questions(session, campaign.id, limit=10)
    assert (row.answer, row.is_by_coach) == (ANSWER, False)
    (mail,) = mails_of(session, "campaign_question_answered")
    assert mail.recipient == NOOR
    with pytest.raises(TransitionError):
        service.answer(session, question_id=question.id, text="Anders.", actor=actor)


def test_a_coach_may_answer_and_nobody_else(session: Session, campaign: Campaign) -> None:
    question = confirmed(session, campaign)
    assert [row.id for row in open_questions(session, limit=10)] == [question.id]
    with pytest.raises(ForbiddenError):
        service.answer(
            session, question_id=question.id, text=ANSWER, actor=actor_of(PersonFactory())
        )
    service.answer(session, question_id=question.id, text=ANSWER, actor=coach())
    (row,) = public_questions(session, campaign.id, limit=10)
    assert row.is_by_coach
    assert open_questions(session, limit=10) == []


def test_who_asked_takes_it_back_with_its_answer(session: Session, campaign: Campaign) -> None:
    token = ask(session, campaign)
    service.confirm(session, token=token)
    question = session.scalars(select(CampaignQuestion)).one()
    actor = actor_of(initiator(session, campaign))
    service.answer(session, question_id=question.id, text=ANSWER, actor=actor)
    for _ in range(2):
        service.take_back(session, token=token)
    session.flush()
    assert shown(session, campaign) == []
    with pytest.raises(DomainError):
        service.confirm(session, token=token)


def test_staff_hide_it_and_who_asked_reads_why(session: Session, campaign: Campaign) -> None:
    question, staff = confirmed(session, campaign), actor_of(PersonFactory(), "staff")
    with pytest.raises(ForbiddenError):
        service.hide_question(session, question_id=question.id, reason="x", actor=coach())
    for _ in range(2):
        service.hide_question(
            session, question_id=question.id, reason="Noemt een buurvrouw.", actor=staff
        )
    assert shown(session, campaign) == []
    assert waiting_for(session, campaign.id) == 0
    (mail,) = mails_of(session, "campaign_question_hidden")
    assert "Noemt een buurvrouw." in words_of(mail)
    for _ in range(2):
        service.show_question(session, question_id=question.id, actor=staff)
    assert shown(session, campaign) == [QUESTION]


def test_questions_are_bounded(
    session: Session, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(service.MOST_OF_ONE):
        ask(session, campaign)
    with pytest.raises(DomainError) as error:
        ask(session, campaign)
    assert error.value.code == "questions_of_one"
    monkeypatch.setattr(service, "MOST_WAITING", service.MOST_OF_ONE)
    with pytest.raises(DomainError) as error:
        ask(session, campaign, email="ali@voorbeeld.example")
    assert error.value.code == "questions_full"


@pytest.mark.parametrize(("words", "field"), [("", "text"), ("x" * 1_001, "text")])
def test_what_is_not_right_is_told_at_its_field(
    session: Session, campaign: Campaign, words: str, field: str
) -> None:
    asking = service.Asking(text=words, name="", email=NOOR, locale="nl")
    with pytest.raises(DomainError) as error:
        service.ask(session, campaign_id=campaign.id, asking_words=asking)
    assert error.value.field == field


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "rejected", "withdrawn"])
def test_nobody_asks_about_what_is_not_public(session: Session, status: str) -> None:
    with pytest.raises(NotFoundError):
        ask(session, CampaignFactory(status=status))


def test_what_nobody_confirms_is_forgotten_and_addresses_are_in_the_end(
    session: Session, campaign: Campaign
) -> None:
    ask(session, campaign, email="ali@voorbeeld.example")
    question, actor = confirmed(session, campaign), actor_of(initiator(session, campaign))
    service.answer(session, question_id=question.id, text=ANSWER, actor=actor)
    with clock.at(clock.now() + timedelta(days=service.ASKER_DAYS + 1)):
        service.forget_askers(session)
    session.expire_all()
    (row,) = session.scalars(select(CampaignQuestion))
    assert (row.text, row.email) == (QUESTION, None)


def test_an_address_that_is_erased_takes_its_questions_along(
    session: Session, campaign: Campaign
) -> None:
    question, actor = confirmed(session, campaign), actor_of(initiator(session, campaign))
    service.answer(session, question_id=question.id, text=ANSWER, actor=actor)
    assert service.questions_from(session, NOOR) == 1
    service.forget_questions(session, NOOR)
    assert shown(session, campaign) == []


@pytest.mark.parametrize("change", ["text = 'Anders'", "answer = 'Anders'", "answered_at = now()"])
def test_the_database_keeps_what_was_answered(
    session: Session, campaign: Campaign, change: str
) -> None:
    question, actor = confirmed(session, campaign), actor_of(initiator(session, campaign))
    service.answer(session, question_id=question.id, text=ANSWER, actor=actor)
    session.flush()
    with pytest.raises(DBAPIError) as error:
        session.execute(text(f"UPDATE campaign_questions SET {change}"))
    assert constraint_of(error.value) == "campaign_question_fixed"
