"""Talking to the provider: questions that are asked once, and answers that come late."""

from datetime import datetime, timedelta
from typing import TypeVar

import pytest
from sqlalchemy import select

from tests.support.certain import certain
from tests.support.factories.base import building_in
from tests.support.factories.campaigns import CampaignFactory
from tests.support.fake_provider import FakeProvider, facts_of
from tests.support.giving import alerts, attempt, give_back, own_refund, paid, pledge
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.payments import provider_calls
from voorjebuurt.payments.gateway import (
    GatewayConflictError,
    GatewayRefusedError,
    GatewayUnclearError,
    PaymentQuestion,
)
from voorjebuurt.payments.models import Payment, Refund
from voorjebuurt.payments.queries import locked_payment, paid_to_revisit, payments_to_sync


@pytest.fixture
def provider() -> FakeProvider:
    return FakeProvider()


@pytest.fixture
def open_payment(fresh_database: Database) -> Payment:
    """A payment that was written down and not asked for yet."""
    with fresh_database.writing() as session, building_in(session):
        return attempt(session, pledge(session, CampaignFactory(status="live")))


@pytest.fixture
def open_refund(fresh_database: Database, provider: FakeProvider) -> Refund:
    """A refund that was ordered and not sent yet."""
    with fresh_database.writing() as session, building_in(session):
        gift, payment = paid(session, CampaignFactory(status="live"))
        give_back(session, gift)
        provider.payments[certain(payment.provider_id)] = facts_of(payment)
        return own_refund(session, payment)


def create(database: Database, provider: FakeProvider, payment: Payment) -> str | None:
    return provider_calls.create_at_provider(database, provider, payment_id=payment.id, mode="test")


def adopt(database: Database, provider: FakeProvider, payment: Payment, provider_id: str) -> bool:
    return provider_calls.adopt_payment(
        database, provider, payment_id=payment.id, provider_id=provider_id, mode="test"
    )


Row = TypeVar("Row", Payment, Refund)


def now(database: Database, row: Row) -> Row:
    with database.reading() as session:
        return session.get_one(type(row), row.id)


def question(payment: Payment) -> PaymentQuestion:
    return provider_calls._question(payment)


def test_asking_twice_is_asking_once(
    fresh_database: Database, provider: FakeProvider, open_payment: Payment
) -> None:
    first = create(fresh_database, provider, open_payment)
    assert create(fresh_database, provider, open_payment) == first
    assert len(provider.payments) == 1
    assert now(fresh_database, open_payment).status == "open"


def test_a_payment_that_needs_no_checkout_has_no_address(
    fresh_database: Database, provider: FakeProvider, open_payment: Payment
) -> None:
    create(fresh_database, provider, open_payment)
    (provider_id,) = provider.payments
    provider.change(provider_id, status="paid", paid_at=clock.now())
    adopt(fresh_database, provider, open_payment, provider_id)
    assert create(fresh_database, provider, open_payment) is None


def test_a_question_that_is_refused_is_given_up(
    fresh_database: Database,
    open_payment: Payment,
    provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: object) -> None:
        raise GatewayRefusedError("422 The webhook URL is invalid")

    monkeypatch.setattr(provider, "create_payment", refuse)
    with pytest.raises(GatewayRefusedError):
        create(fresh_database, provider, open_payment)
    assert now(fresh_database, open_payment).status == "abandoned"
    with fresh_database.reading() as session:
        assert alerts(session) == ["payment_refused"]


