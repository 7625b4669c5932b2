"""How an award is accounted for and determined, as its snapshot keeps it. Pure but for its rows."""

from typing import Any

from voorjebuurt.matching.arrangements import (
    Arrangement,
    arrangement_for,
    bands_of,
    way_of,
)
from voorjebuurt.matching.models import Application, Fund, FundVersion

_GRANTS = ("award", "partial_award")
_FIRST = (*_GRANTS, "refusal")


def arrangement_then(
    kind: str,
    cents: int,
    application: Application,
    fund: Fund,
    version: FundVersion,
    *,
    conditional: bool,
) -> dict[str, Any] | None:
    """What an award of so much (eurocents; at most) fixes, and what follows rests on.

    ``conditional``: the campaign's success or the amount is still open. None for a refusal, and for
    what was awarded before there were arrangements.
    """
    if kind in _GRANTS:
        bands = bands_of(version.arrangements)
        arrangement = arrangement_for(
            bands, cents, decide_weeks=fund.decision_weeks, conditional=conditional
        )
        return arrangement.as_json()
    if kind in _FIRST or application.arrangement is None:
        return None
    weeks = application.arrangement_weeks or 0
    return Arrangement(way_of(application.arrangement), weeks, fund.decision_weeks).as_json()
