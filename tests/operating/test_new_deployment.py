"""An operator begins a new deployment by the docs alone (also from the wheel: make operating)."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.support.new_deployment import deployment
from tests.support.source import ROOT

SECONDS = 240
"""What it may take in all, on a machine that is busy with other tests."""


def test_a_deployment_is_begun_by_the_docs_alone_up_to_a_gift(
    empty_database_url: Callable[[], AbstractContextManager[str]], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "voorjebuurt"]
    with (
        empty_database_url() as url,
        deployment(command, url, tmp_path, PYTHONPATH=str(ROOT)) as site,
    ):
        site.begin()
    assert sum(seconds for _, seconds in site.times) < SECONDS
    steps = [what for what, _ in site.times]
    assert steps[:3] == ["settings check", "migrate", "ready"]
    assert steps[-2:] == ["a gift is paid and booked", "the books"]
