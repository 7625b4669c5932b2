"""Which reward goes with which gift."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base


class RewardChoice(Base):
    """The reward that a donor chose with a gift; without a reward a gift has no row here.

    Written by who holds the campaign's row. A trigger counts what is taken of each reward, and
    refuses one of another campaign or for a larger gift. The address is kept for what is sent by
    post, until some time after it was sent (``rewards.forgetting``).
    """

    __tablename__ = "reward_choices"
    __table_args__ = (
        CheckConstraint("state IN ('wish','hold','grant','shortage','release')", name="state"),
        CheckConstraint("(state = 'hold') = (hold_until IS NOT NULL)", name="hold"),
        CheckConstraint("delivered_at IS NULL OR state = 'grant'", name="delivery"),
        CheckConstraint("delivered_by IS NULL OR delivered_at IS NOT NULL", name="delivered_by"),
        Index("ix_reward_choices_reward_id", "reward_id", "state"),
        Index(
            "ix_reward_choices_hold_until",
            "hold_until",
            postgresql_where=text("hold_until IS NOT NULL"),
        ),
    )

    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    reward_id: Mapped[UUID] = mapped_column(ForeignKey("rewards.id"))
    state: Mapped[str]
    hold_until: Mapped[datetime | None]
    chosen_at: Mapped[datetime]
    recipient: Mapped[str] = mapped_column(server_default="", default="")
    street: Mapped[str] = mapped_column(server_default="", default="")
    postcode: Mapped[str] = mapped_column(server_default="", default="")
    town: Mapped[str] = mapped_column(server_default="", default="")
    delivered_at: Mapped[datetime | None]
    delivered_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
