"""Holds ``docs/acceptance.md`` against the test run: a promised test may not be skipped."""

import re
from pathlib import Path

import pytest

from voorjebuurt import paths

_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def promised_tests() -> list[tuple[str, str]]:
    """Every (file, test function) that the list of promises names."""
    return _TEST.findall((paths.DOCS / "acceptance.md").read_text())


class Promises:
    """Turns a run in which a promised test was skipped into a failed one."""

    def __init__(self) -> None:
        self._promised = set(promised_tests())
        self.broken: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of skips. Runs in the controlling process, also with several workers."""
        file, _, name = report.nodeid.partition("::")
        function = name.partition("[")[0].rpartition("::")[2]
        if report.skipped and (file, function) in self._promised:
            self.broken.append(report.nodeid)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say which."""
        for nodeid in self.broken:
            terminalreporter.write_line(f"PROMISED BUT SKIPPED: {nodeid}", red=True)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run."""
        if self.broken and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure(config: pytest.Config) -> None:
    """Register, in the controlling process only."""
    if not hasattr(config, "workerinput") and Path(paths.DOCS / "acceptance.md").exists():
        config.pluginmanager.register(Promises(), "promises")
