"""With which campaigns one is compared. Pure."""

from enum import StrEnum

FEWEST = 5
"""From so many campaigns on something is said of them: of fewer it would be about one of them."""
MOST_DAYS = 120
"""Days of a campaign on which it is compared."""
LATELY_DAYS = 3 * 365
"""Campaigns that ended within so many days count."""
MIDDLE_CENTS, LARGE_CENTS = 250_000, 1_000_000
"""From which goal on (eurocents) a campaign is of middle size, and large."""


class Size(StrEnum):
    """How much a campaign asks for."""

    SMALL = "small"
    MIDDLE = "middle"
    LARGE = "large"


def size_of(goal_cents: int) -> Size:
    """The size of a campaign with this goal."""
    if goal_cents >= LARGE_CENTS:
        return Size.LARGE
    return Size.MIDDLE if goal_cents >= MIDDLE_CENTS else Size.SMALL
