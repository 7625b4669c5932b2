"""The benchmark of the figures, small: what it times adds up, and takes no more statements."""

from tests.bench import figures as bench
from tests.bench.figures_town import Sizes, make_town
from voorjebuurt.decisions.destinations.service import destinations
from voorjebuurt.kernel.db import Database

MOST_STATEMENTS = 25


def test_every_case_is_timed_beside_the_pass_in_few_statements(fresh_database: Database) -> None:
    with fresh_database.writing() as session:
        town = make_town(session, Sizes(applications=40, funds=4, years=3, gifts=400))
    timings = list(bench.timings(fresh_database, town, runs=1))
    assert [timing.name for timing in timings] == list(bench.CASES)
    for timing in timings:
        assert timing.ratio == timing.seconds / timing.one_pass > 0
        assert f"{timing.ratio:.2f} ×" in bench.line(timing)
        assert timing.statements <= MOST_STATEMENTS
    with fresh_database.reading() as session:
        figures = destinations(session, municipality_id=town["municipality"])
    total = figures.total.line
    assert len(total.campaigns) == 36  # one in ten failed
    assert total.match_cents == sum(part.line.match_cents for part in figures.funds) > 0
    assert total.crowd_cents == sum(part.line.crowd_cents for part in figures.years) > 0
