"""Gifts at a desk, and letters about them. A letter stays until somebody brought it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class DeskGift(Base):
    """A gift that somebody made for a donor at a desk; ``id`` is that of the form.

    ``pledge_id`` comes at once, or once the cash counts. The address is for letters only, and all
    of it is empty when the donor gave none.
    """

    __tablename__ = "desk_gifts"
    __table_args__ = (
        CheckConstraint("way IN ('checkout','cash')", name="way"),
        CheckConstraint("no_answer IN ('back','keep')", name="no_answer"),
        CheckConstraint(
            "(way = 'cash') = (cash_id IS NOT NULL) AND (way = 'cash' OR pledge_id IS NOT NULL)",
            name="money",
        ),
        CheckConstraint("(street = '') = (town = '')", name="address"),
        Index("ix_desk_gifts_campaign_id", "campaign_id", "made_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    way: Mapped[str]
    pledge_id: Mapped[UUID | None] = mapped_column(ForeignKey("pledges.id"), unique=True)
    cash_id: Mapped[UUID | None] = mapped_column(ForeignKey("cash_gifts.id"), unique=True)
    name_public: Mapped[bool]
    no_answer: Mapped[str]
    recipient: Mapped[str]
    street: Mapped[str]
    postcode: Mapped[str]
    town: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))


class DeskLetter(Base):
    """What a donor without an address of mail is told: the text of a mail, once per ``key``."""

    __tablename__ = "desk_letters"
    __table_args__ = (
        CheckConstraint("told_how IN ('hand','letter','nobody')", name="told_how"),
        CheckConstraint("num_nonnulls(told_at, told_by, told_how) IN (0, 3)", name="told"),
        Index("ix_desk_letters_desk_gift_id", "desk_gift_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    desk_gift_id: Mapped[UUID] = mapped_column(ForeignKey("desk_gifts.id"))
    template: Mapped[str]
    context: Mapped[dict[str, Any]]
    written_at: Mapped[datetime]
    told_at: Mapped[datetime | None]
    told_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    told_how: Mapped[str | None]
