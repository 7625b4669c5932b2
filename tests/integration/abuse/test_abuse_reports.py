"""Reporting abuse: at once with staff, bounded, and its reporter protected."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.support.abuse import NOOR, WORDS, confirmed, link_of, report
from tests.support.certain import constraint_of
from tests.support.donor_mails import mails_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.pledges import HiddenWordsFactory, PledgeFactory
from voorjebuurt.abuse import reporting
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.queries import waiting_reports
from voorjebuurt.abuse.rules import (
    BAD_FAITH_DAYS,
    BAD_FAITH_MOST,
    KEPT_DAYS,
    MOST_OF_ONE,
    MOST_UNNAMED,
    UNCONFIRMED_DAYS,
    AbuseReason,
    AbuseThing,
)
from voorjebuurt.abuse.triage import Decision, ask_reporter, decide_report
from voorjebuurt.audit.models import AuditEvent
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", title="Bomen op het plein")


@pytest.fixture
def staff(session: Session) -> Actor:
    return actor_of(PersonFactory(), "staff")


def test_a_report_waits_for_staff_at_once_with_what_the_page_said(
    session: Session, campaign: Campaign
) -> None:
    row = report(session, campaign.id)
    campaign.summary = "Anders."
    session.flush()
    (waiting,) = waiting_reports(session, reader_id=None, limit=10)
    assert (waiting.id, waiting.text, waiting.is_reachable) == (row.id, WORDS, False)
    assert "Het plein is nu grijs en heet." in waiting.shown
    assert mails_of(session, reporting.CONFIRM_TEMPLATE) == []


def test_danger_comes_first(session: Session, campaign: Campaign) -> None:
    first = report(session, campaign.id)
    danger = report(session, campaign.id, reason=AbuseReason.DANGER, text="Iemand dreigt.")
    rows = waiting_reports(session, reader_id=None, limit=10)
    assert [row.id for row in rows] == [danger.id, first.id]
    (only,) = waiting_reports(session, reader_id=None, reason="fraud", limit=10)
    assert only.id == first.id


def test_an_address_is_mailed_a_link_and_none_of_its_words(
    session: Session, campaign: Campaign
) -> None:
    row, token = confirmed(session, campaign.id)
    reporting.confirm_report(session, token=token)
    assert row.confirmed_at is not None
    (mail,) = mails_of(session, reporting.CONFIRM_TEMPLATE)
    assert mail.recipient == NOOR
    assert WORDS not in str(mail.context)
    assert NOOR not in str([event.detail for event in session.scalars(select(AuditEvent))])


def test_who_is_signed_in_confirms_nothing(session: Session, campaign: Campaign) -> None:
    row = report(session, campaign.id, email=NOOR, is_own=True)
    assert row.confirmed_at is not None
    assert mails_of(session, reporting.CONFIRM_TEMPLATE) == []


def test_the_same_words_again_are_one_report(session: Session, campaign: Campaign) -> None:
    assert report(session, campaign.id).id == report(session, campaign.id).id


@pytest.mark.parametrize("status", ["draft", "submitted", "rejected", "withdrawn"])
def test_what_nobody_can_read_is_not_reported(session: Session, status: str) -> None:
    with pytest.raises(NotFoundError):
        report(session, CampaignFactory(status=status).id)


def test_a_hidden_message_is_not_reported_again(session: Session, campaign: Campaign) -> None:
    gift = PledgeFactory(campaign=campaign, message="Weg met de buren.")
    row = report(session, gift.id, thing=AbuseThing.GIFT_MESSAGE)
    assert row.shown == "Weg met de buren."
    HiddenWordsFactory(pledge=gift)
    with pytest.raises(NotFoundError):
        report(session, gift.id, thing=AbuseThing.GIFT_MESSAGE, text="Nog eens.")


def test_reports_are_bounded_and_an_address_is_heard_when_the_list_is_full(
    session: Session, campaign: Campaign
) -> None:
    for number in range(MOST_UNNAMED):
        report(session, campaign.id, text=f"Nummer {number}")
    with pytest.raises(DomainError) as error:
        report(session, campaign.id, text="Nog een.")
    assert (error.value.code, error.value.field) == ("abuse_unnamed_full", "email")
    for number in range(MOST_OF_ONE):
        report(session, campaign.id, text=f"Van Noor {number}", email=NOOR)
    with pytest.raises(DomainError) as error:
        report(session, campaign.id, text="Nog een van Noor.", email=NOOR)
    assert error.value.code == "abuse_of_one"


def test_after_some_in_bad_faith_an_address_waits(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    for number in range(BAD_FAITH_MOST):
        row, _ = confirmed(session, campaign.id, text=f"Onzin {number}")
        dishonest = Decision(None, "Dit klopt niet.", in_bad_faith=True)
        decide_report(session, report_id=row.id, decision=dishonest, actor=staff)
    with pytest.raises(DomainError) as error:
        report(session, campaign.id, text="Weer onzin", email=NOOR)
    assert (error.value.code, error.value.field) == ("abuse_bad_faith", "email")
    assert report(session, campaign.id, text="Van een ander", email="ali@voorbeeld.example")
    with clock.at(clock.now() + timedelta(days=BAD_FAITH_DAYS + 1)):
        assert report(session, campaign.id, text="Nu echt", email=NOOR)


def test_nobody_is_kept_out_by_what_others_send_in_their_name(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    for number in range(BAD_FAITH_MOST):
        row = report(session, campaign.id, text=f"Onzin {number}", email=NOOR)
        dishonest = Decision(None, "Dit klopt niet.", in_bad_faith=True)
        decide_report(session, report_id=row.id, decision=dishonest, actor=staff)
    assert report(session, campaign.id, text="Echt van Noor", email=NOOR)


def test_who_reported_answers_staff_once(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    row, token = confirmed(session, campaign.id)
    with pytest.raises(DomainError) as error:
        reporting.reply_to_staff(session, token=token, text="Zomaar.")
    assert error.value.code == "abuse_reply_late"
    ask_reporter(session, report_id=row.id, text="Welke stad?", actor=staff)
    link_to_answer = link_of(session, row, reporting.ASK_TEMPLATE)
    for link in (link_to_answer, token):
        reporting.reply_to_staff(session, token=link, text="Arnhem.")
    assert row.reply == "Arnhem."
    with pytest.raises(DomainError):
        reporting.reply_to_staff(session, token=token, text="Toch Nijmegen.")


def test_unconfirmed_addresses_and_old_reports_are_forgotten(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    guest_row = report(session, campaign.id, email="ali@voorbeeld.example", text="Ali")
    decided_row, _ = confirmed(session, campaign.id)
    decision = Decision(None, "Dit mag.")
    decide_report(session, report_id=decided_row.id, decision=decision, actor=staff)
    with clock.at(clock.now() + timedelta(days=UNCONFIRMED_DAYS + 1)):
        reporting.forget_reporters(session)
    session.expire_all()
    assert guest_row.email is None
    assert decided_row.email == NOOR
    with clock.at(clock.now() + timedelta(days=KEPT_DAYS + 1)):
        reporting.forget_reporters(session)
    assert [row.text for row in session.scalars(select(AbuseReport))] == ["Ali"]


def test_an_erased_address_goes_off_its_reports(session: Session, campaign: Campaign) -> None:
    row, _ = confirmed(session, campaign.id)
    assert reporting.reports_from(session, NOOR) == 1
    reporting.forget_reporter(session, NOOR)
    session.expire_all()
    assert (row.email, row.text) == (None, WORDS)


@pytest.mark.parametrize("change", ["text = 'Anders'", "shown = ''", "reported_at = now()"])
def test_the_database_keeps_what_was_reported(
    session: Session, campaign: Campaign, change: str
) -> None:
    report(session, campaign.id)
    with pytest.raises(DBAPIError) as error:
        session.execute(text(f"UPDATE abuse_reports SET {change}"))
    assert constraint_of(error.value) == "abuse_report_fixed"
