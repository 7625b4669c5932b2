"""The sums of campaigns as the worker keeps them."""

from sqlalchemy.orm import Session

from voorjebuurt.pledges.sums.counting import BATCH, count_changes


def count_sums(session: Session) -> None:
    """Count everything that changed."""
    session.flush()
    while count_changes(session) == BATCH:
        pass
