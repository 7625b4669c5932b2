"""Both rules decided on the same facts: who gets what, and what differs. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from voorjebuurt.matching.rehearsal.bands import Bands, bands_of, leaves
from voorjebuurt.matching.rehearsal.spread import spread
from voorjebuurt.rulebook.evaluation import Outcome, decide
from voorjebuurt.rulebook.facts import Application, Facts
from voorjebuurt.rulebook.figures.factor import Figures
from voorjebuurt.rulebook.ruleset import Ruleset


@dataclass(frozen=True)
class Beside:
    """What is known beside the facts: no rule reads it, but people want to.

    ``residents`` and ``places`` (names) by area code, ``titles`` by application id.
    """

    residents: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


NOTHING_BESIDE = Beside()


class Change(StrEnum):
    """What the rules mean for one application, beside those they would replace."""

    GAINS = "gains"
    LOSES = "loses"
    SAME = "same"
    FALLS_OUT = "falls_out"
    COMES_IN = "comes_in"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Place:
    """An area with its share of the money (cents). ``code`` None: applications without an area.

    ``band`` is a position in ``Bands.bands``; None when no figure is known. ``source`` is the area
    whose figure it is.
    """

    code: str | None
    band: int | None
    figure: Fraction | None
    source: str | None
    applications: frozenset[str]
    award_cents: int
    against_cents: int | None


@dataclass(frozen=True)
class Comparison:
    """All of it. ``against`` is None when there was nothing to compare with.

    ``band_residents`` are those of the facts' areas in each band, ``unplaced_residents`` those in
    areas without a figure; both count only areas whose residents are known.
    """

    rules: Ruleset
    outcome: Outcome
    other_rules: Ruleset | None
    against: Outcome | None
    bands: Bands
    places: tuple[Place, ...]
    band_residents: tuple[int, ...]
    unplaced_residents: int
    residents_missing: int
    beside: Beside


def rehearse(
    rules: Ruleset,
    against: Ruleset | None,
    facts: Facts,
    *,
    beside: Beside = NOTHING_BESIDE,
    progress: Callable[[int], None] = lambda _: None,
) -> Comparison:
    """Decide by both on the same facts; ``progress`` hears percentages of the work."""
    outcome = decide(rules, facts)
    progress(50)
    other = None if against is None else decide(against, facts)
    progress(90)
    bands = bands_of(rules, against, facts.areas, beside.residents)
    residents_by_band = _band_residents(bands, facts, beside.residents)
    codes = leaves(facts.areas)
    return Comparison(
        rules,
        outcome,
        against,
        other,
        bands,
        _places(facts, bands, outcome, other),
        tuple(residents_by_band.get(index, 0) for index in range(len(bands.bands))),
        residents_by_band.get(None, 0),
        sum(code not in beside.residents for code in codes),
        beside,
    )


def change_of(award: int, against: int) -> Change:
    """What became of one application, from its two awards in cents."""
    if award == against:
        return Change.SAME if award else Change.NOTHING
    if award == 0:
        return Change.FALLS_OUT
    if against == 0:
        return Change.COMES_IN
    return Change.GAINS if award > against else Change.LOSES


def _band_residents(
    bands: Bands, facts: Facts, residents: Mapping[str, int]
) -> dict[int | None, int]:
    figures = Figures(facts.areas, bands.indicator or "")
    residents_by_band: dict[int | None, int] = {}
    for code in leaves(facts.areas):
        figure = figures.of(code)
        band = bands.place(figure[0] if figure else None)
        residents_by_band[band] = residents_by_band.get(band, 0) + residents.get(code, 0)
    return residents_by_band


def _places(
    facts: Facts, bands: Bands, outcome: Outcome, against: Outcome | None
) -> tuple[Place, ...]:
    """Every area that an application is for, by code; those without an area last."""
    who: dict[str | None, set[str]] = {}
    for application in facts.applications:
        for area_code in _shares(application):
            who.setdefault(area_code or None, set()).add(application.id)
    money = _money(facts, outcome.awards)
    other = None if against is None else _money(facts, against.awards)
    figures = Figures(facts.areas, bands.indicator or "")
    places = []
    for code in sorted(who, key=lambda code: (code is None, code or "")):
        figure, source = (code and figures.of(code)) or (None, None)
        places.append(
            Place(
                code,
                bands.place(figure),
                figure,
                source,
                frozenset(who[code]),
                money.get(code, 0),
                None if other is None else other.get(code, 0),
            )
        )
    return tuple(places)


def _shares(application: Application) -> Mapping[str, Fraction]:
    """Its areas; the empty code stands for none."""
    shares = {code: share for code, share in (application.area or {}).items() if share}
    return shares or {"": Fraction(1)}


def _money(facts: Facts, awards: Mapping[str, int]) -> dict[str | None, int]:
    money: dict[str | None, int] = {}
    for application in facts.applications:
        for code, cents in spread(awards[application.id], _shares(application)).items():
            money[code or None] = money.get(code or None, 0) + cents
    return money
