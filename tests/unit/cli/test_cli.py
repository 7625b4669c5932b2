"""What the ``voorjebuurt`` command tells about itself."""

from click.testing import CliRunner

from voorjebuurt import __version__
from voorjebuurt.cli import voorjebuurt


def test_the_command_tells_its_version() -> None:
    result = CliRunner().invoke(voorjebuurt, ["--version"])
    assert result.exit_code == 0
    assert result.output == f"voorjebuurt {__version__}\n"


def test_the_command_tells_what_it_can_do() -> None:
    result = CliRunner().invoke(voorjebuurt, ["--help"], catch_exceptions=False)
    assert result.exit_code == 0
    names = [
        line.split()[0] for line in result.output.partition("Commands:")[2].splitlines() if line
    ]
    assert {"ledger", "matching", "people", "worker"} <= set(names)


def test_what_subcommands_share_is_no_subcommand() -> None:
    result = CliRunner().invoke(voorjebuurt, ["bounds"])
    assert result.exit_code == 2
    assert "No such command 'bounds'" in result.output
