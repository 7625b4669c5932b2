"""Anybody can call the address of webhooks; what can't be ours costs a look at an index."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, text

from tests.support.factories.payments import PaymentFactory
from tests.support.factories.pledges import PledgeFactory
from tests.support.fixtures_site import Committing
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_token
from voorjebuurt.payments.models import Payment

JOBS = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'payments.take_webhook'")


@pytest.fixture
def payment(committing: Committing) -> Payment:
    with committing():
        row: Payment = PaymentFactory(pledge=PledgeFactory(), provider_id="tr_abcdefgh1")
    return row


def jobs(database: Database) -> int:
    """How many webhooks wait."""
    with database.reading() as session:
        return session.scalar(JOBS) or 0


def test_a_token_that_nobody_has_writes_nothing(
    client: FlaskClient, fresh_database: Database
) -> None:
    statements: list[str] = []
    listener = lambda _c, _cu, statement, *_: statements.append(statement)  # noqa: E731
    event.listen(fresh_database.writer, "before_cursor_execute", listener)
    for _ in range(3):
        answer = client.post(f"/hooks/mollie/{new_token()}", data={"id": "tr_abcdefgh1"})
        assert (answer.status_code, answer.text) == (200, "")
    event.remove(fresh_database.writer, "before_cursor_execute", listener)

    assert len(statements) == 3
    assert all(statement.startswith("SELECT payments.") for statement in statements)
    assert jobs(fresh_database) == 0


@pytest.mark.parametrize("token", ["kort", "a" * 500, "%00" * 20, "x" * 42 + "'"])
def test_what_can_be_no_token_is_not_even_looked_for(
    client: FlaskClient, fresh_database: Database, token: str
) -> None:
    statements: list[str] = []
    listener = lambda _c, _cu, statement, *_: statements.append(statement)  # noqa: E731
    event.listen(fresh_database.writer, "before_cursor_execute", listener)
    answer = client.post(f"/hooks/mollie/{token}", data={"id": "tr_abcdefgh1"})
    event.remove(fresh_database.writer, "before_cursor_execute", listener)
    assert answer.status_code in (200, 404)
    assert statements == []


def test_the_payment_itself_is_always_looked_at(
    client: FlaskClient, fresh_database: Database, payment: Payment
) -> None:
    for _ in range(3):
        client.post(f"/hooks/mollie/{payment.webhook_token}", data={"id": payment.provider_id})
    assert jobs(fresh_database) == 1


def test_of_foreign_ids_at_a_payments_address_a_few_are_looked_up(
    client: FlaskClient, fresh_database: Database, payment: Payment
) -> None:
    for number in range(30):
        answer = client.post(
            f"/hooks/mollie/{payment.webhook_token}", data={"id": f"tr_foreign{number:04}"}
        )
        assert answer.status_code == 200
    assert jobs(fresh_database) == 10
    client.post(f"/hooks/mollie/{payment.webhook_token}", data={"id": payment.provider_id})
    assert jobs(fresh_database) == 11, "its own news comes through"
