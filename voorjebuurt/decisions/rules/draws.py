"""Which cases the lot falls on, so that anybody can work it out again. Pure.

A draw has a seed: 256 bits of chance of the machine, kept with its lots. A case's value is in the
first 32 bits of SHA-256 of ``seed:number``, modulo 10 000. The lot falls on it when that is below
the percentage of its version of the fund, times 100. So each case has the same chance, on whatever
day it becomes due and however many others do.
"""

import hashlib

SCALE = 10_000
"""Values are from 0 up to this."""
SEED_BYTES = 32


def lot_value(seed: str, number: str) -> int:
    """The value of a case, by its number, in the draw with this seed."""
    return int(hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()[:8], 16) % SCALE


def falls_on(value: int, percent: int) -> bool:
    """Whether the lot falls on a value where so many of a hundred cases are drawn."""
    return value < percent * (SCALE // 100)
