"""Where money went, over the funds and years of a municipality, beside who live there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.rules import REFUNDING, WON, CampaignStatus
from voorjebuurt.decisions.destinations.awards import AwardedRow, awarded_rows
from voorjebuurt.decisions.destinations.queries import Gifts, crowd_of, gifts_of
from voorjebuurt.decisions.destinations.shares import Comparison, comparison_of
from voorjebuurt.decisions.destinations.tables import FEWEST_GIFTS, Line, PlacedAward, line_of
from voorjebuurt.decisions.reports.measure import Baseline, Measure
from voorjebuurt.kernel import clock
from voorjebuurt.matching.rehearsal.bands import DEFAULTS, Bands
from voorjebuurt.matching.rehearsal.report import band_row
from voorjebuurt.pledges.rules import MatchStatus


@dataclass(frozen=True)
class Part:
    """One line of a table; ``fund`` is empty where funds are together, ``year`` None for all.

    ``gifts`` is None where nobody gave. ``comparison`` says how much went to those worst off.
    """

    fund: str
    year: int | None
    line: Line
    gifts: Gifts | None
    comparison: Comparison

    @property
    def median_gift_cents(self) -> int | None:
        """The middle gift (eurocents); None of so few that it could be what one person gave."""
        enough = self.gifts is not None and self.gifts.gifts >= FEWEST_GIFTS
        return self.gifts.median_cents if self.gifts is not None and enough else None

    @property
    def donors(self) -> int:
        """How many people gave to these campaigns; one address is one donor."""
        return self.gifts.donors if self.gifts is not None else 0


@dataclass(frozen=True)
class Destinations:
    """All of it. ``bands`` go from worst off to best off, each {lower, upper, factor}.

    The first ``lowest`` of them are those worst off. ``source``: whose bands they are, as in
    ``matching.rehearsal.bands``; ``none`` where no figure is known.
    """

    indicator: str | None
    source: str
    bands: Sequence[Mapping[str, Any]]
    lowest: int
    baseline: Baseline
    total: Part
    years: Sequence[Part]
    funds: Sequence[Part]


def destinations(
    session: Session,
    *,
    municipality_id: UUID,
    fund_id: UUID | None = None,
    rules: str | None = None,
    measures: Sequence[str] = DEFAULTS,
) -> Destinations:
    """Of a municipality, or of one fund by the bands of its ``rules``, since the beginning.

    ``measures``: the indicators to measure by where ``rules`` have no bands, the first that is
    known. The number of statements does not grow with what there is.
    """
    measure = Measure(session, municipality_id=municipality_id, rules=rules, measures=measures)
    rows = awarded_rows(session, municipality_id=municipality_id, fund_id=fund_id)
    crowd = crowd_of(session, {row.campaign_id for row in rows})
    awards = _supported(rows, crowd, measure)
    baseline = measure.baseline()
    lines = _lines(awards, len(measure.bands.bands))
    campaigns = {str(row.campaign_id): row.campaign_id for row in rows}
    gifts = gifts_of(
        session,
        {
            str(place): [campaigns[key] for key in line.campaigns]
            for place, (_, _, line, _) in enumerate(lines)
        },
    )
    names = {str(row.fund_id): row.fund for row in rows}
    parts = [
        Part(
            names.get(fund, ""),
            year,
            line,
            gifts.get(str(place)),
            comparison_of(line, own, measure.bands.lowest, baseline),
        )
        for place, (fund, year, line, own) in enumerate(lines)
    ]
    return _sorted(measure.bands, baseline, parts)


def _supported(
    rows: Sequence[AwardedRow], crowd: Mapping[UUID, int], measure: Measure
) -> list[PlacedAward]:
    """The rows with their bands; the earliest award with money of each campaign is its first."""
    earlier: set[UUID] = set()
    awards = []
    for row in rows:
        outcome = _outcome(CampaignStatus(row.campaign))
        awards.append(
            PlacedAward(
                application=str(row.application_id),
                campaign=str(row.campaign_id),
                fund=str(row.fund_id),
                year=clock.local(row.awarded_at).year,
                net_cents=row.net_cents,
                conditional=row.match == MatchStatus.AWARDED,
                crowd_cents=0 if outcome == "lost" else crowd.get(row.campaign_id, 0),
                places=_places(row.areas, measure),
                is_first=bool(row.net_cents) and row.campaign_id not in earlier,
                outcome=outcome,
            )
        )
        if row.net_cents:
            earlier.add(row.campaign_id)
    return awards


def _outcome(status: CampaignStatus) -> str:
    if status in WON:
        return "won"
    return "lost" if status in REFUNDING else "open"


def _places(areas: Mapping[str, str], measure: Measure) -> dict[int | None, Fraction]:
    places: dict[int | None, Fraction] = {}
    for code, share in areas.items():
        place = measure.place(code)
        places[place] = places.get(place, Fraction(0)) + Fraction(share)
    return places


def _lines(
    awards: Sequence[PlacedAward], bands: int
) -> list[tuple[str, int | None, Line, Sequence[PlacedAward]]]:
    """All together, each year, and each fund in each year; with the awards in each."""
    groups: dict[tuple[str, int | None], list[PlacedAward]] = {("", None): []}
    for award in awards:
        for key in (("", None), ("", award.year), (award.fund, award.year)):
            groups.setdefault(key, []).append(award)
    return [
        (fund, year, line_of(own, bands, across=not fund), own)
        for (fund, year), own in groups.items()
    ]


def _sorted(bands: Bands, baseline: Baseline, parts: Sequence[Part]) -> Destinations:
    total, *others = parts
    others.sort(key=lambda part: (-(part.year or 0), part.fund.casefold()))
    return Destinations(
        indicator=bands.indicator,
        source=bands.source,
        bands=[band_row(band) for band in bands.bands],
        lowest=bands.lowest,
        baseline=baseline,
        total=total,
        years=[part for part in others if not part.fund],
        funds=[part for part in others if part.fund],
    )
