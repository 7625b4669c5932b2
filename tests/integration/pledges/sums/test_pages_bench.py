"""The benchmark of pages, small: every page is weighed, timed and held to its budget."""

from dataclasses import replace
from pathlib import Path

from tests.bench import pages as bench
from tests.bench.pages_town import make_pages_town
from voorjebuurt.kernel.db import Database

MOST_STATEMENTS = 25


def test_every_page_is_weighed_and_keeps_to_its_budget(
    fresh_database: Database, tmp_path: Path
) -> None:
    with fresh_database.writing() as session:
        slug = make_pages_town(session, campaigns=60, gifts=600)
    pages = bench.measures(fresh_database, tmp_path, slug=slug, runs=1)
    assert [each.name for each in pages] == list(bench.PAGES)
    for each in pages:
        assert each.visit.excess() == [], each.name
        assert each.cost.statements <= MOST_STATEMENTS, each.name
        assert f"{each.cost.ratio:.2f}" in bench.line(each, each)
    home = pages[0].visit
    assert home.page > 4_000
    assert home.code > 20_000
    assert home.fonts > 10_000
    assert home.images > 1_000


def test_a_page_above_its_budget_says_by_what() -> None:
    light = bench.Visit(page=8_000, code=20_000, fonts=20_000, images=0, requests=4, hosts=[])
    assert light.excess() == []
    heavy = replace(light, code=23_000, images=150_001, hosts=["tiles.example"])
    assert heavy.excess() == [
        "weight: 31,000 of 30,720 bytes",
        "images: 150,001 of 150,000 bytes",
        "asks tiles.example for something",
    ]
