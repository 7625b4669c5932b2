"""Gifts of facts as a selectable in PostgreSQL, and rounds decided through it."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    FromClause,
    Text,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from voorjebuurt.matching.rounds.aggregation import gather
from voorjebuurt.rulebook.closing import decide_measured
from voorjebuurt.rulebook.facts import Facts
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.ruleset import Ruleset

COLUMNS: dict[str, TypeEngine[Any]] = {
    "application": Text(),
    "donor": Text(),
    "amount_cents": BigInteger(),
    "area": Text(),
    "matchable": Boolean(),
}


def gifts_of(facts: Facts, **types: TypeEngine[Any]) -> FromClause:
    """The gifts in facts, from the last to the first, without a table; columns of these types."""
    rows = [
        (key, gift.donor, gift.amount_cents, gift.area, gift.matchable)
        for key, gifts in facts.gifts.items()
        for gift in gifts
    ][::-1]
    arrays = [
        cast([row[index] for row in rows], ARRAY(kind))
        for index, kind in enumerate(COLUMNS.values())
    ]
    columns = [column(name, kind) for name, kind in COLUMNS.items()]
    table = func.unnest(*arrays).table_valued(*columns, name="given").render_derived()
    return select(
        *(
            cast(table.c[name], types[name]).label(name) if name in types else table.c[name]
            for name in COLUMNS
        )
    ).subquery()


def decide_gathered(session: Session, rules: Ruleset, facts: Facts, gifts: FromClause) -> Outcome:
    """Decide on these gifts, added up by the database and in arrays."""
    measures = gather(
        session,
        gifts,
        rules=rules,
        applications=facts.applications,
        areas=facts.areas,
        lottery_seed=facts.lottery_seed,
    )
    return decide_measured(rules, measures)
