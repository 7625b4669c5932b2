"""The worker's queue finds its database by paths and passwords of any characters."""

import tempfile
from pathlib import Path

from voorjebuurt.kernel import preflight
from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.jobs import Runtime
from voorjebuurt.settings import Settings
from voorjebuurt.settings.database_url import database_url, keywords_of
from voorjebuurt.worker.queue import build_queue

STRANGE = "a b+c%20 #e?f&g'h\"i=é"


def test_a_space_in_the_path_of_the_state_stops_no_worker(
    fresh_database_url: str, fresh_database: Database, settings: Settings
) -> None:
    keywords = keywords_of(fresh_database_url)
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        sockets = Path(folder, STRANGE)
        sockets.symlink_to(keywords["host"])
        _works_at(sockets, keywords, settings)


def _works_at(sockets: Path, keywords: dict[str, str], settings: Settings) -> None:
    """The path of a socket has at most 107 bytes, wherever tests keep their files."""
    url = database_url(**{**keywords, "host": str(sockets)})
    preflight.check_database(url)
    database = Database(url)
    try:
        with database.reading() as session, build_queue(Runtime(database, settings), url).open():
            assert session.connection().closed is False
    finally:
        database.dispose()
