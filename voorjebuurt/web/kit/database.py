"""The database and the settings of the site that serves this request."""

from contextlib import AbstractContextManager

from flask import current_app, g
from sqlalchemy.orm import Session

from voorjebuurt.kernel.db import Database
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.kernel.storage import FolderStorage, Storage
from voorjebuurt.settings import Settings
from voorjebuurt.web.kit.returned_forms import refuse_writing

EXTENSION = "voorjebuurt.database"
SETTINGS = "voorjebuurt.settings"
READ_ONLY = "read_only"
"""In ``flask.g``: this request writes nothing, whatever its view would."""


def the_database() -> Database:
    """The database of the running application."""
    database: Database = current_app.extensions[EXTENSION]
    return database


def the_settings() -> Settings:
    """The settings of the running application."""
    settings: Settings = current_app.extensions[SETTINGS]
    return settings


def the_sealer() -> Sealer:
    """What opens the secrets and account numbers of this site."""
    return Sealer(the_settings().data_keys)


def the_storage() -> Storage:
    """Where this site keeps its uploads."""
    return FolderStorage(the_settings().uploads)


def reading() -> AbstractContextManager[Session]:
    """``with reading() as session:`` to look at things."""
    return the_database().reading()


def snapshot() -> AbstractContextManager[Session]:
    """``with snapshot() as session:`` to look at many things as they were at one moment."""
    return the_database().snapshot()


def writing() -> AbstractContextManager[Session]:
    """``with writing() as session:`` one transaction, committed at the end of the block.

    Raises ``FormReturnedError`` when this request's form is only shown again, and
    ``ForbiddenError`` while somebody only looks at the site as another sees it.
    """
    refuse_writing()
    if g.get(READ_ONLY):
        raise ForbiddenError("viewing_only")
    return the_database().writing()
