"""Needs and offers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Need(Base):
    """Something that a campaign asks for beside money.

    ``taken`` is how many of ``number`` were accepted; a trigger on the offers counts it, and no
    more can be accepted than are asked for.
    """

    __tablename__ = "needs"
    __table_args__ = (
        CheckConstraint("kind IN ('hands','material','space','knowledge')", name="kind"),
        CheckConstraint("number > 0 AND taken >= 0 AND taken <= number", name="number"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("stopped_by IS NULL OR stopped_at IS NOT NULL", name="stopped"),
        Index("ix_needs_campaign_id", "campaign_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    kind: Mapped[str]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="", default="")
    number: Mapped[int]
    taken: Mapped[int] = mapped_column(server_default="0", default=0)
    on_day: Mapped[date | None]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    stopped_at: Mapped[datetime | None]
    stopped_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))

    @property
    def left(self) -> int:
        """How many are still asked for."""
        return self.number - self.taken


class NeedOffer(Base):
    """What somebody offers of a need; ``token_hash`` is of the link by which they confirm it.

    ``hours`` are those that the initiator says somebody came. Who it was from goes with a
    withdrawal, and some time after an answer; the number stays for the meter.
    """

    __tablename__ = "need_offers"
    __table_args__ = (
        CheckConstraint(
            "state IN ('attempt','offer','acceptance','thanks','withdrawal')", name="state"
        ),
        CheckConstraint("number > 0 AND hours >= 0", name="numbers"),
        CheckConstraint("email = lower(email)", name="email"),
        CheckConstraint(
            "email IS NOT NULL OR (name = '' AND message = ''"
            " AND state NOT IN ('attempt','offer'))",
            name="erased",
        ),
        CheckConstraint("(state = 'attempt') = (confirmed_at IS NULL)", name="confirmed"),
        CheckConstraint("hours IS NULL OR state = 'acceptance'", name="hours"),
        Index("ix_need_offers_need_id", "need_id", "state"),
        Index("ix_need_offers_email", "email"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    need_id: Mapped[UUID] = mapped_column(ForeignKey("needs.id"))
    state: Mapped[str]
    number: Mapped[int]
    email: Mapped[str | None]
    name: Mapped[str] = mapped_column(server_default="", default="")
    message: Mapped[str] = mapped_column(server_default="", default="")
    locale: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    offered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    hours: Mapped[int | None]
