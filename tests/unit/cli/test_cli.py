"""What the ``voorjebuurt`` command tells about itself."""

from click.testing import CliRunner

from voorjebuurt import __version__
from voorjebuurt.cli import voorjebuurt


def test_the_command_tells_its_version() -> None:
    done = CliRunner().invoke(voorjebuurt, ["--version"])
    assert done.exit_code == 0
    assert done.output == f"voorjebuurt {__version__}\n"
