"""What holds a determination: an open question, and a lot that is not drawn or not asked yet."""

from sqlalchemy.orm import Session

from voorjebuurt.decisions.inquiries.queries import (
    current_inquiry,
    lot_is_missing,
    sample_is_unasked,
)
from voorjebuurt.decisions.rules.inquiries import INQUIRED
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.matching.models import Application


def refuse_unproven(session: Session, application: Application) -> None:
    """Raises ``DomainError`` while nothing can be determined; the database holds the same.

    ``inquiry_open`` with its number; ``sample_not_drawn`` until the lots are; ``sample_not_asked``
    where the lot fell on the case.
    """
    if application.status not in INQUIRED:
        return
    current = current_inquiry(session, application.id)
    if current is not None:
        raise DomainError("inquiry_open", number=current.number)
    if sample_is_unasked(session, application.id):
        raise DomainError("sample_not_asked")
    if lot_is_missing(session, application):
        raise DomainError("sample_not_drawn")
