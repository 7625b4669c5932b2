"""The figures of every application in a closing."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from sqlalchemy import FromClause
from sqlalchemy.orm import Session

from voorjebuurt.matching.rounds.aggregation.arrays import sums_per_application
from voorjebuurt.matching.rounds.aggregation.donors import Sums, Totals, add_up
from voorjebuurt.matching.rounds.aggregation.gift_rows import packed_gifts
from voorjebuurt.matching.rounds.aggregation.quadratic import PairEstimates, histograms
from voorjebuurt.rulebook.clauses import Field
from voorjebuurt.rulebook.facts import Application, Area
from voorjebuurt.rulebook.figures.measured import Estimates, MeasuredFacts
from voorjebuurt.rulebook.figures.quadratic import unbounded_bases
from voorjebuurt.rulebook.figures.tally import Measures
from voorjebuurt.rulebook.ruleset import Ruleset


def gather(
    session: Session,
    gifts: FromClause,
    *,
    rules: Ruleset,
    applications: Sequence[Application],
    areas: Mapping[str, Area],
    lottery_seed: str | None = None,
) -> MeasuredFacts:
    """What ``decide_measured`` needs, out of gifts in the database.

    ``gifts`` is a table or subquery with the columns ``application`` (an application's id, as text
    or uuid), ``donor`` (an opaque key: text, uuid or bytes), ``amount_cents`` (whole, from 1),
    ``area`` (a code or null) and ``matchable``. Gifts to other applications are left out. Local
    donors are counted only where a requirement reads them. Raises ``ValueError`` for an amount
    below a cent or sums above 2⁵³ cents; a single gift above € 5 billion the database refuses.
    """
    local = any(requirement.field is Field.LOCAL_DONORS for requirement in rules.require)
    sums = add_up(packed_gifts(session, gifts, applications, local=local))
    keys = [application.id for application in applications]
    measures = dict(zip(keys, _measures(rules, sums), strict=True))
    quadratic = _quadratic(rules, keys, sums.totals)
    return MeasuredFacts(tuple(applications), areas, measures, quadratic, lottery_seed)


def _quadratic(
    rules: Ruleset, keys: Sequence[str], totals: Totals
) -> Mapping[str, Fraction] | Estimates:
    pairing = rules.base.pairing
    if pairing is None:
        return {}
    if pairing.bound_cents is None:
        return unbounded_bases(dict(zip(keys, histograms(totals, len(keys)), strict=True)))
    return PairEstimates(keys, totals, pairing.bound_cents)


def _measures(rules: Ruleset, sums: Sums) -> list[Measures]:
    limits, totals = rules.base.donor_limits, sums.totals
    cap, large = limits.cap_cents, limits.least_cents
    capped_cents = totals.cents if cap is None else np.minimum(totals.cents, cap)
    per_donor = (
        totals.cents,
        np.ones_like(capped_cents),
        totals.local,
        capped_cents,
        totals.cents >= large,
    )
    count = len(sums.crowd_cents)
    figures = [sums_per_application(column, totals.application, count) for column in per_donor]
    columns = [column.tolist() for column in (sums.crowd_cents, *figures)]
    return [Measures(*each) for each in zip(*columns, strict=True)]
