"""Reading funds: for an officer, for the public, and for whoever applies."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.matching.arrangements import SMALL, bands_of
from voorjebuurt.matching.funds.ceilings import extra_in_use, left_below
from voorjebuurt.matching.funds.gaps import FundFacts, FundGap, publishing_gaps
from voorjebuurt.matching.funds.states import PUBLIC, FundStatus
from voorjebuurt.matching.models import Application, Fund, FundPot, FundVersion
from voorjebuurt.ownwords.queries import wording_in_force
from voorjebuurt.ownwords.wording import Wording
from voorjebuurt.places.models import Municipality
from voorjebuurt.pledges.models import CampaignMatch
from voorjebuurt.rulebook.values import jsontext


@dataclass(frozen=True)
class FundRow:
    """A fund in a list (eurocents); a draft has no pot, so no ceiling and nothing taken.

    Of ``taken_cents``, ``overpaid_cents`` were paid, may not be kept, and were not claimed back.
    ``filed_ceiling_cents`` was the ceiling before it was lowered, and is for who applied then.
    """

    id: UUID
    slug: str
    name: str
    purpose: str
    status: str
    live: bool
    municipality: str
    opens_at: datetime | None
    closes_at: datetime | None
    ceiling_cents: int | None
    filed_ceiling_cents: int
    taken_cents: int
    overpaid_cents: int
    applications: int
    team_id: UUID | None
    left_cents: int = 0
    """What is left below the ceiling for who applies now (``ceilings.left_below``)."""
    extra_cents: int = 0
    """What is set apart above the ceiling now, by decisions on objections (Awb 4:25)."""

    @property
    def earlier_ceiling_cents(self) -> int | None:
        """The higher ceiling that counts for who applied before it was lowered (Awb 4:27)."""
        is_lower = self.ceiling_cents is not None and self.ceiling_cents < self.filed_ceiling_cents
        return self.filed_ceiling_cents if is_lower else None

    @property
    def net_cents(self) -> int:
        """What is reserved, or holds of what was awarded."""
        return self.taken_cents - self.overpaid_cents


_applications = (
    select(func.count())
    .where(Application.fund_id == Fund.id, Application.status != "withdrawn")
    .correlate(Fund)
    .scalar_subquery()
)
_overpaid = (
    select(func.coalesce(func.sum(CampaignMatch.match_cents - CampaignMatch.net_cents), 0))
    .where(CampaignMatch.fund_id == Fund.id)
    .correlate(Fund)
    .scalar_subquery()
)
_awaits_decision = Application.status.in_(("received", "incomplete", "admitted", "proposed"))
_rows: Select[*tuple[Any, ...]] = (
    select(
        Fund.id,
        Fund.slug,
        Fund.name,
        Fund.purpose,
        Fund.status,
        Fund.live,
        Municipality.name,
        Fund.opens_at,
        Fund.closes_at,
        FundPot.ceiling_cents,
        func.coalesce(FundPot.filed_ceiling_cents, 0),
        func.coalesce(FundPot.taken_cents, 0),
        _overpaid,
        _applications,
        Fund.team_id,
        FundPot,
    )
    .join(Municipality, Municipality.id == Fund.municipality_id)
    .outerjoin(FundPot, FundPot.fund_id == Fund.id)
)
_newest_first = (Fund.created_at.desc(), Fund.id.desc())
_soonest_first = (Fund.closes_at, Fund.name, Fund.id)


def fund_municipality_id(session: Session, fund_id: UUID) -> UUID | None:
    """The municipality that a fund belongs to."""
    return session.scalar(select(Fund.municipality_id).where(Fund.id == fund_id))


def fund_by_id(session: Session, fund_id: UUID) -> Fund | None:
    """One fund, in any state."""
    return session.get(Fund, fund_id)


def public_fund(session: Session, slug: str) -> Fund | None:
    """The fund at this address, once it is published."""
    return session.scalar(select(Fund).where(Fund.slug == slug, Fund.status.in_(PUBLIC)))


def fund_row(session: Session, fund_id: UUID) -> FundRow | None:
    """A fund with its pot."""
    row = session.execute(_rows.where(Fund.id == fund_id)).one_or_none()
    return None if row is None else _fund_row(session, *row)


def funds_of(session: Session, municipality_ids: Collection[UUID]) -> Sequence[FundRow]:
    """The funds of these municipalities in every state, the newest first."""
    statement = _rows.where(Fund.municipality_id.in_(municipality_ids)).order_by(*_newest_first)
    return [_fund_row(session, *row) for row in session.execute(statement)]


def public_funds(session: Session) -> Sequence[FundRow]:
    """Funds that everybody may see, the one that closes first on top."""
    statement = _rows.where(Fund.status.in_(PUBLIC)).order_by(*_soonest_first)
    return [_fund_row(session, *row) for row in session.execute(statement)]


def _fund_row(session: Session, *values: Any) -> FundRow:
    *columns, pot = values
    row = FundRow(*columns)
    if pot is None:
        return row
    left_cents = left_below(session, pot, pot.ceiling_cents)
    return replace(row, left_cents=left_cents, extra_cents=extra_in_use(session, pot))


def versions_of(session: Session, fund_id: UUID) -> Sequence[FundVersion]:
    """The published versions, the last one first."""
    statement = select(FundVersion).where(FundVersion.fund_id == fund_id)
    return session.scalars(statement.order_by(FundVersion.number.desc())).all()


def funds_with_small_cases(
    session: Session, fund_ids: Collection[UUID | None]
) -> list[tuple[UUID, str]]:
    """Those of these funds, by name, that ask nothing afterwards below some amount."""
    statement = (
        select(Fund).where(Fund.id.in_([key for key in fund_ids if key])).order_by(Fund.name)
    )
    return [
        (fund.id, fund.name)
        for fund in session.scalars(statement)
        if any(
            band.way in SMALL
            for version in versions_of(session, fund.id)
            for band in bands_of(version.arrangements)
        )
    ]


def latest_version(session: Session, fund_id: UUID) -> FundVersion | None:
    """The version for an application that comes now."""
    return next(iter(versions_of(session, fund_id)), None)


def differs(fund: Fund, version: FundVersion) -> bool:
    """Whether a fund's draft says something else than its published version."""
    draft = (fund.draft_rules, fund.draft_arrangements, fund.draft_sample_percent)
    return draft != (version.rules, version.arrangements, version.sample_percent)


