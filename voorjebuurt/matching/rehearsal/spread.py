"""An award over the neighbourhoods that it is for, in whole cents. Pure."""

from collections.abc import Mapping
from fractions import Fraction


def spread(cents: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Cents per area by its share; together exactly ``cents``.

    What rounding leaves goes by largest remainder, of equal ones to the lowest code.
    """
    exact = {code: cents * share for code, share in shares.items()}
    parts = {code: int(part) for code, part in exact.items()}
    rest = cents - sum(parts.values())
    nearest = sorted(exact, key=lambda code: (parts[code] - exact[code], code))
    for code in nearest[:rest]:
        parts[code] += 1
    return parts
