"""What the ``voorjebuurt`` command tells about itself."""

from click.testing import CliRunner

from voorjebuurt import __version__
from voorjebuurt.cli import voorjebuurt


def test_the_command_tells_its_version() -> None:
    result = CliRunner().invoke(voorjebuurt, ["--version"])
    assert result.exit_code == 0
    assert result.output == f"voorjebuurt {__version__}\n"
