"""How much Hypothesis tries: the same few examples at every ``make test``, many in a deep run.

``make test-deep`` starts from another seed each time, replays first what failed before, and
prints a line that replays a failure anywhere. What it keeps survives ``make clean``.
``make mutants`` runs the same tests thousands of times, with few examples each.
"""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis.database import DirectoryBasedExampleDatabase

USUAL = 60
DEEP = 2_000
FEW = 10
KEPT = Path(__file__).parents[2] / "var" / "hypothesis"
_ALL: dict[str, Any] = {
    "deadline": None,  # a machine that does other things too is no fault of ours
    "suppress_health_check": [HealthCheck.too_slow],
    "print_blob": True,
}


def register() -> None:
    """Tell Hypothesis about all; ``--hypothesis-profile=deep`` chooses another than the usual."""
    settings.register_profile("usual", max_examples=USUAL, derandomize=True, **_ALL)
    database = DirectoryBasedExampleDatabase(KEPT)
    settings.register_profile(
        "deep", max_examples=DEEP, derandomize=False, database=database, **_ALL
    )
    # Nobody reads the example that notices a mutant, so it is not made smaller.
    only: dict[str, Any] = {
        "phases": [Phase.explicit, Phase.generate],
        "report_multiple_bugs": False,
    }
    settings.register_profile(
        "mutants", max_examples=FEW, derandomize=True, database=None, **only, **_ALL
    )
    settings.load_profile("usual")


def slow(usual: int, *checks: HealthCheck, **options: Any) -> settings:
    """For a test whose examples are slow: so many of them, and as many more in a deep run."""
    profile = settings()
    return settings(
        max_examples=max(1, usual * profile.max_examples // USUAL),
        suppress_health_check=[*profile.suppress_health_check, *checks],
        **options,
    )
