"""Finds the nginx for the tests of the proxy; run as a program, it fetches Debian's if need be.

It is unpacked beside the installation of the tests and not installed, so that no service starts on
anybody's machine. Where it can't be had, those tests are skipped and say so.
"""

import os
import shutil
import sys
from pathlib import Path

from tests.support import debian

_FOLDER = Path(sys.prefix) / "nginx"
_USUAL = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"))
ABSENT = "there is no nginx here ('make setup' fetches Debian's, VJB_TEST_NGINX names another)"


def find() -> str | None:
    """The one that ``VJB_TEST_NGINX`` names, one of the system, or what was fetched."""
    path = os.environ.get("VJB_TEST_NGINX")
    if path:
        return shutil.which(path)
    return shutil.which("nginx", path=_USUAL) or shutil.which(_FOLDER / "usr" / "sbin" / "nginx")


def fetch() -> None:
    """Unpack Debian's; tell it when that can't be."""
    print("Fetching nginx for the tests of the proxy; this happens once.", flush=True)
    try:
        debian.unpack("nginx", "nginx", _FOLDER)
    except debian.DebianError as error:
        print(f"  nginx: not there ({error}); tests with it are skipped.", flush=True)


if __name__ == "__main__" and find() is None:
    fetch()
