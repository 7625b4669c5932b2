"""``make check``: every check but the tests, all of them even when one fails.

Names run only those checks (``make check ARGS="lint types"``), ``--fast`` those that take about a
second each; ``.pre-commit-config.yaml`` calls these before a commit.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS: dict[str, list[str | Path]] = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types": [BIN / "mypy", "--no-error-summary"],
    "imports": [BIN / "lint-imports", "--no-logo", "--config", "config/import-contracts.toml"],
    "migrations": [sys.executable, "-m", "voorjebuurt", "migrations", "check"],
    "translations": [sys.executable, "-m", "voorjebuurt", "translations", "check"],
}
FAST = ("format", "lint", "imports")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the checks one by one; print what a failing one says."""
    failures = []
    for name in _asked(arguments):
        begin = time.monotonic()
        process = subprocess.run(CHECKS[name], capture_output=True, text=True, check=False)
        verdict = "failed" if process.returncode else "ok"
        print(f"{name:14} {verdict:8} {time.monotonic() - begin:5.1f} s", flush=True)
        if process.returncode:
            failures.append(name)
            print(process.stdout + process.stderr, flush=True)
    return 1 if failures else 0


def _asked(arguments: Sequence[str] | None) -> list[str]:
    """The checks to run, each once and in the order of ``CHECKS``; ends with 2 on another name."""
    parser = argparse.ArgumentParser(prog="check.py", description="Every check but the tests.")
    parser.add_argument("check", nargs="*", help=f"only these: {', '.join(CHECKS)}")
    parser.add_argument("--fast", action="store_true", help=f"only {', '.join(FAST)}")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.check if name not in CHECKS]:
        parser.error(f"no check {', '.join(unknown)}; there are {', '.join(CHECKS)}")
    names = {*options.check, *(FAST if options.fast else ())} or set(CHECKS)
    return [name for name in CHECKS if name in names]


if __name__ == "__main__":
    sys.exit(main())
