"""How much Hypothesis tries: the same few examples at every ``make test``, many in a deep run.

``make test-deep`` starts from another seed each time, replays first what failed before, and
prints a line that replays a failure anywhere. What it keeps survives ``make clean``.
"""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.database import DirectoryBasedExampleDatabase

USUAL = 60
DEEP = 2_000
KEPT = Path(__file__).parents[2] / "var" / "hypothesis"
_BOTH: dict[str, Any] = {
    "deadline": None,  # a machine that does other things too is no fault of ours
    "suppress_health_check": [HealthCheck.too_slow],
    "print_blob": True,
}


def register() -> None:
    """Tell Hypothesis about both; ``--hypothesis-profile=deep`` chooses the other one."""
    settings.register_profile("usual", max_examples=USUAL, derandomize=True, **_BOTH)
    database = DirectoryBasedExampleDatabase(KEPT)
    settings.register_profile(
        "deep", max_examples=DEEP, derandomize=False, database=database, **_BOTH
    )
    settings.load_profile("usual")


def slow(usual: int, *checks: HealthCheck, **options: Any) -> settings:
    """For a test whose examples are slow: so many of them, and as many more in a deep run."""
    profile = settings()
    return settings(
        max_examples=usual * profile.max_examples // USUAL,
        suppress_health_check=[*profile.suppress_health_check, *checks],
        **options,
    )
