"""What pages weigh, and what they cost the server: ``make bench-pages``.

Each page takes turns with one that reads no database, so that a busy moment of the machine falls on
both; medians are compared, in a small town and in a large one. A page above its budget fails.
"""

import gzip
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import click
from flask.testing import FlaskClient
from sqlalchemy import text

from tests.bench.pages_town import DISTRICT, SLUG, make_pages_town
from tests.support.statements import statements
from voorjebuurt import settings as application_settings
from voorjebuurt.app import create_app
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.migrate import upgrade
from voorjebuurt.local.embedded.server import EmbeddedServer

EMPTY = "/over"
"""The page that the others are compared with: the same frame, and no database."""
PAGES: Mapping[str, str] = {
    "home": "/",
    "municipality": f"/gemeenten/{SLUG}",
    "one district of it": f"/gemeenten/{SLUG}?wijk={DISTRICT}",
    "list of campaigns": "/acties",
    "search": "/acties?zoek=bomen",
    "campaign": "/acties/{slug}",
    "gift": "/acties/{slug}/geef",
    "how it works": "/hoe-werkt-het",
    "signing in": "/inloggen",
}
WEIGHT, FONTS, IMAGES = 30 * 1024, 50_000, 150_000
"""Bytes at most: of page, style and script as they are sent; of fonts; of pictures that are not
put off until they are seen."""
_GZIP = {"Accept-Encoding": "gzip", "Accept-Language": "nl"}


@dataclass(frozen=True)
class Visit:
    """What one visit of a page sends (bytes); ``hosts`` are others that it asks for something."""

    page: int
    code: int
    fonts: int
    images: int
    requests: int
    hosts: Sequence[str]

    def excess(self) -> list[str]:
        """What is above the budget."""
        limits = (("weight", self.page + self.code, WEIGHT), ("fonts", self.fonts, FONTS))
        above = [
            f"{name}: {visit:,} of {most:,} bytes"
            for name, visit, most in (*limits, ("images", self.images, IMAGES))
            if visit > most
        ]
        return above + [f"asks {host} for something" for host in self.hosts]


@dataclass(frozen=True)
class Cost:
    """Medians of one page (seconds), beside the page without a database; its statements."""

    seconds: float
    empty: float
    statements: int

    @property
    def ratio(self) -> float:
        """How many times the page without a database."""
        return self.seconds / self.empty


