"""Finds the Chromium for the browser tests; run as a program, it installs Debian's if need be."""

import os
import shutil
import sys
from pathlib import Path

from tests.support import debian

_SHELL = "chromium-headless-shell"
"""The same engine without a browser's own windows around it: pages load in half the time."""
_NAMES = (_SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_ELSEWHERE = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/snap/bin/chromium"),
)
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
    print("Installing Chromium for the browser tests; this happens once.", flush=True)
    reason = ""
    for package in _PACKAGES:
        try:
            debian.install("Chromium", package)
        except debian.DebianError as error:
            reason = str(error)
        if find() is not None:
            return
    sys.exit(f"The browser tests need Chromium: {reason} (or CHROMIUM=/path/to/one you have).")


if __name__ == "__main__" and find() is None:
    install()