def fund_facts(fund: Fund, own: Wording | None = None) -> FundFacts:
    """What a draft says so far, for the rules; ``own`` are the municipality's own words."""
    own = own or Wording()
    rules = jsontext.parse(fund.draft_rules)
    return FundFacts(
        purpose=fund.purpose,
        legal_basis=fund.legal_basis,
        sender=own.sender or fund.sender,
        objection_address=own.objection_address or fund.objection_address,
        opens_at=fund.opens_at,
        closes_at=fund.closes_at,
        checklist=tuple(fund.checklist),
        by_lottery=rules["divide"]["kind"] == "lottery",
        lottery_source=fund.lottery_source,
    )


def fund_gaps(session: Session, fund: Fund) -> list[FundGap]:
    """What keeps a draft from being published now."""
    current = wording_in_force(session, fund.municipality_id)
    facts = fund_facts(fund, current.wording if current else None)
    return list(publishing_gaps(facts, now=clock.now()))


def due_funds(session: Session, status: FundStatus, *, now: datetime) -> Sequence[UUID]:
    """Published funds whose opening has come, or open ones whose closing has come."""
    moment = Fund.opens_at if status is FundStatus.PUBLISHED else Fund.closes_at
    statement = select(Fund.id).where(Fund.status == status, moment <= now)
    return session.scalars(statement.order_by(moment, Fund.id)).all()


def funds_to_settle(session: Session) -> Sequence[UUID]:
    """Funds in which nothing waits for a decision: divided ones, and live ones that closed."""
    applications = select(Application.id).where(Application.fund_id == Fund.id, _awaits_decision)
    statement = select(Fund.id).where(
        or_(
            Fund.status == FundStatus.DIVIDED,
            and_(Fund.status == FundStatus.CLOSED, Fund.live.is_(True)),
        ),
        ~applications.exists(),
    )
    return session.scalars(statement.order_by(Fund.closes_at, Fund.id)).all()


def undecided_count(session: Session, fund_id: UUID) -> int:
    """Applications that still wait for a decision."""
    statement = select(func.count()).where(Application.fund_id == fund_id, _awaits_decision)
    return session.scalar(statement) or 0


def unadmitted_count(session: Session, fund_id: UUID) -> int:
    """Applications that were neither admitted nor refused yet: nothing can be divided before.

    Also those of which a refusal is proposed: sent back after the division they would be in no
    round, and could be granted nothing.
    """
    awaits_admission = Application.status.in_(("received", "incomplete", "proposed"))
    statement = select(func.count()).where(Application.fund_id == fund_id, awaits_admission)
    return session.scalar(statement) or 0
