"""Changes of a gift's address of mail that wait for the new address."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base


class GiftAddressChange(Base):
    """The address that a gift gets once its reader says so; one for each gift, the latest asked.

    It is thrown away when it is used, and within an hour after it can't be used any more.
    """

    __tablename__ = "gift_address_changes"
    __table_args__ = (CheckConstraint("new_email = lower(new_email)", name="new_email"),)

    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    new_email: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
