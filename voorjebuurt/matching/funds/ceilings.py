"""Which ceiling counts for whom, where a fund's ceiling was changed (Awb 4:25 and 4:27).

A ceiling that is lowered has no consequences for applications that were filed before it was
published (4:27, second paragraph), and one that is raised is there for everybody. So for an
application counts the highest ceiling of the version that it was filed under and those after it.
"""

from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from voorjebuurt.matching.models import Application, FundPot, FundVersion

_later = aliased(FundVersion)


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


def left_below(pot: FundPot, ceiling_cents: int) -> int:
    """What is left of a pot for whom this ceiling counts, with what was allowed above it."""
    return max(0, ceiling_cents + pot.extra_cents - pot.taken_cents)


def _ceilings() -> Select[int]:
    later_too = (_later.fund_id == FundVersion.fund_id) & (_later.number >= FundVersion.number)
    return select(func.max(_later.ceiling_cents)).select_from(FundVersion).join(_later, later_too)
