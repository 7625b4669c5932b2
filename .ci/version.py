"""The version of what is built: that of the code, or of a moment after it (``make wheel``).

A release is the commit that gave ``voorjebuurt/__init__.py`` its version, or the one with the tag
``v0.2.0`` if there is one. What is built later is a version under development of the next one:
``0.3.0.dev12+g1234abcd``, twelve commits after 0.2.0. It sorts after 0.2.0 and before 0.3.0.
Without git, as from an archive, it is the version of the code, or what ``VJB_BUILD_VERSION`` says
(as in a container, whose caller knows). Nothing is fetched.
"""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INIT = "voorjebuurt/__init__.py"
PACKED = (".ci", "config", "migrations", "pyproject.toml", "templates", "voorjebuurt")
"""What a change of makes another wheel."""
LINE = re.compile(r'^__version__ = "(\d+)\.(\d+)\.(\d+)"$', re.MULTILINE)


def version(root: Path = ROOT) -> str:
    """The version of the checkout in ``root`` as it is now."""
    if told := os.environ.get("VJB_BUILD_VERSION"):
        return told
    found = LINE.search((root / INIT).read_text())
    if found is None:
        raise ValueError(f"{INIT} has no version in three numbers")
    released = ".".join(found.groups())
    if _git(root, "rev-parse", "--show-toplevel") != str(root.resolve()):
        return released  # an archive, perhaps inside another project's checkout
    head = _git(root, "rev-parse", "--short=8", "HEAD")
    if not head:
        return released
    release = _git(root, "rev-parse", "--verify", "--quiet", f"refs/tags/v{released}^{{commit}}")
    release = release or _git(root, "log", "-1", "--format=%H", "-G^__version__ = ", "--", INIT)
    # Without its beginning (a shallow clone) the number is smaller; the commit still tells which.
    commits = _git(root, "rev-list", "--count", f"{release}..HEAD")
    changed = ".changed" if _git(root, "status", "--porcelain", "--", *PACKED) else ""
    if commits == "0" and not changed:
        return released
    following = f"{found[1]}.{int(found[2]) + 1}.0"
    return f"{following}.dev{commits}+g{head}{changed}"


def _git(root: Path, *arguments: str) -> str:
    """What git answers, and nothing where it can't."""
    try:
        result = subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, text=True, check=False, timeout=60
        )
    except OSError:
        return ""
    return result.stdout.strip() if result.returncode == 0 else ""


if __name__ == "__main__":
    print(version())
