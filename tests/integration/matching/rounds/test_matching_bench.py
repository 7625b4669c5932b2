"""The benchmark's round, small: what it times is what the plain engine decides."""

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.bench import matching as bench
from tests.bench.matching_round import GIFTS, Round, facts_of, make_round
from voorjebuurt.kernel.db import Database
from voorjebuurt.rulebook.evaluation import decide

SIZES = {"applications": 40, "contributions": 3_000}


@pytest.fixture(scope="module")
def made_round(database: Database) -> Iterator[tuple[Session, Round]]:
    """One round for the module, in a transaction that is undone."""
    with database.writer.connect() as connection, connection.begin() as transaction:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session, make_round(session, **SIZES)
        transaction.rollback()


@pytest.mark.parametrize("name", bench.CASES)
def test_what_is_timed_is_the_plain_engines_outcome(
    made_round: tuple[Session, Round], name: str
) -> None:
    session, round_ = made_round
    ruleset = bench.ruleset_of(name, round_.contributions)
    *_, outcome = bench.decided(session, round_, ruleset)
    plain = decide(ruleset, facts_of(session, round_))
    assert json.dumps(outcome.as_json()) == json.dumps(plain.as_json())
    assert 0 < sum(outcome.awards.values()) <= ruleset.ceiling_cents


def test_the_round_is_skewed_and_its_donors_give_to_several(
    made_round: tuple[Session, Round],
) -> None:
    session, _ = made_round
    gifts = select(func.count(GIFTS.c.donor)).group_by(GIFTS.c.application)
    sizes = session.scalars(gifts).all()
    assert max(sizes) > 4 * sum(sizes) / len(sizes)
    several = func.count(GIFTS.c.application.distinct())
    donors = select(several).group_by(GIFTS.c.donor).having(several > 2)
    assert len(session.scalars(donors).all()) > 20


def test_every_case_is_timed_beside_the_pass(fresh_database: Database) -> None:
    with fresh_database.writing() as session:
        round_ = make_round(session, applications=5, contributions=200)
    timings = list(bench.timings(fresh_database, round_, runs=1, server=None))
    assert [timing.name for timing in timings] == list(bench.CASES)
    for timing in timings:
        assert timing.ratio == (timing.gathering + timing.deciding) / timing.one_pass > 0
        assert f"{timing.ratio:.2f} ×" in bench.line(timing)
