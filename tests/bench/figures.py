"""How long the figures across funds take, beside one aggregate pass: ``make bench-figures``.

The pass adds up what the figures add up, in one statement, without areas, years or medians. It and
the figures take turns, so that a busy moment of the machine falls on both; medians are compared.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import click
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from tests.bench.figures_town import Sizes, make_town
from voorjebuurt.decisions.destinations.export import destinations_csv
from voorjebuurt.decisions.destinations.service import destinations
from voorjebuurt.decisions.reports.service import year_report
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.migrate import upgrade
from voorjebuurt.local.embedded.server import EmbeddedServer

PASS = """
SELECT m.fund_id, sum(m.match_cents), sum(g.cents) FROM campaign_matches m
LEFT JOIN (SELECT campaign_id, sum(amount_cents) AS cents, count(DISTINCT email) AS donors
           FROM pledges WHERE booked_at IS NOT NULL GROUP BY campaign_id) g USING (campaign_id)
GROUP BY m.fund_id
"""
Town = Mapping[str, UUID]
CASES: Mapping[str, Callable[[Session, Town], object]] = {
    "all funds and years": lambda session, town: destinations(
        session, municipality_id=town["municipality"]
    ),
    "the same as a spreadsheet": lambda session, town: destinations_csv(
        destinations(session, municipality_id=town["municipality"])
    ),
    "one fund, for its public page": lambda session, town: destinations(
        session, municipality_id=town["municipality"], fund_id=town["fund"]
    ),
    "the report of one fund": lambda session, town: year_report(session, fund_id=town["fund"]),
}


@dataclass(frozen=True)
class Timing:
    """Seconds, medians of one case's runs; ``statements``: how many reached the database."""

    name: str
    one_pass: float
    seconds: float
    statements: int

    @property
    def ratio(self) -> float:
        """How many times the pass."""
        return self.seconds / self.one_pass


def timings(database: Database, town: Town, *, runs: int) -> Iterator[Timing]:
    """Each case in turn."""
    for name, case in CASES.items():
        with database.reading() as session:
            statements = _statements(session, partial(case, session, town))
        times = []
        for _ in range(runs):
            with database.reading() as session:
                one_pass = _seconds(partial(_pass, session))
            with database.reading() as session:
                own = _seconds(partial(case, session, town))
            times.append((one_pass, own))
        one_pass, own = (median(column) for column in zip(*times, strict=True))
        yield Timing(name, one_pass, own, statements)


def _pass(session: Session) -> object:
    return session.execute(text(PASS)).all()


def _seconds(deed: Callable[[], object]) -> float:
    begin = time.perf_counter()
    deed()
    return time.perf_counter() - begin


def _statements(session: Session, deed: Callable[[], object]) -> int:
    count = 0

    def note(*_: Any) -> None:
        nonlocal count
        count += 1

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    try:
        deed()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return count


def line(timing: Timing) -> str:
    """One case as a line of the table."""
    return (
        f"{timing.name:35}{timing.one_pass * 1000:9.0f}{timing.seconds * 1000:10.0f}"
        f"{timing.ratio:8.2f} ×{timing.statements:12}"
    )


HEADING = (
    f"{'':35}{'pass':>9}{'figures':>10}{'ratio':>10}{'statements':>12}\n{'':35}{'ms':>9}{'ms':>10}"
)


@click.command()
@click.option("--applications", default=2_000, show_default=True)
@click.option("--funds", default=200, show_default=True)
@click.option("--years", default=10, show_default=True)
@click.option("--gifts", default=100_000, show_default=True)
@click.option("--runs", default=7, show_default=True, help="Of which medians are told.")
def main(applications: int, funds: int, years: int, gifts: int, runs: int) -> None:
    """Start a PostgreSQL, make a town in it, and time its figures."""
    sizes = Sizes(applications=applications, funds=funds, years=years, gifts=gifts)
    with tempfile.TemporaryDirectory(prefix="voorjebuurt-bench-") as home:
        server = EmbeddedServer(Path(home), durable=False)
        url = server.start()
        upgrade(url)
        database = Database(url)
        try:
            with database.writing() as session:
                town = make_town(session, sizes)
            with database.reader.connect() as connection:
                connection.execute(text("VACUUM ANALYZE"))
            click.echo(
                f"{applications:,} applications, {funds} funds, {years} years, {gifts:,} gifts.\n\n"
                f"{HEADING}"
            )
            for timing in timings(database, town, runs=runs):
                click.echo(line(timing))
        finally:
            database.dispose()
            server.stop()


if __name__ == "__main__":
    main()
