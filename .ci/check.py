"""``make check``: every check but the tests, all of them even when one fails."""

import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "types": [BIN / "mypy", "--no-error-summary"],
    "imports": [BIN / "lint-imports", "--no-logo"],
    "migrations": [sys.executable, "-m", "voorjebuurt", "migrations", "check"],
    "translations": [sys.executable, "-m", "voorjebuurt", "translations", "check"],
}


def main() -> int:
    """Run the checks one by one; print what a failing one says."""
    failed = []
    for name, command in CHECKS.items():
        begin = time.monotonic()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        verdict = "failed" if done.returncode else "ok"
        print(f"{name:14} {verdict:8} {time.monotonic() - begin:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
