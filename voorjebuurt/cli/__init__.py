"""The ``voorjebuurt`` command. Each module in this folder is one subcommand, its ``command``.

But for what subcommands share.

What only runs on one machine (``voorjebuurt.local``) brings subcommands of its own; a production
installation comes without that package, and without them.
"""

import gc
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import click
from sqlalchemy.exc import OperationalError

from voorjebuurt import __version__
from voorjebuurt.kernel.errors import StartError
from voorjebuurt.kernel.preflight import first_line
from voorjebuurt.settings import SettingsError

LOCAL = "voorjebuurt.local"
_SHARED = frozenset({f"{__name__}.bounds"})
"""Modules here that are no subcommand."""


class Subcommands(click.Group):
    """Imports a subcommand when it is asked for, so that ``run`` doesn't load the whole site."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of all subcommands that are installed."""
        return sorted(dict(_subcommands()))

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command in the module of that name."""
        module = dict(_subcommands()).get(cmd_name)
        if module is None:
            return None
        with _no_garbage():
            command: click.Command = importlib.import_module(module).command
        return command


def _subcommands() -> Iterator[tuple[str, str]]:
    """Name and module of every subcommand."""
    packages = [__name__, f"{LOCAL}.cli"] if find_spec(LOCAL) is not None else [__name__]
    for package in packages:
        folders = importlib.import_module(package).__path__
        for module in pkgutil.iter_modules(folders):
            name = f"{package}.{module.name}"
            if name not in _SHARED:
                yield module.name, name


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Import without looking for garbage: all that an import makes stays, and looking at it again
    and again took a sixth of the start. What is there at the end is never looked at again.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=Subcommands)
@click.version_option(__version__, prog_name="voorjebuurt", message="%(prog)s %(version)s")
def voorjebuurt() -> None:
    """Crowdfunding for neighbourhoods."""


def main() -> None:
    """Run the command line; what its user can put right is told on stderr, without a trace."""
    try:
        voorjebuurt()
    except (SettingsError, StartError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database can't be used: {first_line(error)}")
