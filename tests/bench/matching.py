"""How long a round takes, beside one aggregate pass over the same rows: ``make bench-matching``.

A round is measured from the gifts in the database to every claim and award. The pass and the round
take turns, so that a busy moment of the machine falls on both; medians are compared.
"""

import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import click
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.bench.matching_round import GIFTS, Round, make_round
from tests.support.rules_and_facts import INDICATORS, as_read, rules
from voorjebuurt.kernel.db import Database
from voorjebuurt.local.embedded.server import EmbeddedServer
from voorjebuurt.matching.rounds.aggregation import gather
from voorjebuurt.rulebook.closing import decide_measured
from voorjebuurt.rulebook.documents.ruleset import read_ruleset
from voorjebuurt.rulebook.outcome import Outcome
from voorjebuurt.rulebook.ruleset import Ruleset

PASS = f"SELECT application, count(*), sum(amount_cents) FROM {GIFTS.name} GROUP BY application"
CAP_PER_DONOR = {"kind": "ratio", "ratio": "1/1", "donor_cap_cents": 10_000}
LOCAL = {"field": "local_donors", "op": ">=", "value": 3, "reason": "Te weinig buren"}
EQUITY = {
    "equity": {
        "indicator": "p_hh_120",
        "bands": [{"at_least": 15, "factor": "5/4"}, {"at_least": 25, "factor": "3/2"}],
        "groups": {"minima": "4/3"},
    }
}
HALF = {**EQUITY, "caps": {"pct_of_goal": 50}}
CASES: Mapping[str, tuple[Any, Any, dict[str, Any], float | None]] = {
    "ratio with a donor cap, in order of arrival": (CAP_PER_DONOR, "arrival", HALF, 5),
    "threshold, by score": (
        {"kind": "threshold", "min_pct": 60, "min_donors": 20, "award_pct": 25},
        "tender",
        EQUITY,
        5,
    ),
    "waterfill by factor (recommended)": (
        CAP_PER_DONOR,
        {"kind": "waterfill", "weights": "equity"},
        HALF,
        5,
    ),
    "per donor, local donors required, by lot": (
        {"kind": "per_donor", "amount_cents": 1000, "min_gift_cents": 500},
        "lottery",
        {**EQUITY, "require": [LOCAL]},
        None,
    ),
    "proportional": ({"kind": "ratio", "ratio": "1/2"}, "proportional", EQUITY, None),
    "quadratic": ({"kind": "qf"}, "qf_pot", EQUITY, 10),
    "quadratic with a pair bound": (
        {"kind": "qf", "pair_bound_cents": 1000},
        "qf_pot",
        EQUITY,
        None,
    ),
}
"""Base, division, further rules, and how many times the pass it may take at most."""


@dataclass(frozen=True)
class Timing:
    """Seconds: medians of one case's runs. ``server_bytes`` is PostgreSQL's private memory."""

    name: str
    target: float | None
    one_pass: float
    gathering: float
    deciding: float
    server_bytes: int
    outcome: Outcome

    @property
    def ratio(self) -> float:
        """How many times the pass."""
        return (self.gathering + self.deciding) / self.one_pass


def ruleset_of(name: str, contributions: int) -> Ruleset:
    """A case's rules, with a pot that runs short."""
    base, divide, more, _ = CASES[name]
    ruleset = rules(base, divide, **more, ceiling_cents=contributions * 300)
    return read_ruleset(as_read(ruleset), indicators=INDICATORS)


def decided(session: Session, round_: Round, ruleset: Ruleset) -> tuple[float, float, Outcome]:
    """Seconds of gathering and of deciding, and what came out."""
    begin = time.perf_counter()
    measures = gather(
        session,
        GIFTS,
        rules=ruleset,
        applications=round_.applications,
        areas=round_.areas,
        lottery_seed=round_.lottery_seed,
    )
    middle = time.perf_counter()
    outcome = decide_measured(ruleset, measures)
    return middle - begin, time.perf_counter() - middle, outcome


def timings(
    database: Database, round_: Round, *, runs: int, server: int | None
) -> Iterator[Timing]:
    """Each case in turn; ``server`` is the id of PostgreSQL's main process, when it is known."""
    for name, (_, _, _, target) in CASES.items():
        ruleset = ruleset_of(name, round_.contributions)
        with database.snapshot() as session, watched(server) as memory:
            *_, outcome = decided(session, round_, ruleset)
        times = []
        for _ in range(runs):
            with database.snapshot() as session:
                begin = time.perf_counter()
                session.execute(text(PASS)).all()
                one_pass = time.perf_counter() - begin
            with database.snapshot() as session:
                times.append((one_pass, *decided(session, round_, ruleset)[:2]))
        one_pass, gathering, deciding = (median(column) for column in zip(*times, strict=True))
        yield Timing(name, target, one_pass, gathering, deciding, max(memory), outcome)


@contextmanager
def watched(server: int | None) -> Iterator[list[int]]:
    """Bytes that PostgreSQL's processes held for themselves, every few milliseconds (on Linux)."""
    peaks, stop = [0], threading.Event()

    def watch() -> None:
        while server is not None and not stop.wait(0.005):
            peaks.append(
                sum(private_bytes(folder, server) for folder in Path("/proc").glob("[0-9]*"))
            )

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peaks
    finally:
        stop.set()
        watcher.join()


def private_bytes(process: Path, parent: int) -> int:
    """What a child of that parent holds beside shared memory; 0 for other processes."""
    try:
        lines = (process / "status").read_text().splitlines()
    except OSError:
        return 0
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    if fields.get("PPid", "").strip() != str(parent):
        return 0
    return int(fields.get("RssAnon", "0 kB").split()[0]) * 1024


def peak_bytes() -> int:
    """The most memory that this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def line(timing: Timing) -> str:
    """One case as a line of the table."""
    target = f"at most {timing.target:g}" if timing.target else "reported"
    return (
        f"{timing.name:45}{timing.one_pass * 1000:8.0f}{timing.gathering * 1000:9.0f}"
        f"{timing.deciding * 1000:9.0f}{timing.ratio:8.2f} ×  {target:12}"
        f"{peak_bytes() / 2**20:8.0f}{timing.server_bytes / 2**20:12.0f}"
    )


HEADING = (
    f"{'':45}{'pass':>8}{'gather':>9}{'decide':>9}{'ratio':>8}    {'target':12}{'peak':>8}"
    f"{'PostgreSQL':>12}\n"
    f"{'':45}{'ms':>8}{'ms':>9}{'ms':>9}{'':>24}{'MiB':>8}{'MiB':>12}"
)


@click.command()
@click.option("--applications", default=2_000, show_default=True)
@click.option("--contributions", default=1_000_000, show_default=True)
@click.option("--runs", default=7, show_default=True, help="Of which medians are told.")
def main(applications: int, contributions: int, runs: int) -> None:
    """Start a PostgreSQL, make a round in it, and time how it is decided."""
    with tempfile.TemporaryDirectory(prefix="voorjebuurt-bench-") as home:
        server = EmbeddedServer(Path(home), durable=False)
        database = Database(server.start())
        try:
            with database.writing() as session:
                round_ = make_round(session, applications=applications, contributions=contributions)
            with database.reader.connect() as connection:
                connection.execute(text(f"VACUUM ANALYZE {GIFTS.name}"))
            click.echo(f"{applications:,} applications, {contributions:,} contributions.")
            click.echo(f"The pass: {PASS}\n\n{HEADING}")
            for timing in timings(database, round_, runs=runs, server=server.pid):
                click.echo(line(timing))
        finally:
            database.dispose()
            server.stop()


if __name__ == "__main__":
    main()
