"""Where the site that ``run`` started is to be found, for commands given beside it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

_NAMES = ("DATABASE_URL", "VJB_SANDBOX_URL", "PORT", "HOST")


def leave_note(home: Path, environment: Mapping[str, str]) -> None:
    """Write down how the running site is reached; only its owner may read that."""
    note = {name: environment[name] for name in _NAMES if name in environment}
    file = _file(home)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(note, stream)


def take_note_away(home: Path) -> None:
    """The site stops."""
    _file(home).unlink(missing_ok=True)


def site_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the site that runs on this state folder, or ``environ`` as it is.

    A ``DATABASE_URL`` that is given goes before everything. After a kill −9 the note may be
    old; then the database does not answer, and the command says so.
    """
    home = Path(environ.get("VJB_HOME", "var")).absolute()
    if environ.get("DATABASE_URL") or not _file(home).is_file():
        return dict(environ)
    note: dict[str, str] = json.loads(_file(home).read_text())
    return {**note, **environ}


def _file(home: Path) -> Path:
    return home / "running.json"
