"""Finds pairs of donors that meet at several applications, and corrects what they count for.

A pair that meets twice shares a pair of applications. So donors are listed by every pair of
applications they gave to; whoever stand in one list meet at both. A donor who gave to very many
applications would stand in too many lists, and goes through the lists of those applications
instead. Either way the first donor of a pair is the one with the lower number, and all pairs of a
first donor are looked at in one go, so that no meeting is seen twice or missed.
"""

from collections.abc import Iterator

import numpy as np

from voorjebuurt.matching.rounds.aggregation.arrays import Whole, differs, reduced
from voorjebuurt.matching.rounds.aggregation.pair_sums import Entries, PairSums

_MOST_LISTED = 4_000_000
_AT_ONCE = 1_000_000
"""Pairs of donors in memory at once, unless one donor has more."""


def correct(sums: PairSums, entries: Entries) -> None:
    """Correct every pair that meets more than once."""
    if not len(entries.donor):
        return
    first_light = _first_light(entries)
    _correct_light(sums, entries, first_light)
    _correct_heavy(sums, entries, first_light)


def _first_light(entries: Entries) -> int:
    """The number of the first entry whose donor, like all later ones, can be listed."""
    gave_to = np.bincount(entries.donor)
    pair_counts = np.cumsum((gave_to * (gave_to - 1) // 2)[::-1])[::-1]
    heavy = int(np.count_nonzero(pair_counts > _MOST_LISTED))
    return int(np.searchsorted(entries.donor, heavy))


def _correct_light(sums: PairSums, entries: Entries, begin: int) -> None:
    entry, other = _two_of_a_donor(entries, begin)
    if not len(entry):
        return
    count = int(entries.application.max()) + 1
    place = entries.application[entry] * count + entries.application[other]
    order = np.argsort(place, kind="stable")
    places_in_order = place[order]
    position = np.empty_like(order)
    position[order] = np.arange(len(order))
    end = np.searchsorted(places_in_order, place, side="right")
    for which, behind in _followers(entries.donor[entry], position, end):
        follower = order[behind]
        mine, its = (entry[which], other[which]), (entry[follower], other[follower])
        twice, more = _once_and_often(_pair(entries, mine[0], its[0]))
        roots = [
            entries.root[a[twice]] * entries.root[b[twice]] for a, b in zip(mine, its, strict=True)
        ]
        total_root = roots[0] + roots[1]
        for each, root in zip(mine, roots, strict=True):
            sums.correct(entries.application[each[twice]], root, total_root, 2)
        _correct_meetings(
            sums,
            entries,
            np.concatenate([each[more] for each in mine]),
            np.concatenate([each[more] for each in its]),
        )


def _correct_heavy(sums: PairSums, entries: Entries, end: int) -> None:
    if not end:
        return
    order = np.lexsort((entries.donor, entries.application))
    position = np.empty_like(order)
    position[order] = np.arange(len(order))
    ends = np.searchsorted(entries.application[order], entries.application[:end], side="right")
    for which, behind in _followers(entries.donor[:end], position[:end], ends):
        follower = order[behind]
        _, often = _once_and_often(_pair(entries, which, follower))
        _correct_meetings(sums, entries, which[often], follower[often])


def _two_of_a_donor(entries: Entries, begin: int) -> tuple[Whole, Whole]:
    """Every two entries of one donor, from entry ``begin`` on, in order of donor."""
    donor = entries.donor[begin:]
    end = np.searchsorted(donor, donor, side="right")
    counts = end - np.arange(len(donor)) - 1
    entry = np.repeat(np.arange(len(donor)), counts)
    return begin + entry, begin + entry + _counting(counts)


def _counting(counts: Whole) -> Whole:
    """1, 2, … up to each of the counts."""
    before = np.cumsum(counts) - counts
    return np.arange(1, int(counts.sum()) + 1) - np.repeat(before, counts)


def _followers(donor: Whole, position: Whole, end: Whole) -> Iterator[tuple[Whole, Whole]]:
    """Everybody behind somebody in a list: who, and the position of the one behind.

    ``position`` in the lists laid end to end, ``end`` of one's own list. All of one donor at once.
    """
    counts = end - position - 1
    running = np.cumsum(counts)
    next_donor = np.searchsorted(donor, donor, side="right")
    begin = 0
    while begin < len(donor):
        pairs_before = int(running[begin - 1]) if begin else 0
        fits = int(np.searchsorted(running, pairs_before + _AT_ONCE, side="right"))
        whole = int(np.searchsorted(donor, donor[min(fits, len(donor) - 1)]))
        stop = len(donor) if fits == len(donor) else max(whole, int(next_donor[begin]))
        part = slice(begin, stop)
        which = np.repeat(np.arange(begin, stop), counts[part])
        if len(which):
            yield which, position[which] + _counting(counts[part])
        begin = stop


def _pair(entries: Entries, entry: Whole, other: Whole) -> Whole:
    """A number for the two donors."""
    return entries.donor[entry] * (int(entries.donor[-1]) + 1) + entries.donor[other]


def _once_and_often(pair: Whole) -> tuple[Whole, Whole]:
    """Positions of pairs that are there once, and of those that are there more often."""
    order = np.argsort(pair)
    begins = differs(pair[order])
    once = begins & np.append(begins[1:], True)
    return order[once], order[~once]


def _correct_meetings(sums: PairSums, entries: Entries, entry: Whole, other: Whole) -> None:
    """``entry`` and ``other`` are entries at one application; a meeting may be there repeatedly."""
    pair, application = _pair(entries, entry, other), entries.application[entry]
    meeting = pair * (int(application.max(initial=0)) + 1) + application
    order = np.argsort(meeting)
    order = order[differs(meeting[order])]
    entry, other, pair = entry[order], other[order], pair[order]
    first = np.flatnonzero(differs(pair))
    times = np.diff(first, append=len(pair))
    root = entries.root[entry] * entries.root[other]
    total_root = np.repeat(reduced(np.add, root, first), times)
    sums.correct(entries.application[entry], root, total_root, int(times.max(initial=1)))
