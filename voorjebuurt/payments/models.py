"""Attempts to pay, refunds and chargebacks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class Payment(Base):
    """One attempt to pay a pledge (amount and tip together, eurocents).

    The row is committed before the provider is asked, with everything the question consists of,
    so that after any crash the same question can be put again under the same key.
    ``twin_of``: the provider made a second payment of that payment's question.
    ``sequence``: whether it stands alone, begins a mandate of the provider's customer, or is
    collected by one; nobody goes to a checkout page for the last.
    """

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint(
            "status IN ('creating','open','pending','authorized','paid','failed','canceled',"
            "'expired','abandoned')",
            name="status",
        ),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint(
            "(sequence = 'oneoff' AND customer_id IS NULL)"
            " OR (sequence = 'first' AND customer_id IS NOT NULL)"
            " OR (sequence = 'recurring' AND num_nonnulls(customer_id, mandate_id) = 2)",
            name="sequence",
        ),
        CheckConstraint("status <> 'paid' OR paid_at IS NOT NULL", name="paid_at"),
        CheckConstraint("(booked_at IS NULL) = (booked_as IS NULL)", name="booked"),
        Index("ix_payments_pledge_id", "pledge_id"),
        Index(
            "ix_payments_undecided",
            "created_at",
            postgresql_where=text("status IN ('creating','open','pending','authorized')"),
        ),
        Index("ix_payments_paid_seen", "fetched_at", postgresql_where=text("status = 'paid'")),
        Index(
            "ix_payments_unbooked",
            "paid_at",
            postgresql_where=text("status = 'paid' AND booked_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    amount_cents: Mapped[int]
    status: Mapped[str]
    description: Mapped[str]
    locale: Mapped[str]
    redirect_url: Mapped[str]
    webhook_url: Mapped[str]
    webhook_token: Mapped[str] = mapped_column(unique=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    key_created_at: Mapped[datetime]
    created_at: Mapped[datetime]
    provider_id: Mapped[str | None] = mapped_column(unique=True)
    checkout_url: Mapped[str | None]
    method: Mapped[str | None]
    payer_key: Mapped[str | None]
    """Who paid: a keyed hash of the account, where the method tells one."""
    expires_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    anomaly: Mapped[str | None]
    received_cents: Mapped[int | None]
    refunded_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    charged_back_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    booked_at: Mapped[datetime | None]
    booked_as: Mapped[str | None]
    twin_of: Mapped[UUID | None] = mapped_column(ForeignKey("payments.id"))
    sequence: Mapped[str] = mapped_column(server_default="oneoff", default="oneoff")
    customer_id: Mapped[str | None]
    mandate_id: Mapped[str | None]
    """Of a first payment the one that it began, once it was paid."""


class Refund(Base):
    """Money on its way back to the payer (eurocents).

    ``from_campaign_cents`` and ``from_tip_cents`` say what it was taken from. A refund that we
    did not order (made in the provider's dashboard) has the reason ``dashboard``.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint(
            "status IN ('asked','queued','pending','processing','refunded','failed','canceled')",
            name="status",
        ),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("from_campaign_cents >= 0 AND from_tip_cents >= 0", name="parts"),
        Index(
            "uq_refunds_own_order",
            "payment_id",
            unique=True,
            postgresql_where=text("reason <> 'dashboard'"),
        ),
        Index(
            "ix_refunds_undecided",
            "asked_at",
            postgresql_where=text("status IN ('asked','queued','pending','processing')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.id"), index=True)
    amount_cents: Mapped[int]
    from_campaign_cents: Mapped[int]
    from_tip_cents: Mapped[int]
    reason: Mapped[str]
    status: Mapped[str]
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    key_created_at: Mapped[datetime]
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID | None]
    provider_id: Mapped[str | None] = mapped_column(unique=True)
    finished_at: Mapped[datetime | None]
    booked_status: Mapped[str | None]


class Chargeback(Base):
    """Money that a bank took back from us (eurocents); ``reversed_at`` when it came back."""

    __tablename__ = "chargebacks"
    __table_args__ = (CheckConstraint("amount_cents > 0", name="amount"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("payments.id"), index=True)
    provider_id: Mapped[str] = mapped_column(unique=True)
    amount_cents: Mapped[int]
    charged_at: Mapped[datetime]
    reversed_at: Mapped[datetime | None]
