"""Municipalities and their neighbourhoods, as Statistics Netherlands (CBS) codes them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Municipality(Base):
    """A municipality; ``code`` is GM and four digits."""

    __tablename__ = "municipalities"
    __table_args__ = (CheckConstraint("code ~ '^GM[0-9]{4}$'", name="code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    code: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class Neighbourhood(Base):
    """A wijk (WK and six characters) or buurt (BU and eight) of one vintage (year).

    ``parent_code`` is the wijk of a buurt, or the municipality of a wijk, in the same vintage.
    Names are not unique.
    """

    __tablename__ = "neighbourhoods"
    __table_args__ = (
        UniqueConstraint("code", "vintage"),
        CheckConstraint(
            "(kind = 'wijk' AND code ~ '^WK[0-9A-Z]{6}$')"
            " OR (kind = 'buurt' AND code ~ '^BU[0-9A-Z]{8}$')",
            name="code",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"), index=True)
    code: Mapped[str]
    kind: Mapped[str]
    parent_code: Mapped[str]
    vintage: Mapped[int]
    name: Mapped[str]
