"""Half of the goal, the minimum and the goal: told once each, and never as more than they are."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.donor_mails import mails_of, tell_all, waiting_news, words_of
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import attempt, give_back, mails, paid, pledge, tell
from tests.support.promised import from_the_start
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.kernel import clock
from voorjebuurt.people.models import Person
from voorjebuurt.pledges.booking import book_payment
from voorjebuurt.pledges.models import Pledge

NOW = datetime(2026, 6, 1, 10, 0, tzinfo=UTC)
Give = Callable[[int], Pledge]


@pytest.fixture
def campaign(session: Session) -> Campaign:
    with clock.at(NOW):
        return CampaignFactory(
            status="live", goal_cents=10_000, minimum_cents=8_000, title="Bomen op het plein"
        )


@pytest.fixture
def give(session: Session, campaign: Campaign) -> Give:
    """A gift of an amount, each an hour after the one before and from another address."""
    hours = iter(range(100))

    def gift(cents: int) -> Pledge:
        hour = next(hours)
        with clock.at(NOW + timedelta(hours=hour)):
            address = f"buur{hour}@voorbeeld.example"
            return paid(session, campaign, amount_cents=cents, email=address)[0]

    return gift


def marks(session: Session) -> list[str]:
    """The subjects of the mails about marks, in the order in which they were written."""
    messages = sorted(mails_of(session, "campaign_mark"), key=lambda each: each.created_at)
    return [words_of(message).splitlines()[0].partition(": ")[2] for message in messages]


def test_each_mark_is_told_when_it_is_reached(
    session: Session, campaign: Campaign, give: Give
) -> None:
    give(4_999)
    assert marks(session) == []
    give(100)
    assert marks(session) == ["de helft van het doel is bereikt, € 50,99"]
    give(2_901)
    give(1_000)
    give(1_000)
    assert marks(session)[1:] == ["het minimum is bereikt, € 80", "het doel is bereikt, € 100"]
    initiator = session.get_one(Person, campaign.initiator_id)
    assert {each.recipient for each in mails_of(session, "campaign_mark")} == {initiator.email}


def test_a_gift_that_passes_all_marks_makes_one_mail(session: Session, give: Give) -> None:
    give(10_000)
    assert marks(session) == ["het doel is bereikt, € 100"]


def test_a_mark_that_was_lost_and_comes_again_is_told_once(session: Session, give: Give) -> None:
    gift = give(8_000)
    give_back(session, gift)
    give(8_500)
    tell_all(session)
    assert marks(session) == ["het minimum is bereikt, € 80"]
    assert len(waiting_news(session)) == 1


def test_donors_hear_once_that_the_minimum_is_reached(session: Session, give: Give) -> None:
    first, second = give(4_000), give(4_000)
    give(2_000)
    (news,) = waiting_news(session)
    assert news["context"]["total_cents"] == 8_000
    tell_all(session)
    messages = mails_of(session, "minimum_reached_donor")
    assert {first.email, second.email} <= {message.recipient for message in messages}
    words = words_of(messages[0])
    assert "Bomen op het plein: het minimum is bereikt, € 80" in words
    assert "Is dat na" in words
    assert "gemeente" not in words


def test_a_campaign_that_keeps_what_comes_has_no_minimum_to_tell(
    session: Session, campaign: Campaign, give: Give
) -> None:
    with from_the_start(session):
        campaign.kind, campaign.minimum_cents = "keep_what_comes", 10_000
    give(10_000)
    assert marks(session) == ["het doel is bereikt, € 100"]
    assert waiting_news(session) == []
    assert "genoeg geld" not in words_of(mails_of(session, "campaign_mark")[0])


def test_a_campaign_that_is_over_comes_to_no_marks(session: Session, campaign: Campaign) -> None:
    with clock.at(NOW):
        payment = tell(session, attempt(session, pledge(session, campaign, amount_cents=10_000)))
        campaign.status = "closing"
        book_payment(session, payment_id=payment.id)
    assert "receipt" in mails(session)
    assert marks(session) == []


def test_the_database_keeps_one_of_each_mark(session: Session, give: Give) -> None:
    give(10_000)
    again = "INSERT INTO campaign_marks SELECT campaign_id, mark, reached_at FROM campaign_marks"
    with pytest.raises(IntegrityError, match="pk_campaign_marks"):
        session.execute(text(again))
