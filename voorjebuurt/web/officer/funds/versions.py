"""What pages of a fund show, for their forms to carry."""

from collections.abc import Callable
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.funds.lifecycle import locked_fund
from voorjebuurt.web.kit.versions import PageBasis, PageVersion


def fund_version(
    session: Session,
    fund_id: UUID,
    parts: Callable[[Session, UUID], Parts],
    *,
    lock: Callable[[Session, UUID], object] = locked_fund,
) -> PageVersion:
    """What a page shows of a fund. Ask for it before reading what the page shows.

    A deed that takes campaigns as well gives its own ``lock``: the fund comes after them.
    """
    return PageVersion.of(session, PageBasis(SubjectKind.FUND, fund_id, lock, parts))
