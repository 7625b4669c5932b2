"""Tests the tests: changes the code in small ways, and names every change that no test notices.

``make mutants`` does this for what ``[tool.mutmut]`` in ``pyproject.toml`` names: the ledger and
the rule engine. ``ARGS="rulebook.figures ledger.rules"`` takes only these modules, in that order;
``--go-on`` keeps the mutants that a test noticed before, and tries the others again; ``--report``
prints the results again. They stand in ``mutants/``, with the copy of the project that is changed.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from voorjebuurt.kernel import migrate
from voorjebuurt.local.embedded.server import EmbeddedServer

ROOT = Path(__file__).resolve().parent.parent
COPY = ROOT / "mutants"
MUTMUT = Path(sys.executable).parent / "mutmut"
PACKAGE = "voorjebuurt"
TEMPLATE = "mutants_template"

VERDICTS = ("killed", "survived", "without tests", "timed out", "unclear", "not run")
_VERDICT_OF = {
    **{1: "killed", 0: "survived", 33: "without tests"},
    **dict.fromkeys((-signal.SIGXCPU, -signal.SIGALRM, -signal.SIGKILL), "timed out"),
    None: "not run",
}
"""What the exit code of its process says of a mutant; any other is unclear: a crash, say."""

Results = Mapping[str, Mapping[str, str]]
"""The verdict of every mutant, by module and by the mutant's name."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutants and print the report; 1 when they could not be run."""
    parser = argparse.ArgumentParser(prog="mutants.py", description="Test the tests.")
    parser.add_argument("module", nargs="*", help="only these, such as rulebook.figures")
    parser.add_argument("--go-on", action="store_true", help="try only what no test noticed")
    parser.add_argument("--report", action="store_true", help="print the last run's report again")
    options = parser.parse_args(arguments)
    os.chdir(ROOT)
    code = 0
    if not options.report:
        if not options.go_on:
            shutil.rmtree(COPY, ignore_errors=True)
        code = _run(options.module)
    for line in report(results(COPY)):
        print(line)
    return 1 if code else 0


def _run(modules: Sequence[str]) -> int:
    with _server() as environment:
        command = [sys.executable, ROOT / ".ci" / "mutants_loop.py", *modules]
        return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


@contextmanager
def _server() -> Iterator[dict[str, str]]:
    """One PostgreSQL for all mutants, with a database that is migrated once and only copied."""
    home = Path(tempfile.mkdtemp(prefix="voorjebuurt-mutants-"))
    server = EmbeddedServer(home, durable=False)
    try:
        url = server.start()
        engine = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0"))
        template = make_url(url).set(database=TEMPLATE).render_as_string(hide_password=False)
        migrate.upgrade(template)
        yield {"VJB_TEST_DATABASE_URL": url, "VJB_TEST_TEMPLATE_URL": template}
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def results(copy: Path) -> Results:
    """What is known of every mutant in this copy."""
    verdicts = {}
    for file in sorted((copy / PACKAGE).rglob("*.py.meta")):
        codes: dict[str, int | None] = json.loads(file.read_text())["exit_code_by_key"]
        module = ".".join(file.relative_to(copy / PACKAGE).parts).removesuffix(".py.meta")
        if codes:
            verdicts[module] = {name: _VERDICT_OF.get(c, "unclear") for name, c in codes.items()}
    return verdicts


def report(verdicts: Results) -> Iterator[str]:
    """A table of the modules, and then every mutant that no test noticed, with its difference."""
    yield f"{'':36}{'mutants':>9}" + "".join(f"{verdict:>15}" for verdict in VERDICTS)
    for module, mutants in [*verdicts.items(), ("together", _together(verdicts))]:
        counts = Counter(mutants.values())
        numbers = "".join(f"{counts[verdict]:>15}" for verdict in VERDICTS)
        yield f"{module:36}{len(mutants):>9}{numbers}"
    for name, verdict in _together(verdicts).items():
        if verdict not in ("killed", "timed out", "not run"):
            yield f"\n{verdict}: {difference(name)}"


def _together(verdicts: Results) -> dict[str, str]:
    return {name: verdict for mutants in verdicts.values() for name, verdict in mutants.items()}


def difference(name: str) -> str:
    """The mutant's name, and the lines that it changed."""
    process = subprocess.run([MUTMUT, "show", name], capture_output=True, text=True, check=False)
    lines = process.stdout.splitlines()
    changes = [line for line in lines if line[:1] in "+-@" and line[:3] not in ("+++", "---")]
    return "\n".join([name, *(changes or lines), process.stderr]).rstrip()


if __name__ == "__main__":
    sys.exit(main())
