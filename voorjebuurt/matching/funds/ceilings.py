"""Which ceiling counts for whom, where a fund's ceiling was changed (Awb 4:25 and 4:27).

A ceiling that is lowered has no consequences for applications that were filed before it was
published (4:27, second paragraph), and one that is raised is there for everybody. So for an
application counts the highest ceiling of the version that it was filed under and those after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.matching.models import Application, FundPot, FundVersion, PotMove

_later = aliased(FundVersion)
EXTRA = "extra"
"""The kind of a move that takes what a decision on an objection allows above the ceiling."""


def ceiling_for(session: Session, application_id: UUID) -> int:
    """The ceiling that counts for an application (eurocents)."""
    statement = _ceilings().join(Application, Application.version_id == FundVersion.id)
    return session.execute(statement.where(Application.id == application_id)).scalar_one()


def ceiling_under(session: Session, version_id: UUID) -> int:
    """The ceiling that counts for whoever applied under a version (eurocents)."""
    return session.execute(_ceilings().where(FundVersion.id == version_id)).scalar_one()


def ceiling_of_filed(session: Session, fund_id: UUID) -> int:
    """The highest ceiling that counts for any application that was filed; 0 without one.

    Also for those that were refused or withdrawn: an objection can bring a case back.
    """
    filing_versions = select(Application.version_id).where(Application.fund_id == fund_id)
    each = (
        _ceilings().where(FundVersion.id.in_(filing_versions)).group_by(FundVersion.id).subquery()
    )
    return session.scalar(select(func.coalesce(func.max(each.c[0]), 0))) or 0


@dataclass(frozen=True)
class Extra:
    """What one application was given above the ceiling, and let go of it since (eurocents)."""

    given_cents: int
    let_go_cents: int

    def let_go_after(self, moved_cents: int) -> int:
        """The same after one move more: what is let go goes first, and comes back first."""
        return min(self.given_cents, max(0, self.let_go_cents - moved_cents))


def extras_of(session: Session, pot: FundPot) -> Mapping[UUID, Extra]:
    """By application, what decisions on objections set apart above the ceiling of a pot."""
    if not pot.extra_cents:
        return {}
    statement = (
        select(
            PotMove.application_id,
            func.sum(PotMove.cents),
            func.match_extra_let_go(PotMove.application_id),
        )
        .where(PotMove.fund_id == pot.fund_id, PotMove.kind == EXTRA)
        .group_by(PotMove.application_id)
    )
    rows = session.execute(statement)
    return {application_id: Extra(int(total), let_go) for application_id, total, let_go in rows}


def margin(
    pot: FundPot,
    ceiling_cents: int,
    extras: Mapping[UUID, Extra],
    *,
    application_id: UUID | None = None,
    moves: Mapping[UUID, int] = MappingProxyType({}),
) -> int:
    """What is left of a pot for whom this ceiling counts; negative where it is passed (eurocents).

    The one definition of it. What is set apart above the ceiling does not count against it. What of
    that was let go again is left for the application that it was given to, and for nobody else.
    ``moves`` by application: what is not in the pot yet.
    """
    let_go_cents = sum(
        extra.let_go_after(moves.get(other_id, 0))
        for other_id, extra in extras.items()
        if other_id != application_id
    )
    taken_cents = pot.taken_cents + sum(moves.values())
    return ceiling_cents + pot.extra_cents - let_go_cents - taken_cents


def left_below(
    session: Session, pot: FundPot, ceiling_cents: int, *, application_id: UUID | None = None
) -> int:
    """The same from the database, and nothing where the ceiling is passed (eurocents)."""
    extras = extras_of(session, pot)
    return max(0, margin(pot, ceiling_cents, extras, application_id=application_id))


def extra_in_use(session: Session, pot: FundPot) -> int:
    """What is set apart above the ceiling now, by decisions on objections (eurocents)."""
    extras = extras_of(session, pot).values()
    return sum(extra.given_cents - extra.let_go_cents for extra in extras)


def _ceilings() -> Select[int]:
    later_too = (_later.fund_id == FundVersion.fund_id) & (_later.number >= FundVersion.number)
    return select(func.max(_later.ceiling_cents)).select_from(FundVersion).join(_later, later_too)
