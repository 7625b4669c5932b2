"""Gifts that were never paid keep their donor for a term, and no longer."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.support.factories.campaigns import CampaignFactory
from tests.support.factories.payments import PaymentFactory
from tests.support.factories.pledges import HiddenWordsFactory, PledgeFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST
from voorjebuurt.kernel.batches import in_batches
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.pledges.erasing.detaching import detach_donor, detach_unpaid
from voorjebuurt.pledges.gifts import gift_by_token
from voorjebuurt.pledges.models import HiddenWords, Pledge
from voorjebuurt.pledges.service import start_attempt
from voorjebuurt.pledges.tasks import forget_unpaid
from voorjebuurt.settings import Settings


def unpaid(session: Session, **fields: object) -> Pledge:
    fields = {"created_at": clock.now(), "message": "Succes!", "postcode": "1234AB", **fields}
    return PledgeFactory(campaign=CampaignFactory(status="live"), status="open", **fields)


def kept(session: Session, *pledges: Pledge) -> Sequence[bool]:
    session.expire_all()
    return [pledge.email is not None for pledge in pledges]


def test_who_a_gift_was_from_is_forgotten_on_the_day_of_the_settings(
    fresh_database: Database, settings: Settings, committing: Committing
) -> None:
    with committing() as session:
        pledge_id = unpaid(session).id
    days = settings.retention.unpaid_gift_days
    for age, name in ((days - 1, True), (days + 1, False)):
        with clock.at(clock.now() + timedelta(days=age)):
            forget_unpaid(Runtime(fresh_database, settings))
        with fresh_database.reading() as session:
            pledge = session.get_one(Pledge, pledge_id)
            assert bool(pledge.name) is name
    assert (pledge.email, pledge.message, pledge.postcode) == (None, "", None)
    assert (pledge.amount_cents, pledge.status) == (2_500, "open")


def test_what_is_paid_or_may_still_be_paid_keeps_its_donor(session: Session) -> None:
    dead_gift, slow_gift, paid_gift, new_gift = (unpaid(session) for _ in range(4))
    booked_gift = PledgeFactory()
    PaymentFactory(pledge=dead_gift, status="expired")
    PaymentFactory(pledge=slow_gift, status="pending")
    PaymentFactory(pledge=paid_gift, status="paid", paid_at=clock.now())
    with clock.at(clock.now() + timedelta(days=1)):
        before = clock.now() - timedelta(hours=1)
        new_gift.created_at = clock.now()
        session.flush()
        assert detach_unpaid(session, before=before, limit=10) == 1
    assert kept(session, dead_gift, slow_gift, paid_gift, new_gift, booked_gift) == [
        False,
        True,
        True,
        True,
        True,
    ]


def test_a_forgotten_gift_can_be_looked_at_and_neither_changed_nor_paid(session: Session) -> None:
    pledge = unpaid(session)
    HiddenWordsFactory(pledge=pledge)
    detach_donor(session, pledge)
    session.flush()
    assert session.scalars(select(HiddenWords)).all() == []
    gift = gift_by_token(session, pledge.token)
    assert gift is not None
    assert gift.forgotten
    assert not gift.changeable
    with pytest.raises(DomainError, match="pledge_forgotten"):
        start_attempt(session, token=pledge.token, base_url="http://x.example", actor=GUEST)


def test_the_database_refuses_a_donor_who_is_half_forgotten(session: Session) -> None:
    pledge = unpaid(session)
    pledge.email = None
    with pytest.raises(IntegrityError, match="ck_pledges_erased"):
        session.flush()


def test_batches_go_on_until_there_is_no_more(fresh_database: Database) -> None:
    waiting = list(range(5))

    def take(_session: Session) -> int:
        some, waiting[:] = waiting[:2], waiting[2:]
        return len(some)

    assert in_batches(fresh_database, take, size=2) == 5
    assert waiting == []