class _Links(HTMLParser):
    """The files that a browser asks for at once."""

    def __init__(self) -> None:
        super().__init__()
        self.code: list[str] = []
        self.fonts: list[str] = []
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag loads."""
        values = {name: value or "" for name, value in attrs}
        if tag == "link" and values.get("rel") == "stylesheet":
            self.code.append(values["href"])
        elif tag == "link" and values.get("as") == "font":
            self.fonts.append(values["href"])
        elif tag == "script" and values.get("src"):
            self.code.append(values["src"])
        elif tag == "img" and values.get("loading") != "lazy":
            self.images.append(values["src"])


def visit_of(client: FlaskClient, path: str) -> Visit:
    """Ask for a page and for what it needs at once."""
    answer = client.get(path, headers=_GZIP)
    if answer.status_code != 200:
        raise click.ClickException(f"{path} answers {answer.status_code}")
    data = answer.data
    is_packed = answer.headers.get("Content-Encoding") == "gzip"
    links = _Links()
    links.feed((gzip.decompress(data) if is_packed else data).decode())
    links.close()
    files = [*links.code, *links.fonts, *links.images]
    own = {file for file in files if not urlsplit(file).netloc}
    sizes = {file: len(client.get(file, headers=_GZIP).data) for file in own}
    return Visit(
        page=len(data if is_packed else gzip.compress(data)),
        code=sum(sizes.get(file, 0) for file in set(links.code)),
        fonts=sum(sizes.get(file, 0) for file in set(links.fonts)),
        images=sum(sizes.get(file, 0) for file in set(links.images)),
        requests=1 + len(set(files)),
        hosts=sorted({urlsplit(file).netloc for file in files} - {""}),
    )


def costs(client: FlaskClient, pages: Mapping[str, str], *, runs: int) -> Iterator[Cost]:
    """Each page in turn with the empty one."""
    for path in pages.values():
        with statements() as texts:
            client.get(path)
        pairs = [(_seconds(client, path), _seconds(client, EMPTY)) for _ in range(runs)]
        own, empty = (median(column) for column in zip(*pairs, strict=True))
        yield Cost(own, empty, len(texts))


def _seconds(client: FlaskClient, path: str) -> float:
    begin = time.perf_counter()
    client.get(path)
    return time.perf_counter() - begin


@dataclass(frozen=True)
class Measure:
    """What was measured of one page in one town."""

    name: str
    visit: Visit
    cost: Cost


def measures(database: Database, home: Path, *, slug: str, runs: int) -> list[Measure]:
    """Every page of a town that was made."""
    pages = {name: path.format(slug=slug) for name, path in PAGES.items()}
    plain = application_settings.load({"VJB_ENV": "test", "VJB_HOME": str(home)})
    client = create_app(replace(plain, secret_key="meten" * 8), database).test_client()
    visit = [visit_of(client, path) for path in pages.values()]
    return [
        Measure(*row) for row in zip(pages, visit, costs(client, pages, runs=runs), strict=True)
    ]


def town_measures(*, campaigns: int, gifts: int, runs: int) -> list[Measure]:
    """Start a PostgreSQL, make a town in it, and measure its pages."""
    with tempfile.TemporaryDirectory(prefix="voorjebuurt-bench-") as home:
        server = EmbeddedServer(Path(home), durable=False)
        url = server.start()
        upgrade(url)
        database = Database(url)
        try:
            with database.writing() as session:
                slug = make_pages_town(session, campaigns=campaigns, gifts=gifts)
            with database.reader.connect() as connection:
                connection.execute(text("VACUUM ANALYZE"))
            return measures(database, Path(home), slug=slug, runs=runs)
        finally:
            database.dispose()
            server.stop()


HEADING = (
    f"{'':22}{'page':>7}{'in all':>8}{'asked':>7}{'images':>8}{'statements':>12}"
    f"{'small':>9}{'large':>9}\n{'':22}{'kB':>7}{'kB':>8}{'':>7}{'kB':>8}{'':>12}{'×':>9}{'×':>9}"
)


def line(small: Measure, large: Measure) -> str:
    """One page as a line of the table; bytes and statements are of the large town."""
    visit = large.visit
    return (
        f"{large.name:22}{visit.page / 1024:7.1f}{(visit.page + visit.code) / 1024:8.1f}"
        f"{visit.requests:7}{visit.images / 1024:8.1f}{large.cost.statements:12}"
        f"{small.cost.ratio:9.2f}{large.cost.ratio:9.2f}"
    )


@click.command()
@click.option("--campaigns", default=20_000, show_default=True, help="In the large town.")
@click.option("--gifts", default=400_000, show_default=True, help="In the large town.")
@click.option("--runs", default=15, show_default=True, help="Of which medians are told.")
def main(campaigns: int, gifts: int, runs: int) -> None:
    """Measure the pages of a town, and of one a hundred times as large; fail above a budget."""
    small = town_measures(campaigns=campaigns // 100, gifts=gifts // 100, runs=runs)
    large = town_measures(campaigns=campaigns, gifts=gifts, runs=runs)
    click.echo(
        f"{campaigns:,} campaigns and {gifts:,} gifts, and a hundredth of them.\n\n{HEADING}"
    )
    excess = []
    for pair in zip(small, large, strict=True):
        click.echo(line(*pair))
        excess += [f"{each.name}: {fault}" for each in pair for fault in each.visit.excess()]
    if excess:
        click.echo("\nAbove the budget:\n" + "\n".join(sorted(set(excess))), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
