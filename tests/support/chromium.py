"""Finds the Chromium for the browser tests; run as a program, it installs Debian's if need be."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_SHELL = "chromium-headless-shell"
"""The same engine without a browser's own windows around it: pages load in half the time."""
_NAMES = (_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ELSEWHERE = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/snap/bin/chromium"),
)
_INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")
_PACKAGES = (_SHELL, "chromium")
"""Debian's, the first that there is."""


def find() -> str | None:
    """The path of a Chromium: the one that ``CHROMIUM`` names, or one in the usual places."""
    path = os.environ.get("CHROMIUM")
    if path:
        return shutil.which(path)
    paths = (shutil.which(name) for name in _NAMES)
    return next(filter(None, paths), None) or next(
        (str(path) for path in _ELSEWHERE if path.exists()), None
    )


def install() -> None:
    """Install Debian's Chromium when we may; exit with the one command to give otherwise."""
    prefix = _as_root()
    if shutil.which("apt-get") is None or prefix is None:
        sys.exit(
            "The browser tests need Chromium; give: "
            + (
                "sudo " + " ".join((*_INSTALL, _PACKAGES[-1]))
                if shutil.which("apt-get")
                else "CHROMIUM=/path/to/it"
            )
        )
    print("Installing Chromium for the browser tests; this happens once.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    reason = ""
    for command in (("apt-get", "update"), *((*_INSTALL, package) for package in _PACKAGES)):
        result = subprocess.run(
            [*prefix, *command], env=environment, capture_output=True, text=True, check=False
        )
        if result.returncode == 0 and find() is not None:
            return
        reason = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
    sys.exit(f"Chromium could not be installed ({reason}); set CHROMIUM to one you have.")


def _as_root() -> list[str] | None:
    """What to put before a command that needs root; ``None`` when there is no way."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    may = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if may.returncode == 0 else None


if __name__ == "__main__" and find() is None:
    install()
