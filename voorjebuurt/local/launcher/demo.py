"""Loads the demo data the first time, and remembers who may sign in."""

import hashlib
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from voorjebuurt.kernel.processes import before_exec


def sign_ins(
    home: Path, url: str, environment: Mapping[str, str], *, ready: Callable[[], None]
) -> str:
    """The demo persons to sign in as, a line each; loads the demo when the database is empty.

    ``demo load`` prints them, and nothing for a database that has data of its own. What it
    printed is kept per database, so that later starts need not ask again; a load that failed or
    was cut off is tried again at the next start. ``ready`` waits for what the demo needs.
    """
    print_of_url = hashlib.sha256(url.encode()).hexdigest()[:12]
    file = home / f"demo-{print_of_url}.txt"
    if file.exists():
        return file.read_text()
    sys.stdout.write("Loading the demo data; this happens once and takes a minute or two.\n")
    sys.stdout.flush()
    ready()
    process = subprocess.run(
        [sys.executable, "-m", "voorjebuurt", "demo", "load", "--if-empty"],
        stdout=subprocess.PIPE,
        text=True,
        env=dict(environment),
        preexec_fn=before_exec(signal.SIGKILL),
        process_group=0,
        check=False,
    )
    if process.returncode:
        return "The demo data could not be loaded; the lines above say why.\n\n"
    text = f"{process.stdout.rstrip()}\n\n" if process.stdout.strip() else ""
    draft = file.with_suffix(".new")
    draft.write_text(text)
    draft.rename(file)
    return text
