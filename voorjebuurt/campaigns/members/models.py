"""Members of campaigns, and invitations to become one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class CampaignMember(Base):
    """Somebody who runs a campaign, or did until ``left_at``. The first one comes with its row.

    ``is_public``: they want their name on its page. ``handover_asked_at``: who signs for it asked
    them to do that from then on. ``gifts_told_through_at``: the gifts up to then were mailed.
    Triggers hold that one of them signs (``campaigns.initiator_id``), or that nobody is left.
    """

    __tablename__ = "campaign_members"
    __table_args__ = (
        CheckConstraint("left_at >= joined_at", name="left"),
        Index(
            "uq_campaign_members_now",
            "campaign_id",
            "person_id",
            unique=True,
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(
            "uq_campaign_members_handover",
            "campaign_id",
            unique=True,
            postgresql_where=text("left_at IS NULL AND handover_asked_at IS NOT NULL"),
        ),
        Index("ix_campaign_members_person_id", "person_id"),
        Index("ix_campaign_members_campaign_id", "campaign_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    is_public: Mapped[bool] = mapped_column(server_default="false", default=False)
    handover_asked_at: Mapped[datetime | None]
    gifts_told_through_at: Mapped[datetime | None]


class CampaignInvitation(Base):
    """Somebody is asked to run a campaign too, until ``ends_at``; ``invited_by`` may be of staff.

    The address goes with the answer. No secret: it is answered by who signs in with the address.
    """

    __tablename__ = "campaign_invitations"
    __table_args__ = (
        CheckConstraint("state IN ('offer','acceptance','refusal','withdrawal')", name="state"),
        CheckConstraint("(state = 'offer') = (email IS NOT NULL)", name="address"),
        CheckConstraint("(state = 'offer') = (answered_at IS NULL)", name="answer"),
        Index(
            "uq_campaign_invitations_open",
            "campaign_id",
            "email",
            unique=True,
            postgresql_where=text("state = 'offer'"),
        ),
        Index("ix_campaign_invitations_email", "email"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    email: Mapped[str | None]
    state: Mapped[str] = mapped_column(server_default="offer", default="offer")
    invited_at: Mapped[datetime]
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    ends_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
