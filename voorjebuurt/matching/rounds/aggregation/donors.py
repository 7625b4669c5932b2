"""Gifts added up per donor and application, in arrays.

Donors are told apart by their fingerprints of 86 bits. To bring equal ones together only the bits
that fit beside application and position are sorted; should those coincide, all are.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voorjebuurt.matching.rounds.aggregation.arrays import (
    Whole,
    Word,
    reduced,
    sums_per_application,
    together,
)
from voorjebuurt.matching.rounds.aggregation.gift_rows import (
    DONOR_BITS,
    FLAG_BITS,
    GIFT,
    LOCAL,
    MATCHABLE,
)
from voorjebuurt.rulebook.values.numbers import MAX_WHOLE

_BLOCK = 50_000
"""Gifts that are added up in one go: so few that the processor keeps them near."""


@dataclass(frozen=True)
class Totals:
    """One entry for each donor with matchable gifts to an application, by application.

    application  its position in the list
    cents        the donor's total there
    local        whether such a gift came from one of the application's own areas
    donor, donor_again  the donor's fingerprint
    """

    application: Whole
    cents: Whole
    local: NDArray[np.bool_]
    donor: Word
    donor_again: Word


@dataclass(frozen=True)
class Sums:
    """All gifts, also those that don't count for the match, and the donors' totals."""

    crowd_cents: Whole
    totals: Totals


def add_up(gifts: Sequence[bytes]) -> Sums:
    """The gifts to each application, packed as ``GIFT``, added up.

    Raises ``ValueError`` for amounts that are none, or whose sum canonical JSON can't keep.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        parts = list(pool.map(lambda part: _add_up(*part), _blocks(gifts)))
    crowd = np.concatenate([np.zeros(0, np.int64), *(part.crowd_cents for part in parts)])
    if sum(crowd.tolist()) > MAX_WHOLE:
        raise ValueError("the gifts are so high that their sum can't be kept")
    return Sums(crowd, _concatenation([part.totals for part in parts]))


def _blocks(gifts: Sequence[bytes]) -> Iterator[tuple[int, Sequence[bytes]]]:
    """Applications in a row with some ``_BLOCK`` gifts together, and the first one's position."""
    begin = size = 0
    for position, gift_bytes in enumerate(gifts, start=1):
        size += len(gift_bytes) // GIFT.itemsize
        if size >= _BLOCK or position == len(gifts):
            yield begin, gifts[begin:position]
            begin, size = position, 0


def _add_up(begin: int, block: Sequence[bytes]) -> Sums:
    """A block's gifts; arrays let go of the interpreter, so that blocks go on side by side."""
    records = np.frombuffer(b"".join(block), GIFT)
    number_and_hash = records["number"].astype(np.int64)
    numbers, again = number_and_hash >> DONOR_BITS, number_and_hash & (2**DONOR_BITS - 1)
    application = np.repeat(
        np.arange(len(block)), [len(gift_bytes) // GIFT.itemsize for gift_bytes in block]
    )
    crowd = _crowd(numbers >> FLAG_BITS, application, len(block))
    fingerprint = (records["donor"].astype(np.uint64), again.astype(np.uint64))
    order, first = together(fingerprint, application)
    numbers = numbers[order]
    matchable = numbers & MATCHABLE != 0
    cents = reduced(np.add, (numbers >> FLAG_BITS) * matchable, first)
    local = reduced(np.logical_or, matchable & (numbers & LOCAL != 0), first)
    nonzero = np.flatnonzero(cents)
    entry = order[first[nonzero]]
    return Sums(
        crowd,
        Totals(
            begin + application[entry],
            cents[nonzero],
            local[nonzero],
            *(word[entry] for word in fingerprint),
        ),
    )


def _crowd(cents: Whole, application: Whole, count: int) -> Whole:
    if len(cents) and not 0 < int(cents.min()) <= int(cents.max()) <= MAX_WHOLE // len(cents):
        raise ValueError("an amount is below one cent, or so high that sums can't be kept")
    return sums_per_application(cents, application, count)


def _concatenation(parts: Sequence[Totals]) -> Totals:
    if not parts:
        return Totals(*(np.zeros(0, kind) for kind in (int, int, bool, np.uint64, np.uint64)))
    return Totals(
        np.concatenate([part.application for part in parts]),
        np.concatenate([part.cents for part in parts]),
        np.concatenate([part.local for part in parts]),
        np.concatenate([part.donor for part in parts]),
        np.concatenate([part.donor_again for part in parts]),
    )
