"""Numbers on letters: one after another in each year, without gaps."""

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.matching.models import CaseNumber


def next_number(session: Session, *, kind: str) -> str:
    """The next number of a kind in this year in Amsterdam: ``AV-2026-0001`` for ``AV``.

    The row stays locked until the commit, so whoever asks next waits: a transaction that is
    rolled back gives its number back, and the order of numbers is the order of commits.
    """
    year = clock.today().year
    insertion = insert(CaseNumber).values(kind=kind, year=year, last=1)
    statement = insertion.on_conflict_do_update(
        index_elements=["kind", "year"], set_={"last": CaseNumber.last + 1}
    ).returning(CaseNumber.last)
    return f"{kind}-{year}-{session.execute(statement).scalar_one():04}"
