"""What arrays are asked again and again: sums of parts, and bringing equals together."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Word = NDArray[np.uint64]


def sums_per_application(
    values: Whole | NDArray[np.bool_], application: Whole, count: int
) -> Whole:
    """Σ values per application; ``application`` never falls."""
    ends = np.searchsorted(application, np.arange(count + 1))
    sums = np.concatenate(([0], np.cumsum(values)))
    return np.asarray(sums[ends[1:]] - sums[ends[:-1]])


def together(fingerprint: Sequence[Word], group: Whole) -> tuple[Whole, Whole]:
    """An order in which equal fingerprints of one group stand together, groups from low to high;
    and the positions in it at which others begin. ``group`` never falls.

    Group, bits of the fingerprint and position are sorted as one number: nothing sorts faster.
    """
    place_bits, group_bits = _bits(len(group) - 1), _bits(int(group.max(initial=0)))
    sort_keys = fingerprint[0] >> (group_bits + place_bits) << place_bits
    sort_keys |= group.astype(np.uint64) << (np.uint64(64) - group_bits)
    sort_keys |= np.arange(len(group), dtype=np.uint64)
    sort_keys.sort()
    order = (sort_keys & ((np.uint64(1) << place_bits) - np.uint64(1))).astype(np.int64)
    begins = differs(sort_keys >> place_bits)
    same = np.flatnonzero(~begins)
    if any((word[order[same]] != word[order[same - 1]]).any() for word in fingerprint):
        order = np.lexsort((*fingerprint, group))
        begins = np.logical_or.reduce([differs(each[order]) for each in (group, *fingerprint)])
    return order, np.flatnonzero(begins)


def _bits(largest: int) -> np.uint64:
    """How many bits that takes."""
    return np.uint64(max(largest, 1).bit_length())


def reduced(how: np.ufunc, values: Any, first: Whole) -> Any:
    """Each part of the values, up to where the next begins, as one value."""
    return how.reduceat(values, first) if len(first) else values


def differs(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Where an entry differs from the one before; the first does."""
    differs = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=differs[1:])
    return differs
