"""The ``voorjebuurt`` command. Each module in this folder is one subcommand, its ``command``."""

import importlib
import pkgutil
import sys

import click
from sqlalchemy.exc import OperationalError

from voorjebuurt.embedded.errors import EmbeddedError
from voorjebuurt.kernel.preflight import DatabaseError, first_line
from voorjebuurt.launcher.errors import LaunchError
from voorjebuurt.settings import SettingsError


class Subcommands(click.Group):
    """Imports a subcommand when it is asked for, so that ``run`` doesn't load the whole site."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the modules beside this one."""
        return sorted(module.name for module in pkgutil.iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command in the module of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command


@click.group(cls=Subcommands)
def voorjebuurt() -> None:
    """Crowdfunding for neighbourhoods."""


def main() -> None:
    """Run the command line; what its user can put right is told on stderr, without a trace."""
    try:
        voorjebuurt()
    except (SettingsError, EmbeddedError, LaunchError, DatabaseError) as error:
        sys.exit(str(error))
    except OperationalError as error:
        sys.exit(f"The database can't be used: {first_line(error)}")
