"""A present is told while its donor takes the gift back: one comes first, and nobody is told of a
gift that went back."""

from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.at_once import at_once, without_errors
from tests.support.deeds_at_once import Build
from tests.support.factories.campaigns import CampaignFactory
from tests.support.giving import paid
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.db import Database
from voorjebuurt.mail.conditions import holds
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.pledges.corrections.taking_back import take_back
from voorjebuurt.pledges.dedications.choosing import dedicate
from voorjebuurt.pledges.dedications.models import Dedication
from voorjebuurt.pledges.dedications.presents import TEMPLATE, tell_next_presents
from voorjebuurt.pledges.dedications.rules import DedicationKind, DedicationWish
from voorjebuurt.pledges.models import Pledge
from voorjebuurt.pledges.rules import PledgeStatus

SECONDS = 20


@pytest.fixture
def gift(build: Build) -> Pledge:
    deadline = clock.today() + timedelta(days=9)
    wish = DedicationWish(
        DedicationKind.PRESENT, "Bo", email="bo@elders.example", tell_on=clock.today()
    )

    def made(session: Session) -> Pledge:
        campaign = CampaignFactory(
            status="live", deadline_on=deadline, closes_at=clock.end_of_day(deadline)
        )
        pledge = paid(session, campaign)[0]
        dedicate(session, pledge=pledge, wish=wish)
        return pledge

    return build(made)


@pytest.mark.parametrize("is_told_first", [True, False])
def test_a_present_that_is_taken_back_is_never_mailed(
    fresh_database: Database, gift: Pledge, is_told_first: bool
) -> None:
    """Who comes second waits for the first, or passes over what it holds; also in a crowd."""
    holding, let_go = Event(), Event()

    def tell() -> int:
        noon = clock.end_of_day(clock.today()) - timedelta(hours=12)
        if not is_told_first:
            assert holding.wait(SECONDS)
        with fresh_database.writing() as session:
            with clock.at(noon):
                count = tell_next_presents(session, limit=9)
            if is_told_first:
                holding.set()
                let_go.wait(1)
        if not is_told_first:
            let_go.set()
        return count

    def give_back() -> int:
        if is_told_first:
            assert holding.wait(SECONDS)
        with fresh_database.writing() as session:
            take_back(session, token=gift.token, actor=GUEST)
            if not is_told_first:
                holding.set()
                assert let_go.wait(SECONDS)
        let_go.set()
        return 0

    count, _ = without_errors(at_once(tell, give_back))
    assert count == (1 if is_told_first else 0)
    with fresh_database.reading() as session:
        assert session.get_one(Pledge, gift.id).status == PledgeStatus.REFUNDING
        row = session.get_one(Dedication, gift.id)
        assert (row.told_at is not None) is is_told_first
        mails = session.scalars(select(MailMessage).where(MailMessage.template == TEMPLATE)).all()
        assert len(mails) == count
        assert not any(holds(session, TEMPLATE, message.context) for message in mails)


def test_at_once_without_an_order_it_is_never_mailed(
    fresh_database: Database, gift: Pledge
) -> None:
    def tell() -> int:
        noon = clock.end_of_day(clock.today()) - timedelta(hours=12)
        with fresh_database.writing() as session, clock.at(noon):
            return tell_next_presents(session, limit=9)

    def give_back() -> int:
        with fresh_database.writing() as session:
            take_back(session, token=gift.token, actor=GUEST)
        return 0

    counts = without_errors(at_once(tell, give_back, tell))
    with fresh_database.reading() as session:
        mails = session.scalars(select(MailMessage).where(MailMessage.template == TEMPLATE)).all()
        assert len(mails) == sum(counts) <= 1
        assert not any(holds(session, TEMPLATE, message.context) for message in mails)
