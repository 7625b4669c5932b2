"""Create payments, refunds and chargebacks."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("redirect_url", sa.String(), nullable=False),
        sa.Column("webhook_url", sa.String(), nullable=False),
        sa.Column("webhook_token", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("key_created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("checkout_url", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("anomaly", sa.String(), nullable=True),
        sa.Column("received_cents", sa.BigInteger(), nullable=True),
        sa.Column("refunded_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("charged_back_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_as", sa.String(), nullable=True),
        sa.Column("twin_of", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "status <> 'paid' OR paid_at IS NOT NULL", name=op.f("ck_payments_paid_at")
        ),
        sa.CheckConstraint(
            "status IN ('creating','open','pending','authorized','paid','failed','canceled','expired','abandoned')",
            name=op.f("ck_payments_status"),
        ),
        sa.CheckConstraint(
            "(booked_at IS NULL) = (booked_as IS NULL)", name=op.f("ck_payments_booked")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payments_amount")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_payments_municipality_id")
        ),
        sa.ForeignKeyConstraint(["pledge_id"], ["pledges.id"], name=op.f("fk_payments_pledge_id")),
        sa.ForeignKeyConstraint(["twin_of"], ["payments.id"], name=op.f("fk_payments_twin_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_payments_idempotency_key")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_payments_provider_id")),
        sa.UniqueConstraint("webhook_token", name=op.f("uq_payments_webhook_token")),
    )
    op.create_index("ix_payments_pledge_id", "payments", ["pledge_id"], unique=False)
    op.create_index(
        "ix_payments_paid_seen",
        "payments",
        ["fetched_at"],
        unique=False,
        postgresql_where=sa.text("status = 'paid'"),
    )
    op.create_index(
        "ix_payments_unbooked",
        "payments",
        ["paid_at"],
        unique=False,
        postgresql_where=sa.text("status = 'paid' AND booked_at IS NULL"),
    )
    op.create_index(
        "ix_payments_undecided",
        "payments",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('creating','open','pending','authorized')"),
    )
    op.create_table(
        "refunds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("from_campaign_cents", sa.BigInteger(), nullable=False),
        sa.Column("from_tip_cents", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("idempotency_key", sa.String(), nullable=False),
        sa.Column("key_created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("provider_id", sa.String(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_status", sa.String(), nullable=True),
        sa.CheckConstraint(
            "status IN ('asked','queued','pending','processing','refunded','failed','canceled')",
            name=op.f("ck_refunds_status"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_refunds_amount")),
        sa.CheckConstraint(
            "from_campaign_cents >= 0 AND from_tip_cents >= 0", name=op.f("ck_refunds_parts")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_refunds_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("idempotency_key", name=op.f("uq_refunds_idempotency_key")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_refunds_provider_id")),
    )
    op.create_index(op.f("ix_refunds_payment_id"), "refunds", ["payment_id"], unique=False)
    op.create_index(
        "ix_refunds_undecided",
        "refunds",
        ["asked_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('asked','queued','pending','processing')"),
    )
    op.create_index(
        "uq_refunds_own_order",
        "refunds",
        ["payment_id"],
        unique=True,
        postgresql_where=sa.text("reason <> 'dashboard'"),
    )
    op.create_table(
        "chargebacks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("provider_id", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("charged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_chargebacks_amount")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payments.id"], name=op.f("fk_chargebacks_payment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chargebacks")),
        sa.UniqueConstraint("provider_id", name=op.f("uq_chargebacks_provider_id")),
    )
    op.create_index(op.f("ix_chargebacks_payment_id"), "chargebacks", ["payment_id"], unique=False)


def downgrade() -> None:
    op.drop_table("chargebacks")
    op.drop_table("refunds")
    op.drop_table("payments")
