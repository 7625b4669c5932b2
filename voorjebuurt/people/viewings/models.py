"""Who looks at the site as whom."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Viewing(Base):
    """A member of staff, in one sign-in of theirs, sees the site as ``person_id`` does.

    A trigger refuses who is no staff now, and persons who hold a role, are blocked or erased; what
    stands here stays, but that it ends. The row goes with its sign-in; the trail keeps who it was.
    """

    __tablename__ = "viewings"
    __table_args__ = (
        CheckConstraint(
            "until_at > started_at AND until_at <= started_at + interval '1 hour'", name="term"
        ),
        CheckConstraint("ended_at >= started_at", name="ended"),
        Index(
            "uq_viewings_open",
            "sign_in_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_viewings_sign_in_id", "sign_in_id"),
        Index("ix_viewings_person_id", "person_id", "started_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    sign_in_id: Mapped[UUID] = mapped_column(ForeignKey("sign_ins.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    started_at: Mapped[datetime]
    until_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
