"""How much of the money went to those worst off, beside how many people live there. Pure.

Shares are thousandths. A share of money is told together with how far one campaign can move it:
of few campaigns, a share says little about a fund.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from voorjebuurt.decisions.destinations.tables import Line, PlacedAward, thousandths
from voorjebuurt.decisions.reports.measure import Baseline

FEWEST_CAMPAIGNS = 5
"""Of fewer campaigns nothing is concluded."""
_ABOUT = 20
"""Thousandths within which a share of the money is about that of the residents."""


class Verdict(StrEnum):
    """What the share of the money is beside that of the residents."""

    UNKNOWN = "unknown"
    FEW = "few"
    LESS = "less"
    ABOUT = "about"
    MORE = "more"


@dataclass(frozen=True)
class Comparison:
    """Of those worst off. None is what can't be told: no money, or no figures.

    ``least`` and ``most``: what the share of the match would be without one of its campaigns,
    whichever that is. ``unplaced`` is the share of the match for areas without a figure.
    """

    match: int | None
    crowd: int | None
    residents: int | None
    least: int | None
    most: int | None
    unplaced: int | None
    verdict: Verdict


def comparison_of(
    line: Line, awards: Sequence[PlacedAward], lowest: int, baseline: Baseline
) -> Comparison:
    """The first ``lowest`` bands of a line, whose awards these are."""
    bands = len(line.cells)
    match = _share_of_match(line, lowest) if bands else None
    crowd = (
        thousandths(sum(cell.crowd_cents for cell in line.cells[:lowest]), line.crowd_cents)
        if bands
        else None
    )
    residents = thousandths(sum(baseline.residents[:lowest]), baseline.total) if bands else None
    least, most = _without_one(line, awards, lowest) if bands else (None, None)
    return Comparison(
        match=match,
        crowd=crowd,
        residents=residents,
        least=least,
        most=most,
        unplaced=thousandths(line.unplaced.match_cents, line.match_cents),
        verdict=_verdict(len(line.campaigns), match, residents, least, most),
    )


def _share_of_match(line: Line, lowest: int) -> int | None:
    return thousandths(sum(cell.match_cents for cell in line.cells[:lowest]), line.match_cents)


def _without_one(
    line: Line, awards: Sequence[PlacedAward], lowest: int
) -> tuple[int | None, int | None]:
    """The least and the most that is left of the share when one campaign is left out."""
    low_and_all: dict[str, tuple[int, int]] = {}
    for award in awards:
        if award.net_cents:
            low, whole = low_and_all.get(award.campaign, (0, 0))
            low += sum(award.match_parts.get(place, 0) for place in range(lowest))
            low_and_all[award.campaign] = low, whole + award.net_cents
    low_cents = sum(low for low, _ in low_and_all.values())
    shares = [
        share
        for low, whole in low_and_all.values()
        if (share := thousandths(low_cents - low, line.match_cents - whole)) is not None
    ]
    return (min(shares), max(shares)) if shares else (None, None)


def _verdict(
    campaigns: int, match: int | None, residents: int | None, least: int | None, most: int | None
) -> Verdict:
    if match is None or residents is None:
        return Verdict.UNKNOWN
    if campaigns < FEWEST_CAMPAIGNS or least is None or most is None:
        return Verdict.FEW
    if abs(match - residents) <= _ABOUT or least <= residents <= most:
        return Verdict.ABOUT
    return Verdict.LESS if match < residents else Verdict.MORE
