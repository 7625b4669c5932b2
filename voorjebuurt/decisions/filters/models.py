"""Ways of looking at the work list, kept by name."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class WorkFilter(Base):
    """What an officer wants to see of the list, and in which order: theirs alone.

    ``query`` are the fields of the list's address, as in a URL.
    """

    __tablename__ = "work_filters"
    __table_args__ = (
        CheckConstraint("title <> ''", name="title"),
        UniqueConstraint("person_id", "title", name="uq_work_filters_person_id_title"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    title: Mapped[str]
    query: Mapped[str]
    saved_at: Mapped[datetime]
