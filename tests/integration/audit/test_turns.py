"""A sweep over many: one that fails keeps no other from its turn, and is told to a person."""

from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from voorjebuurt.audit.models import Alert
from voorjebuurt.audit.turns import in_turn
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.ids import new_id


def test_one_that_fails_becomes_one_alert_and_the_others_have_their_turn(
    fresh_database: Database,
) -> None:
    ids = [new_id() for _ in range(3)]
    keys: list[UUID] = []

    def work(_session: Session, key: UUID) -> None:
        if key == ids[0]:
            raise ZeroDivisionError("bad row")
        keys.append(key)

    for _ in range(2):
        in_turn(fresh_database, ids, work, task="test.sweep")
    assert keys == ids[1:] * 2
    with fresh_database.reading() as session:
        (alert,) = session.scalars(select(Alert)).all()
        assert (alert.kind, alert.detail["task"]) == ("job_failed", "test.sweep")
        assert alert.detail["error"] == "ZeroDivisionError: bad row"
        assert alert.detail["id"] == str(ids[0])


def test_what_the_failing_one_wrote_is_gone(fresh_database: Database) -> None:
    def work(session: Session, key: UUID) -> None:
        session.execute(text("INSERT INTO rate_limits VALUES (:key, 1, now())"), {"key": str(key)})
        raise ZeroDivisionError

    in_turn(fresh_database, [new_id()], work, task="test.sweep")
    with fresh_database.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM rate_limits")) == 0


def test_a_database_that_is_gone_is_no_matter_of_one(settings: object) -> None:
    nowhere = Database("postgresql+psycopg://x@127.0.0.1:1/x", pool_size=1)
    with pytest.raises(OperationalError):
        in_turn(nowhere, [new_id()], lambda *_: None, task="test.sweep")
