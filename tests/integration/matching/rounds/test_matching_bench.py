"""The benchmark's round, small: what it times is what the plain engine decides."""

import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.bench import matching as bench
from tests.bench.matching_round import GIFTS, facts_of, make_round
from voorjebuurt.kernel.db import Database
from voorjebuurt.rulebook.evaluation import decide

SIZES = {"applications": 40, "contributions": 3_000}


@pytest.fixture(scope="module")
def made_round(database: Database):
    """One round for the module, in a transaction that is undone."""
    with database.writer.connect() as connection, connection.begin() as transaction:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session, make_round(session, **SIZES)
        transaction.rollback()


@pytest.mark.parametrize("name", bench.CASES)
def test_what_is_timed_is_the_plain_engines_outcome(made_round, name: str) -> None:
    session, made = made_round
    ruleset = bench.ruleset_of(name, made.contributions)
    *_, found = bench.decided(session, made, ruleset)
    plain = decide(ruleset, facts_of(session, made))
    assert json.dumps(found.as_json()) == json.dumps(plain.as_json())
    assert 0 < sum(found.awards.values()) <= ruleset.ceiling_cents


def test_the_round_is_skewed_and_its_donors_give_to_several(made_round) -> None:
    session, _ = made_round
    gifts = select(func.count(GIFTS.c.donor)).group_by(GIFTS.c.application)
    sizes = session.scalars(gifts).all()
    assert max(sizes) > 4 * sum(sizes) / len(sizes)
    several = func.count(GIFTS.c.application.distinct())
    donors = select(several).group_by(GIFTS.c.donor).having(several > 2)
    assert len(session.scalars(donors).all()) > 20


def test_every_case_is_timed_beside_the_pass(fresh_database: Database) -> None:
    with fresh_database.writing() as session:
        made = make_round(session, applications=5, contributions=200)
    found = list(bench.timings(fresh_database, made, runs=1, server=None))
    assert [timing.name for timing in found] == list(bench.CASES)
    for timing in found:
        assert timing.ratio == (timing.gathering + timing.deciding) / timing.one_pass > 0
        assert f"{timing.ratio:.2f} ×" in bench.line(timing)
