"""What a fund did in a year, for its report and its public page; numbers only, no donors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.reports.figures import (
    BandRow,
    Change,
    Days,
    Row,
    SentAward,
    by_area,
    by_band,
    by_theme,
    changes,
    days_of,
)
from voorjebuurt.decisions.reports.queries import (
    SentDecision,
    objections_by_status,
    published_versions,
    received_applications,
    sent_decisions,
)
from voorjebuurt.decisions.rules.kinds import FIRST, GRANTS
from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import Application, Fund

_FIRST = {kind.value for kind in FIRST}
_GRANTS = {kind.value for kind in GRANTS}
_OUTCOMES = {
    "withdrawn": "withdrawn",
    "refused": "refused",
    "awarded": "awarded",
    "accounted": "awarded",
    "determined": "awarded",
    "revoked": "revoked",
    "expired": "expired",
}


@dataclass(frozen=True)
class Money:
    """Sums of the decisions that were sent (eurocents).

    ``awarded`` is before what later decisions took off: ``lowered`` (at determination),
    ``revoked`` and ``clawed_back`` (asked back of what was paid).
    """

    awarded: int
    lowered: int
    revoked: int
    clawed_back: int


@dataclass(frozen=True)
class YearReport:
    """One fund in one year, or since its beginning (``year`` None).

    Decisions count in the year in which they were sent, applications and objections in which they
    came. ``applications`` counts by outcome: awarded, refused, revoked, expired,
    withdrawn, undecided.
    ``objections`` counts by state. ``bands`` are those of the last version of the rules.
    """

    fund_id: UUID
    fund: str
    year: int | None
    applications: Mapping[str, int]
    money: Money
    indicator: str | None
    bands: Sequence[BandRow]
    areas: Sequence[Row]
    themes: Sequence[Row]
    days: Days
    objections: Mapping[str, int]
    versions: Sequence[Change]


def year_report(session: Session, *, fund_id: UUID, year: int | None = None) -> YearReport:
    """A fund's report over a year, or over all years. Raises ``NoResultFound`` for no such fund."""
    fund = session.get_one(Fund, fund_id)
    decisions = sent_decisions(session, fund_id=fund_id, year=year)
    versions = published_versions(session, fund_id)
    awards = _awards(decisions)
    indicator, bands = by_band(awards, versions[-1][-1] if versions else fund.draft_rules)
    applications = received_applications(session, fund_id, year)
    return YearReport(
        fund_id=fund_id,
        fund=fund.name,
        year=year,
        applications=Counter(_OUTCOMES.get(status, "undecided") for _, status in applications),
        money=_money(decisions),
        indicator=indicator,
        bands=bands,
        areas=by_area(awards),
        themes=by_theme(awards),
        days=_days(decisions),
        objections=objections_by_status(session, fund_id, year),
        versions=changes(versions),
    )


def report_years(session: Session, fund_id: UUID) -> list[int]:
    """The years about which there is something to report, the latest first."""
    first = session.scalar(
        select(func.min(Application.received_at)).where(Application.fund_id == fund_id)
    )
    last = session.scalar(select(func.max(Decision.sent_at)).where(Decision.fund_id == fund_id))
    if first is None:
        return []
    begin, end = clock.local(first).year, clock.local(last or first).year
    return list(range(end, begin - 1, -1))


def _awards(decisions: Sequence[SentDecision]) -> list[SentAward]:
    """The last award of each application: after an objection there may be a second one."""
    last = {decision.application_id: decision for decision in decisions if decision.kind in _GRANTS}
    return [_award_of(decision) for decision in last.values()]


def _award_of(decision: SentDecision) -> SentAward:
    figures = {
        area["code"]: None if area["exact"] is None else Fraction(area["exact"])
        for area in decision.areas
    }
    return SentAward(
        application=decision.application,
        cents=decision.amount_cents,
        theme=decision.theme or "",
        shares={area["code"]: Fraction(area["share"]) for area in decision.areas},
        figures=figures,
        names={area["code"]: area["name"] for area in decision.areas},
    )


def _money(decisions: Sequence[SentDecision]) -> Money:
    awards = {
        decision.application_id: decision.amount_cents
        for decision in decisions
        if decision.kind in _GRANTS
    }
    reductions = Counter[str]()
    for decision in decisions:
        reductions[decision.kind] += (
            decision.amount_cents
            if decision.kind == "clawback"
            else decision.before_cents - decision.amount_cents
        )
    return Money(
        awarded=sum(awards.values()),
        lowered=reductions["lower_determination"],
        revoked=reductions["withdrawal"],
        clawed_back=reductions["clawback"],
    )


def _days(decisions: Sequence[SentDecision]) -> Days:
    """Of every application its first decision; one after an objection has a term of its own."""
    first: dict[UUID, SentDecision] = {}
    for decision in decisions:
        if decision.kind in _FIRST:
            first.setdefault(decision.application_id, decision)
    return days_of(
        [(decision.days, decision.sent_on > decision.decide_by) for decision in first.values()]
    )