def test_a_refusal_that_comes_after_the_answer_changes_nothing(
    fresh_database: Database,
    open_payment: Payment,
    provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second request is refused while the first one's answer is written down."""
    create_payment = provider.create_payment

    def refuse(question: PaymentQuestion) -> None:
        facts = create_payment(question)
        adopt(fresh_database, provider, open_payment, facts.provider_id)
        raise GatewayRefusedError("422 The key was used for something else")

    monkeypatch.setattr(provider, "create_payment", refuse)
    with pytest.raises(GatewayRefusedError):
        create(fresh_database, provider, open_payment)
    assert now(fresh_database, open_payment).status == "open"
    with fresh_database.reading() as session:
        assert alerts(session) == []


def test_what_was_never_asked_for_is_not_looked_up(
    fresh_database: Database, provider: FakeProvider, open_payment: Payment
) -> None:
    provider_calls.sync_payment(fresh_database, provider, payment_id=open_payment.id, mode="test")
    assert now(fresh_database, open_payment).status == "creating"
    with fresh_database.writing() as session, pytest.raises(NotFoundError):
        locked_payment(session, new_id())


def test_given_up_while_we_were_looking(
    fresh_database: Database,
    open_payment: Payment,
    provider: FakeProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sweep gave the attempt up between our search and our question: nothing is asked."""
    with fresh_database.writing() as session:
        payment = session.merge(open_payment)
        payment.created_at -= timedelta(hours=3)
        payment.key_created_at -= timedelta(hours=3)

    def find(payment_id: str, *, since: datetime) -> None:
        with fresh_database.writing() as session:
            session.get_one(Payment, open_payment.id).status = "abandoned"

    monkeypatch.setattr(provider, "find_payment", find)
    assert create(fresh_database, provider, open_payment) is None
    assert provider.payments == {}


def test_the_answer_about_another_payment_is_not_believed(
    fresh_database: Database,
    provider: FakeProvider,
    open_payment: Payment,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    create(fresh_database, provider, open_payment)
    (provider_id,) = provider.payments
    other = provider.copy_as_paid(provider_id)
    monkeypatch.setattr(provider, "payment", lambda _: other)
    with pytest.raises(GatewayUnclearError):
        provider_calls.sync_payment(
            fresh_database, provider, payment_id=open_payment.id, mode="test"
        )
    assert now(fresh_database, open_payment).status == "open"


def test_two_ids_for_one_question_are_two_payments(
    fresh_database: Database, provider: FakeProvider, open_payment: Payment
) -> None:
    create(fresh_database, provider, open_payment)
    (first,) = provider.payments
    twin = provider.copy_as_paid(first)
    for _ in range(2):
        assert adopt(fresh_database, provider, open_payment, twin.provider_id)
    with fresh_database.reading() as session:
        rows = session.execute(select(Payment.provider_id, Payment.twin_of, Payment.status)).all()
    assert sorted(rows) == sorted(
        [(first, None, "open"), (twin.provider_id, open_payment.id, "paid")]
    )
    assert now(fresh_database, open_payment).anomaly is None


def test_a_strange_payment_at_our_address_is_reported(
    fresh_database: Database, provider: FakeProvider, open_payment: Payment
) -> None:
    create(fresh_database, provider, open_payment)
    (first,) = provider.payments
    stranger = provider.copy_as_paid(first)
    provider.change(stranger.provider_id, metadata={})
    assert not adopt(fresh_database, provider, open_payment, stranger.provider_id)
    with fresh_database.reading() as session:
        assert alerts(session) == ["payment_foreign"]
        assert len(session.scalars(select(Payment.id)).all()) == 1


@pytest.mark.parametrize(("hours", "status"), [(1, "creating"), (3, "abandoned")])
def test_searching_in_vain(
    fresh_database: Database, provider: FakeProvider, open_payment: Payment, hours: int, status: str
) -> None:
    with clock.at(clock.now() + timedelta(hours=hours)):
        provider_calls.search_payment(
            fresh_database,
            provider,
            payment_id=open_payment.id,
            give_up_before=clock.now() - timedelta(hours=2),
            mode="test",
        )
    assert now(fresh_database, open_payment).status == status


def test_searching_finds_it(
    fresh_database: Database, provider: FakeProvider, open_payment: Payment
) -> None:
    payment = provider.create_payment(question(open_payment))
    provider_calls.search_payment(
        fresh_database,
        provider,
        payment_id=open_payment.id,
        give_up_before=clock.now(),
        mode="test",
    )
    row = now(fresh_database, open_payment)
    assert (row.provider_id, row.status) == (payment.provider_id, "open")


def send(database: Database, provider: FakeProvider, refund: Refund) -> Refund:
    provider_calls.send_refund(database, provider, refund_id=refund.id)
    return now(database, refund)


def test_a_refund_is_sent_once(
    fresh_database: Database, provider: FakeProvider, open_refund: Refund
) -> None:
    refund_after = send(fresh_database, provider, open_refund)
    assert (refund_after.status, refund_after.amount_cents) == ("pending", 5200)
    send(fresh_database, provider, open_refund)
    (payment,) = provider.payments.values()
    assert [fact.provider_id for fact in payment.refunds] == [refund_after.provider_id]


def test_a_refund_whose_answer_was_lost_is_found_when_the_key_is_old(
    fresh_database: Database, provider: FakeProvider, open_refund: Refund
) -> None:
    (payment,) = provider.payments.values()
    metadata = {"refund_id": str(open_refund.id)}
    fact = provider.add_refund(payment.provider_id, 5200, metadata)
    with fresh_database.writing() as session:
        session.get_one(Refund, open_refund.id).key_created_at -= timedelta(hours=1)
    assert send(fresh_database, provider, open_refund).provider_id == fact.provider_id
    assert len(provider.refunds(payment.provider_id)) == 1


def test_a_refund_that_was_never_made_is_asked_for_under_a_new_key(
    fresh_database: Database, provider: FakeProvider, open_refund: Refund
) -> None:
    """The old key means nothing any more: the provider would make a second refund under it."""
    with fresh_database.writing() as session:
        session.get_one(Refund, open_refund.id).key_created_at -= timedelta(hours=1)
    refund_after = send(fresh_database, provider, open_refund)
    assert refund_after.idempotency_key != open_refund.idempotency_key
    assert clock.now() - refund_after.key_created_at < timedelta(minutes=1)
    (payment,) = provider.payments.values()
    assert [fact.provider_id for fact in payment.refunds] == [refund_after.provider_id]


def test_a_duplicate_that_is_not_ours_is_tried_again_later(
    fresh_database: Database,
    provider: FakeProvider,
    open_refund: Refund,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Somebody gave the same amount back in the dashboard: the conflict ends within an hour."""
    (payment,) = provider.payments.values()
    provider.add_refund(payment.provider_id, 5200)

    def conflict(_: object) -> None:
        raise GatewayConflictError("409 A duplicate refund has been detected")

    monkeypatch.setattr(provider, "create_refund", conflict)
    with pytest.raises(GatewayConflictError):
        send(fresh_database, provider, open_refund)
    assert now(fresh_database, open_refund).status == "asked"
    with fresh_database.reading() as session:
        assert alerts(session) == []


def test_a_duplicate_that_is_ours_is_adopted(
    fresh_database: Database,
    provider: FakeProvider,
    open_refund: Refund,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (payment,) = provider.payments.values()
    fact = provider.add_refund(payment.provider_id, 5200, {"refund_id": str(open_refund.id)})

    def conflict(_: object) -> None:
        raise GatewayConflictError("409 A duplicate refund has been detected")

    monkeypatch.setattr(provider, "create_refund", conflict)
    assert send(fresh_database, provider, open_refund).provider_id == fact.provider_id


def test_a_refund_that_is_refused_stays_and_is_reported(
    fresh_database: Database, provider: FakeProvider, open_refund: Refund
) -> None:
    (payment,) = provider.payments.values()
    provider.add_refund(payment.provider_id, 5200)
    with pytest.raises(GatewayRefusedError):
        send(fresh_database, provider, open_refund)
    assert now(fresh_database, open_refund).status == "asked"
    with fresh_database.reading() as session:
        assert alerts(session) == ["refund_refused"]


@pytest.mark.parametrize(
    ("status", "after", "looked_at"),
    [
        ("open", timedelta(minutes=2), False),
        ("open", timedelta(minutes=4), True),
        ("pending", timedelta(minutes=4), True),
        ("expired", timedelta(hours=11), False),
        ("expired", timedelta(hours=13), True),
        ("canceled", timedelta(days=4), False),
        ("paid", timedelta(days=1), False),
        ("paid", timedelta(days=8), False),
    ],
)
def test_what_the_sweep_looks_at(
    fresh_database: Database,
    provider: FakeProvider,
    open_payment: Payment,
    status: str,
    after: timedelta,
    looked_at: bool,
) -> None:
    create(fresh_database, provider, open_payment)
    (provider_id,) = provider.payments
    provider.change(provider_id, status=status, paid_at=clock.now())
    provider_calls.sync_payment(fresh_database, provider, payment_id=open_payment.id, mode="test")
    with clock.at(clock.now() + after), fresh_database.reading() as session:
        assert (open_payment.id in payments_to_sync(session, limit=10)) is looked_at


@pytest.mark.parametrize(
    ("after", "looked_at"),
    [
        (timedelta(days=6), False),
        (timedelta(days=8), True),
        (timedelta(days=179), True),
        (timedelta(days=181), False),
    ],
)
def test_a_paid_payment_is_looked_at_again(
    fresh_database: Database,
    provider: FakeProvider,
    open_payment: Payment,
    after: timedelta,
    looked_at: bool,
) -> None:
    create(fresh_database, provider, open_payment)
    (provider_id,) = provider.payments
    provider.change(provider_id, status="paid", paid_at=clock.now())
    provider_calls.sync_payment(fresh_database, provider, payment_id=open_payment.id, mode="test")
    with clock.at(clock.now() + after), fresh_database.reading() as session:
        assert (open_payment.id in paid_to_revisit(session, limit=10)) is looked_at
