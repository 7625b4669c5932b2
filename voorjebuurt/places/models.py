"""Municipalities and their neighbourhoods, as Statistics Netherlands (CBS) codes them."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
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
    Names are not unique. ``import_id`` is the import that told of it last; when that was rolled
    back, it can't be chosen any more. What was registered by hand has none.
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
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("place_imports.id"))


class PlaceImport(Base):
    """One official file, imported whole or not at all; what it brought carries its id.

    ``report`` tells what was taken, what was skipped and why. The figures of an import count
    until it is rolled back; of two that tell the same, the one finished last. ``scope`` is the
    municipalities it was read for (codes with spaces between them): the same file again is only
    read for those that were registered since.
    """

    __tablename__ = "place_imports"
    __table_args__ = (
        CheckConstraint("kind IN ('kwb','ses_woa','addresses','shapes')", name="kind"),
        CheckConstraint("status IN ('waiting','running','done','refused')", name="status"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
        CheckConstraint("rolled_back_at IS NULL OR status = 'done'", name="rolled_back"),
        Index(
            "uq_place_imports_content",
            "kind",
            "vintage",
            "sha256",
            "scope",
            unique=True,
            postgresql_where=text("status = 'done' AND rolled_back_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    vintage: Mapped[int]
    source: Mapped[str]
    filename: Mapped[str]
    sha256: Mapped[str]
    scope: Mapped[str] = mapped_column(server_default="", default="")
    status: Mapped[str]
    progress: Mapped[int] = mapped_column(server_default="0", default=0)
    report: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}", default=dict)
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    finished_at: Mapped[datetime | None]
    rolled_back_at: Mapped[datetime | None]
    rolled_back_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    rollback_reason: Mapped[str] = mapped_column(server_default="", default="")


class AreaFigure(Base):
    """One figure of one area from one import; ``value`` is null where the file has none."""

    __tablename__ = "area_figures"
    __table_args__ = (Index("ix_area_figures_area_code", "area_code", "indicator"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("place_imports.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(primary_key=True)
    indicator: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Decimal | None] = mapped_column(Numeric)


class AreaShape(Base):
    """An area's outline: GeoJSON geometry in WGS 84, for maps only."""

    __tablename__ = "area_shapes"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("place_imports.id"), primary_key=True)
    area_code: Mapped[str] = mapped_column(primary_key=True)
    geometry: Mapped[dict[str, Any]] = mapped_column(JSONB)


class AddressArea(Base):
    """Postcode and house number to buurt; a postcode alone may lie in two."""

    __tablename__ = "address_areas"
    __table_args__ = (Index("ix_address_areas_postcode", "postcode", "number"),)

    import_id: Mapped[UUID] = mapped_column(ForeignKey("place_imports.id"), primary_key=True)
    postcode: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    buurt_code: Mapped[str] = mapped_column(primary_key=True)


class PlaceWish(Base):
    """Somebody who wants to know when a municipality is there; gone once they were told.

    ``place`` is what they typed, ``slug`` what it is compared by. Only the hash of the secret in
    their mail is kept.
    """

    __tablename__ = "place_wishes"
    __table_args__ = (
        UniqueConstraint("slug", "email"),
        CheckConstraint("email = lower(email)", name="email_lower"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    place: Mapped[str]
    slug: Mapped[str]
    email: Mapped[str]
    locale: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
