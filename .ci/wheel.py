"""Puts the version that is built into the site's wheel, so that the installed code tells it."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INIT = "voorjebuurt/__init__.py"


class VersionHook(BuildHookInterface[Any]):
    """A copy of the package's ``__init__`` with this version stands in for it in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the wheel is packed."""
        del version  # of the wheel's format
        text = (Path(self.root) / INIT).read_text()
        (line,) = (each for each in text.splitlines() if each.startswith("__version__ = "))
        self.folder = Path(tempfile.mkdtemp(prefix="voorjebuurt-wheel-"))
        copy = self.folder / "__init__.py"
        copy.write_text(text.replace(line, f'__version__ = "{self.metadata.version}"'))
        build_data["force_include"][str(copy)] = INIT

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """After it."""
        del version, build_data, artifact_path
        shutil.rmtree(self.folder)
