"""Tries mutants: makes them with mutmut, collects the tests once, and forks for each mutant.

mutmut's own loop starts pytest anew for every mutant, and makes a database for each that needs
one. Here a fork has the tests and the one database already, so most mutants take some hundredths
of a second. Results are kept as mutmut keeps them, for its ``show`` and for the report.
Called by ``mutants.py`` with the modules to try; without any, all of them.
"""

import gc
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from io import StringIO
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import (
    copy_also_copy_files,
    copy_src_dir,
    setup_source_paths,
    walk_mutatable_files,
)
from mutmut.utils.format_utils import mangled_name_from_mutant_name

COPY = Path("mutants").absolute()
SURVIVED, KILLED, UNCLEAR, WITHOUT_TESTS = 0, 1, 3, 33
NO_MUTANT = ""
MOST_CHECKED = 200
"""So many of the quickest tests are run without a mutant after each file."""
COMMITTING = ("recycling",)
"""Tests with these fixtures commit, which forks that share a database must not."""


class Loop:
    """Runs every test once, to see which functions it calls, and then the mutants."""

    def __init__(self, modules: Sequence[str]) -> None:
        self._modules = modules
        self._tests: dict[str, list[pytest.Item]] = defaultdict(list)
        self._seconds: dict[pytest.Item, float] = {}
        self._databases: list[Any] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[Any]:
        """Remember the database that the tests of this process share."""
        result = yield
        if fixturedef.argname == "database":
            self._databases.append(result)
        return result

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Instead of pytest's own loop."""
        items = [item for item in session.items if not set(COMMITTING) & set(item.fixturenames)]  # type: ignore[attr-defined]
        files = list(_files(self._modules))
        self._learn(items)
        for database in self._databases:
            database.dispose()  # each fork opens connections of its own
        gc.freeze()
        self._try_all(files)
        return True

    def _learn(self, items: list[pytest.Item]) -> None:
        set_mutant_under_test("stats")
        os.environ["MUTMUT_DEPENDENCY_DEPTH"] = "-1"
        for item in items:
            begin = time.process_time()
            if not _passes(item):
                pytest.exit(f"{item.nodeid} fails without any mutant", returncode=1)
            self._seconds[item] = time.process_time() - begin
            for function in state()._stats:
                self._tests[function].append(item)
            state()._stats.clear()
        for tests in self._tests.values():
            tests.sort(key=lambda item: self._seconds[item])
        set_mutant_under_test("")

    def _try_all(self, files: list[SourceFileMutationData]) -> None:
        for data in files:
            begin = time.monotonic()
            for name, code in data.exit_code_by_key.items():
                if code in (None, SURVIVED, UNCLEAR, WITHOUT_TESTS):
                    tests = self._tests[mangled_name_from_mutant_name(name)]
                    data.exit_code_by_key[name] = self._try(name, tests)
                    data.save()
            # With a server that is gone every mutant would count as noticed.
            every_test = sorted(self._seconds, key=self._seconds.__getitem__)[:MOST_CHECKED]
            if self._try(NO_MUTANT, every_test) != SURVIVED:
                pytest.exit(f"after {data.path} tests fail without any mutant", returncode=1)
            print(f"{data.path}: {time.monotonic() - begin:.0f} s", flush=True)

    def _try(self, name: str, items: list[pytest.Item]) -> int:
        """The exit code of these tests with this mutant; they stand in the order of their use."""
        if not items:
            return WITHOUT_TESTS
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            # Whatever happens, a fork ends here: it must not undo what the others still need.
            try:
                _die_in_time(sum(self._seconds[item] for item in items))
                set_mutant_under_test(name)
                for position, item in enumerate(items):
                    if not _passes(item):
                        os.write(writer, position.to_bytes(4))
                        os._exit(KILLED)
                os._exit(SURVIVED)
            finally:
                os._exit(UNCLEAR)
        os.close(writer)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if position_of_killer := os.read(reader, 4):
            # What noticed one change to a function is likely to notice the next one.
            items.insert(0, items.pop(int.from_bytes(position_of_killer)))
        os.close(reader)
        return code


def main(modules: Sequence[str]) -> int:
    """Make the mutants, in a copy of the project, and try those of these modules."""
    set_mutant_under_test("mutant_generation")
    COPY.mkdir(exist_ok=True)
    with redirect_stdout(StringIO()):
        copy_src_dir()
        copy_also_copy_files()
        setup_source_paths()
        create_mutants(1)
    options = config()
    os.chdir(COPY)
    arguments = ["--rootdir=.", "--capture=no", "--tb=no", "-q", *options.pytest_add_cli_args]
    return int(
        pytest.main(
            [*arguments, *options.pytest_add_cli_args_test_selection], plugins=[Loop(modules)]
        )
    )


def _files(modules: Sequence[str]) -> Iterator[SourceFileMutationData]:
    """What is known of each file with mutants, in the order in which modules were named."""
    os.chdir(COPY.parent)
    paths = list(walk_mutatable_files())
    os.chdir(COPY)
    for module in modules or [""]:
        beginning = f"voorjebuurt.{module}.".replace("..", ".")
        matches = [path for path in sorted(paths) if _dotted(path).startswith(beginning)]
        if not matches:
            pytest.exit(f"there is nothing to change in {module or 'the package'}", returncode=1)
        for path in matches:
            data = SourceFileMutationData(path=path)
            data.meta_path = COPY.parent / data.meta_path
            data.load()
            yield data


def _dotted(path: Path) -> str:
    """``voorjebuurt.ledger.rules.`` for its file."""
    return f"{'.'.join(path.with_suffix('').parts)}."


def _passes(item: pytest.Item) -> bool:
    """Whether a test passes; what the whole session shares stays as it is."""
    reports = runtestprotocol(item, log=False, nextitem=item.session)  # type: ignore[arg-type]
    return not any(report.failed for report in reports)


def _die_in_time(usual_seconds: float) -> None:
    """A fork that runs forever ends; one that waits forever, too."""
    options = config()
    seconds = ceil((usual_seconds + options.timeout_constant) * options.timeout_multiplier)
    limit = int(time.process_time()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    signal.alarm(20 * seconds)
    sys.stdout = sys.stderr = StringIO()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
