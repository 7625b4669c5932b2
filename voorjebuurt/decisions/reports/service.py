"""What a fund did in a year, for its report and its public page; numbers only, no donors."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Decision
from voorjebuurt.decisions.proof.revocations import revocations
from voorjebuurt.decisions.reports.figures import (
    BandRow,
    Change,
    Days,
    Row,
    SentAward,
    by_area,
    by_band,
    by_theme,
    by_way,
    changes,
    days_of,
)
from voorjebuurt.decisions.reports.measure import Measure
from voorjebuurt.decisions.reports.net_awards import NetAward, net_awards
from voorjebuurt.decisions.reports.queries import (
    SentDecision,
    application_areas,
    objections_by_status,
    published_versions,
    received_applications,
    sent_decisions,
    upheld_decisions,
    void_since,
)
from voorjebuurt.decisions.rules.kinds import FIRST, DecisionKind
from voorjebuurt.kernel import clock
from voorjebuurt.matching.arrangements import Way
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.matching.rehearsal.bands import DEFAULTS

_FIRST = {kind.value for kind in FIRST}
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
    """Sums of the awards that were sent (eurocents).

    ``awarded`` is before what came after it took off: ``lowered`` (at determination), ``revoked``,
    and ``expired`` (the campaign did not succeed). ``clawed_back`` was asked back of what was paid;
    it is part of what was taken off.
    """

    awarded: int
    lowered: int
    revoked: int
    expired: int
    clawed_back: int

    @property
    def loss(self) -> int:
        """What does not hold any more."""
        return self.lowered + self.revoked + self.expired

    @property
    def net(self) -> int:
        """What holds now of the awards."""
        return self.awarded - self.loss


@dataclass(frozen=True)
class YearReport:
    """One fund in one year, or since its beginning (``year`` None).

    Decisions count in the year in which they were sent, applications and objections in which they
    came. Tables of money tell what holds now of the awards of that year. ``applications`` counts
    by outcome: awarded, refused, revoked, expired, withdrawn, undecided. ``objections`` counts by
    state; ``revoked`` decisions of the year hold no longer, after an objection or by a court.
    ``ways`` are how awards are accounted for; one of before there were any is by costs.
    ``bands`` are those of the last version of the rules, else fifths of the residents.
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
    ways: Sequence[Row]
    days: Days
    objections: Mapping[str, int]
    versions: Sequence[Change]
    revoked: int = 0


def year_report(
    session: Session,
    *,
    fund_id: UUID,
    year: int | None = None,
    measures: Sequence[str] = DEFAULTS,
) -> YearReport:
    """A fund's report over a year, or over all years. Raises ``NoResultFound`` for no such fund.

    ``measures``: the indicators to measure by where its rules read no area.
    """
    fund = session.get_one(Fund, fund_id)
    decisions = sent_decisions(session, fund_id=fund_id)
    decisions_in_year = [each for each in decisions if year in (None, each.sent_on.year)]
    versions = published_versions(session, fund_id)
    statuses = dict(received_applications(session, fund_id, None))
    revocation_by_id = revocations(session, {decision.application_id for decision in decisions})
    awards_of_year = [
        award
        for award in net_awards(decisions, statuses, void_since(session, fund_id))
        if year in (None, award.decision.sent_on.year)
    ]
    rules = versions[-1][-1] if versions else fund.draft_rules
    measure = Measure(session, municipality_id=fund.municipality_id, rules=rules, measures=measures)
    areas_now = application_areas(session, fund_id)
    awards = [_award_of(award, areas_now, measure) for award in awards_of_year if award.net_cents]
    indicator, bands = by_band(awards, measure.bands)
    applications = received_applications(session, fund_id, year)
    return YearReport(
        fund_id=fund_id,
        fund=fund.name,
        year=year,
        applications=Counter(_OUTCOMES.get(status, "undecided") for _, status in applications),
        money=_money(
            awards_of_year,
            decisions_in_year,
            upheld_decisions(session, fund_id) | set(revocation_by_id),
        ),
        indicator=indicator,
        bands=bands,
        areas=by_area(awards),
        themes=by_theme(awards),
        ways=by_way(
            (each.decision.application, each.decision.way or Way.COSTS, each.net_cents)
            for each in awards_of_year
            if each.net_cents
        ),
        days=_days(decisions_in_year),
        objections=objections_by_status(session, fund_id, year),
        versions=changes(versions),
        revoked=sum(decision.decision_id in revocation_by_id for decision in decisions_in_year),
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


def _award_of(
    award: NetAward, areas_now: Mapping[UUID, Mapping[str, str]], measure: Measure
) -> SentAward:
    """Over the areas that the decision read, else those of the application.

    A figure is the one that counted for the decision; where its rules read none, that of now.
    """
    decision = award.decision
    rows = {area["code"]: area for area in decision.areas}
    shares: Mapping[str, str] = {code: row["share"] for code, row in rows.items()}
    shares = shares or areas_now.get(decision.application_id, {})
    exact = {
        code: row["exact"]
        for code, row in rows.items()
        if row["indicator"] == measure.bands.indicator
    }
    return SentAward(
        application=decision.application,
        cents=award.net_cents,
        theme=decision.theme or "",
        shares={code: Fraction(share) for code, share in shares.items()},
        figures={
            code: _exact(exact[code]) if code in exact else measure.figure(code) for code in shares
        },
        names={code: rows[code]["name"] if code in rows else measure.name(code) for code in shares},
    )


def _exact(figure: str | None) -> Fraction | None:
    return None if figure is None else Fraction(figure)


def _money(
    awards_of_year: Sequence[NetAward],
    decisions: Sequence[SentDecision],
    void_ids: Collection[UUID],
) -> Money:
    """``void_ids``: decisions that do not hold any more after an objection."""
    losses = Counter[str]()
    for award in awards_of_year:
        losses[award.loss] += award.loss_cents
    return Money(
        awarded=sum(award.decision.award_cents for award in awards_of_year),
        lowered=losses["lowered"],
        revoked=losses["revoked"],
        expired=losses["expired"],
        clawed_back=sum(
            decision.amount_cents
            for decision in decisions
            if decision.kind == DecisionKind.CLAWBACK and decision.decision_id not in void_ids
        ),
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
