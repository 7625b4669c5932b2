"""What all donors of a campaign are told: once each, however many they are and whatever breaks."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.donor_mails import mails_of, tell_all, waiting_news, words_of
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.pledges import PledgeFactory
from tests.support.giving import give_back, own_refund, paid, refund_facts, tell_refund
from tests.support.sending import send_now
from voorjebuurt.campaigns import service
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people.models import Person
from voorjebuurt.pledges import closing, tasks
from voorjebuurt.pledges.donor_news import mail_next_donors, tell_donors
from voorjebuurt.pledges.rules import RefundReason
from voorjebuurt.settings import Settings


@pytest.fixture
def campaign(session: Session) -> Campaign:
    return CampaignFactory(status="live", title="Bomen op het plein")


@pytest.fixture
def staff(session: Session) -> Actor:
    return actor_of(PersonFactory(), "staff")


def test_a_donor_is_told_once_with_the_sum_of_the_gifts_that_count(
    session: Session, campaign: Campaign
) -> None:
    PledgeFactory(campaign=campaign, email="noor@voorbeeld.example", status="refunded")
    last = PledgeFactory(campaign=campaign, email="noor@voorbeeld.example", amount_cents=1_000)
    last.booked_at = certain(last.booked_at) + timedelta(days=1)
    PledgeFactory(campaign=campaign, email="noor@voorbeeld.example", amount_cents=2_000)
    PledgeFactory(campaign=campaign, email="ali@voorbeeld.example", status="refunded")
    PledgeFactory(campaign=campaign, email="bo@voorbeeld.example", status="open")
    PledgeFactory(campaign=campaign, email=None, name="", name_public=False)
    tell_donors(session, campaign_id=campaign.id, template="campaign_resumed_donor")
    tell_all(session)
    tell_all(session)
    (message,) = mails_of(session, "campaign_resumed_donor")
    assert message.recipient == "noor@voorbeeld.example"
    assert message.context["amount_cents"] == 3_000
    assert message.context["gift_path"] == f"/giften/{last.token}"


def test_a_gift_that_goes_back_and_another_that_comes_make_no_second_mail(
    session: Session, campaign: Campaign
) -> None:
    gift, _ = paid(session, campaign)
    tell_donors(session, campaign_id=campaign.id, template="campaign_resumed_donor")
    tell_all(session)
    give_back(session, gift)
    with clock.at(clock.now() + timedelta(minutes=1)):
        paid(session, campaign)
    tell_all(session)
    assert len(mails_of(session, "campaign_resumed_donor")) == 1


def test_a_batch_ends_where_it_should(session: Session, campaign: Campaign) -> None:
    PledgeFactory.create_batch(5, campaign=campaign)
    tell_donors(session, campaign_id=campaign.id, template="campaign_resumed_donor")
    tell_all(session, limit=2)
    assert len(mails_of(session, "campaign_resumed_donor")) == 5


def test_a_job_that_broke_off_is_run_again_and_nobody_gets_two(
    fresh_database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh_database.writing() as session, building_in(session):
        campaign = CampaignFactory(status="live")
        PledgeFactory.create_batch(5, campaign=campaign)
    monkeypatch.setattr(tasks, "_DONORS_AT_ONCE", 2)
    write, batches = mail_next_donors, iter([False, True])

    def breaking(session: Session, **values: object) -> int:
        count = write(session, **values)  # type: ignore[arg-type]
        if next(batches, False):
            raise RuntimeError("the power went")
        return count

    monkeypatch.setattr(tasks, "mail_next_donors", breaking)
    runtime = Runtime(fresh_database, settings)
    job = {"campaign_id": str(campaign.id), "template": "campaign_resumed_donor", "fact": "x"}
    with pytest.raises(RuntimeError):
        tasks.tell_donors(runtime, **job, context={})
    assert _count(fresh_database) == 2
    tasks.tell_donors(runtime, **job, context={})
    assert _count(fresh_database) == 5


def _count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(MailMessage.recipient.distinct()))) or 0


def test_a_stop_of_giving_is_told_and_so_is_its_end(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    gift, _ = paid(session, campaign)
    initiator = session.get_one(Person, campaign.initiator_id)
    for _ in range(2):
        service.stop_pledges(session, campaign_id=campaign.id, reason="Vals?", actor=staff)
    for _ in range(2):
        service.resume_pledges(session, campaign_id=campaign.id, reason="Goed", actor=staff)
    assert len(waiting_news(session)) == 2
    tell_all(session)
    for template, address in [
        ("campaign_paused", initiator.email),
        ("campaign_resumed", initiator.email),
        ("campaign_paused_donor", gift.email),
        ("campaign_resumed_donor", gift.email),
    ]:
        (message,) = mails_of(session, template)
        words = words_of(message)
        assert message.recipient == address
        assert "Bomen op het plein" in words
        assert "Vals?" not in words  # the reason is for staff
        assert "Goed" not in words


def test_a_second_stop_is_told_again(session: Session, campaign: Campaign, staff: Actor) -> None:
    paid(session, campaign)
    for day in range(2):
        with clock.at(clock.now() + timedelta(days=day)):
            service.stop_pledges(session, campaign_id=campaign.id, reason="Melding", actor=staff)
            service.resume_pledges(session, campaign_id=campaign.id, reason="", actor=staff)
    tell_all(session)
    assert len(mails_of(session, "campaign_paused")) == 2
    assert len(mails_of(session, "campaign_paused_donor")) == 2


def test_what_does_not_hold_any_more_is_not_sent(
    session: Session, settings: Settings, campaign: Campaign, staff: Actor
) -> None:
    paid(session, campaign)
    service.stop_pledges(session, campaign_id=campaign.id, reason="Melding", actor=staff)
    tell_all(session)
    (stop,) = mails_of(session, "campaign_paused_donor")
    service.resume_pledges(session, campaign_id=campaign.id, reason="", actor=staff)
    tell_all(session)
    (end,) = mails_of(session, "campaign_resumed_donor")
    send_now(session, settings, stop)
    send_now(session, settings, end)
    assert (stop.sent_at, stop.dropped_at is None) == (None, False)
    assert end.sent_at is not None


def test_a_stop_that_lasts_is_sent(
    session: Session, settings: Settings, campaign: Campaign, staff: Actor
) -> None:
    paid(session, campaign)
    service.stop_pledges(session, campaign_id=campaign.id, reason="Melding", actor=staff)
    tell_all(session)
    (message,) = mails_of(session, "campaign_paused_donor")
    send_now(session, settings, message)
    assert message.sent_at is not None


def test_donors_of_a_campaign_that_was_stopped_read_why(
    session: Session, campaign: Campaign, staff: Actor
) -> None:
    gift, payment = paid(session, campaign)
    reason = "De groep trok zich terug."
    closing.cancel_campaign(session, campaign_id=campaign.id, reason=reason, actor=staff)
    give_back(session, gift, RefundReason.CAMPAIGN_CANCELLED)
    (message,) = mails_of(session, "refund_asked")
    words = words_of(message)
    assert reason in words
    assert "de rekening waarmee u betaalde" in words
    tell_refund(session, payment, refund_facts("refunded", refund=own_refund(session, payment)))
    (last,) = mails_of(session, "refunded")
    assert "ziet u waar uw geld is" in words_of(last)


def test_a_gift_that_goes_back_for_another_reason_has_no_words_of_staff(
    session: Session, campaign: Campaign
) -> None:
    gift, _ = paid(session, campaign)
    give_back(session, gift)
    (message,) = mails_of(session, "refund_asked")
    assert "De reden:" not in words_of(message)
