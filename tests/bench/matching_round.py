"""A made-up round of any size: few applications are large, and some donors give to many.

The database makes the gifts itself, so that a measured process never held them.
"""

import random
import uuid
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    MetaData,
    Table,
    Text,
    Uuid,
    select,
    text,
)
from sqlalchemy.orm import Session

from voorjebuurt.rulebook.facts import Application, Area, Facts, Gift

AREAS = 120
SEED = 20260301

GIFTS = Table(
    "bench_gifts",
    MetaData(),
    Column("application", Uuid, nullable=False),
    Column("donor", Text, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("area", Text),
    Column("matchable", Boolean, nullable=False),
)

_FILL = text("""
WITH chance AS MATERIALIZED (
    SELECT n, random() AS app, random() AS kind, random() AS who, random() AS home,
           random() AS sort, random() AS much, random() AS own
    FROM generate_series(1, :contributions) AS n
), gift AS MATERIALIZED (
    SELECT chance.*, place,
           CASE WHEN home < 0.7 THEN (CAST(:homes AS int[]))[place]
                ELSE floor(home * 1e6)::int % :areas END AS lives
    FROM chance, LATERAL (
        SELECT width_bucket(app, CAST(:upto AS float8[])) + 1 AS place
    ) AS at
)
INSERT INTO bench_gifts (application, donor, amount_cents, area, matchable)
SELECT (CAST(:keys AS uuid[]))[place],
       encode(sha256(convert_to(
           CASE WHEN kind < 0.3 THEN 'regular ' || lives || ' ' || floor(who * who * :regulars)
                WHEN kind < 0.4 THEN 'often ' || place || ' ' || floor(who * :often)
                ELSE 'once ' || n END, 'UTF8')), 'hex'),
       CASE WHEN sort < 0.80 THEN
                (ARRAY[500,1000,1000,1500,2000,2500,2500,5000,7500,10000,25000])[1 + much * 10]
            WHEN sort < 0.96 THEN 100 * floor(exp(1 + 4.5 * much))
            ELSE 100 + floor(much * much * much * 20000) END,
       CASE WHEN own < 0.15 THEN NULL ELSE 'BU' || lpad(lives::text, 6, '0') END,
       own < 0.98
FROM gift
""")
"""30 in 100 gifts are of regulars, who give again and again in their area (some very often), 10 of
donors who give to one application repeatedly, 60 of donors who give once. Most amounts are round;
4 in 100 are to the cent. Donors' keys are 64 characters, as real ones are."""


@dataclass(frozen=True)
class Round:
    """Everything but the gifts, which stand in ``GIFTS``."""

    applications: tuple[Application, ...]
    areas: dict[str, Area]
    contributions: int
    lottery_seed: str = "bench"


def make_round(session: Session, *, applications: int, contributions: int) -> Round:
    """Make the table, and gifts in it. The same sizes give the same round."""
    chance = random.Random(SEED)
    homes = [chance.randrange(AREAS) for _ in range(applications)]
    applications_made = tuple(_application(index, home, chance) for index, home in enumerate(homes))
    session.execute(text("SELECT setseed(0.5)"))
    GIFTS.create(session.connection())
    values = {
        "contributions": contributions,
        "areas": AREAS,
        "homes": homes,
        "keys": [application.id for application in applications_made],
        "upto": _bounds(applications, chance),
        "regulars": max(2, contributions // (8 * AREAS)),
        "often": max(2, contributions // (10 * applications)),
    }
    session.execute(_FILL, values)
    areas = {
        _code(index): Area("WK01", {"p_hh_120": Fraction(chance.randrange(400), 10)})
        for index in range(AREAS)
    }
    return Round(applications_made, areas, contributions)


def _application(index: int, home: int, chance: random.Random) -> Application:
    return Application(
        id=str(uuid.UUID(int=(0x7A << 72) + index * 977)),
        received_at=chance.randrange(10**15),
        goal_cents=chance.randrange(200_000, 4_000_000),
        area={_code(home): Fraction(1)},
        groups=frozenset({"minima"} if chance.random() < 0.1 else ()),
        score=Fraction(chance.randrange(100)),
    )


def _code(area: int) -> str:
    return f"BU{area:06}"


def _bounds(applications: int, chance: random.Random) -> list[float]:
    """Where one application's part of all gifts ends and the next one's begins."""
    sizes = [min(chance.paretovariate(1.3), 60) for _ in range(applications)]
    upto, total = 0.0, sum(sizes)
    bounds = []
    for size in sizes[:-1]:
        upto += size / total
        bounds.append(upto)
    return bounds


def facts_of(session: Session, round_: Round) -> Facts:
    """The round with every gift, for the plain engine."""
    gifts: dict[str, list[Gift]] = {application.id: [] for application in round_.applications}
    for row in session.execute(select(GIFTS)):
        gift = Gift(row.donor, row.amount_cents, row.area, row.matchable)
        gifts[str(row.application)].append(gift)
    each = {key: tuple(gifts_of_one) for key, gifts_of_one in gifts.items()}
    return Facts(round_.applications, each, round_.areas, round_.lottery_seed)
