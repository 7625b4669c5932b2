"""What staff do with a report: one of them looks, something is done or not, and both sides hear."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.abuse import NOOR, confirmed, report
from tests.support.certain import constraint_of
from tests.support.donor_mails import mails_of, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of, coach
from tests.support.factories.pledges import PledgeFactory
from tests.support.updates import publish_update
from voorjebuurt.abuse import triage
from voorjebuurt.abuse.queries import decided_reports, report_by_id, waiting_reports
from voorjebuurt.abuse.rules import AbuseMeasure, AbuseThing
from voorjebuurt.abuse.triage import Decision
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.updates.texts import Audience, UpdateText
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, ForbiddenError, TransitionError
from voorjebuurt.payouts.staff_news import ABUSE, news_for_staff
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.gift_words import gift_words

REASON, ANSWER = "De foto is niet van dit plein.", "U had gelijk. Dank u wel."
PAUSE = Decision(AbuseMeasure.PAUSE, ANSWER, REASON)


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", title="Bomen op het plein")


@pytest.fixture
def staff(session: Session) -> Actor:
    return member()


def member() -> Actor:
    person = PersonFactory()
    RoleGrantFactory(person_id=person.id, role="staff")
    return actor_of(person, "staff")


def test_one_of_staff_takes_it_and_a_colleague_takes_it_over(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    row, colleague = report(session, campaign.id), member()
    for _ in range(2):
        triage.take_report(session, report_id=row.id, actor=staff)
    with pytest.raises(TransitionError):
        triage.take_report(session, report_id=row.id, actor=colleague)
    with pytest.raises(TransitionError):
        triage.put_back(session, report_id=row.id, actor=colleague)
    triage.take_report(session, report_id=row.id, over=True, actor=colleague)
    session.flush()
    mine = waiting_reports(session, reader_id=None, taken_by=colleague.person_id, limit=9)
    assert [each.id for each in mine] == [row.id]
    for _ in range(2):
        triage.put_back(session, report_id=row.id, actor=colleague)
    assert row.taken_by is None


def test_nobody_sees_or_decides_on_reports_about_their_own_campaign(session: Session) -> None:
    person = PersonFactory()
    campaign = CampaignFactory(status="live", initiator=person)
    row = report(session, campaign.id)
    assert waiting_reports(session, reader_id=person.id, limit=9) == []
    assert report_by_id(session, row.id, reader_id=person.id) is None
    with pytest.raises(ForbiddenError):
        triage.decide_report(
            session, report_id=row.id, decision=PAUSE, actor=actor_of(person, "staff")
        )
    with pytest.raises(ForbiddenError):
        triage.take_report(session, report_id=row.id, actor=coach())


def test_giving_stops_at_once_with_one_press(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    row = report(session, campaign.id)
    for _ in range(2):
        triage.pause_at_once(session, report_id=row.id, reason="Melding.", actor=staff)
    assert campaign.pledges_stopped_at is not None
    assert row.outcome is None
    assert len(mails_of(session, "campaign_paused")) == 1


def test_a_measure_is_told_to_both_and_neither_hears_of_the_other(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    row, _ = confirmed(session, campaign.id)
    triage.decide_report(session, report_id=row.id, decision=PAUSE, actor=staff)
    assert campaign.pledges_stopped_at is not None
    (statement,) = mails_of(session, "abuse_measure")
    assert statement.recipient == session.get_one(Person, campaign.initiator_id).email
    assert REASON in words_of(statement)
    assert "binnen zes maanden" in words_of(statement)
    assert "rechter" in words_of(statement)
    assert NOOR not in str(statement.context)
    (outcome,) = mails_of(session, "abuse_decided")
    assert outcome.recipient == NOOR
    assert ANSWER in words_of(outcome)
    assert REASON not in words_of(outcome)
    (row_after,) = decided_reports(session, reader_id=None, limit=9)
    assert (row_after.outcome, row_after.measure) == ("measure", "pause")


def test_a_dismissal_is_told_to_who_reported_only(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    row, _ = confirmed(session, campaign.id)
    triage.decide_report(
        session, report_id=row.id, decision=Decision(None, "Dit mag."), actor=staff
    )
    (outcome,) = mails_of(session, "abuse_decided")
    assert "Dit mag." in words_of(outcome)
    assert mails_of(session, "abuse_measure") == []
    assert campaign.pledges_stopped_at is None


def test_an_unconfirmed_address_hears_nothing(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    row = report(session, campaign.id, email=NOOR)
    with pytest.raises(DomainError) as error:
        triage.ask_reporter(session, report_id=row.id, text="Welke stad?", actor=staff)
    assert (error.value.code, error.value.field) == ("abuse_unreachable", "question")
    triage.decide_report(
        session, report_id=row.id, decision=Decision(None, "Dit mag."), actor=staff
    )
    assert mails_of(session, "abuse_decided") == []


def test_stopping_pays_everybody_back(session: Session, campaign: Campaign, staff: Actor) -> None:
    row = report(session, campaign.id)
    stop = Decision(AbuseMeasure.STOP, ANSWER, REASON)
    triage.decide_report(session, report_id=row.id, decision=stop, actor=staff)
    assert campaign.status == "cancelled"
    (mail,) = mails_of(session, "campaign_cancelled")
    assert REASON in words_of(mail)


def test_hidden_words_go_off_the_page_and_their_writer_reads_why(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    news = UpdateText("Nieuws", "Weg met hem.", Audience.EVERYBODY)
    update = publish_update(session, campaign, news)
    gift = PledgeFactory(campaign=campaign, message="Weg met haar.")
    hide = Decision(AbuseMeasure.HIDE, ANSWER, REASON)
    for thing, thing_id in ((AbuseThing.UPDATE, update.id), (AbuseThing.GIFT_MESSAGE, gift.id)):
        row = report(session, thing_id, thing=thing)
        triage.decide_report(session, report_id=row.id, decision=hide, actor=staff)
    assert update.hidden_reason == REASON
    words = gift_words(session, gift.id)
    assert words is not None
    assert words.hidden_parts["message"].reason == REASON
    for template in ("update_hidden", "words_hidden"):
        (mail,) = mails_of(session, template)
        assert "binnen zes maanden" in words_of(mail)


def test_a_page_of_a_campaign_is_stopped_and_not_hidden(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    row = report(session, campaign.id)
    hide = Decision(AbuseMeasure.HIDE, ANSWER, REASON)
    with pytest.raises(DomainError) as error:
        triage.decide_report(session, report_id=row.id, decision=hide, actor=staff)
    assert (error.value.code, error.value.field) == ("abuse_measure_not_possible", "measure")


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (Decision(None, ""), "answer"),
        (Decision(AbuseMeasure.PAUSE, ANSWER, " "), "statement"),
        (Decision(AbuseMeasure.PAUSE, ANSWER, "x" * 1_001), "statement"),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_nothing_is_done(
    session: Session, campaign: Campaign, staff: Actor, decision: Decision, field: str
) -> None:
    row = report(session, campaign.id)
    with pytest.raises(DomainError) as error:
        triage.decide_report(session, report_id=row.id, decision=decision, actor=staff)
    assert error.value.field == field
    assert campaign.pledges_stopped_at is None


def test_the_other_reports_of_the_same_are_decided_along(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    first = report(session, campaign.id)
    second, _ = confirmed(session, campaign.id, text="Ik zag het ook.")
    gift = PledgeFactory(campaign=campaign, message="Weg met haar.")
    elsewhere = report(session, gift.id, thing=AbuseThing.GIFT_MESSAGE)
    along = Decision(AbuseMeasure.PAUSE, ANSWER, REASON, with_others=True)
    triage.decide_report(session, report_id=first.id, decision=along, actor=staff)
    assert (second.outcome, elsewhere.outcome) == ("measure", None)
    assert len(mails_of(session, "abuse_measure")) == 1
    assert len(mails_of(session, "abuse_decided")) == 1


def test_nothing_is_decided_twice(session: Session, campaign: Campaign, staff: Actor) -> None:
    row = report(session, campaign.id)
    triage.decide_report(
        session, report_id=row.id, decision=Decision(None, "Dit mag."), actor=staff
    )
    with pytest.raises(TransitionError):
        triage.decide_report(session, report_id=row.id, decision=PAUSE, actor=member())
    with pytest.raises(DBAPIError) as error:
        session.execute(text("UPDATE abuse_reports SET answer = 'Anders'"))
    assert constraint_of(error.value) == "abuse_report_fixed"


def test_staff_are_mailed_about_it_but_not_who_runs_the_campaign(
    session: Session, campaign: Campaign
) -> None:
    report(session, campaign.id)
    report(session, campaign.id, text="Nog iets.")
    (news,) = (each for each in news_for_staff(session) if each.kind == ABUSE)
    assert news.title == campaign.title
    assert news.not_for == {campaign.initiator_id}
