"""Budgets that a council adopted."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base


class AdoptedBudget(Base):
    """When the budget of a year was adopted or approved, and whether it has ``enough`` for what
    was awarded before; as an officer noted it last.
    """

    __tablename__ = "adopted_budgets"
    __table_args__ = (CheckConstraint("year BETWEEN 2000 AND 2999", name="year"),)

    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    adopted_on: Mapped[date]
    enough: Mapped[bool]
    noted_at: Mapped[datetime]
    noted_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
