"""Create pledges."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pledges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("neighbourhood_id", sa.Uuid(), nullable=True),
        sa.Column("donor_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_public", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(), server_default="", nullable=False),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("tip_cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refund_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refund_reason", sa.String(), nullable=True),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status = 'open' OR booked_at IS NOT NULL", name=op.f("ck_pledges_booked_at")
        ),
        sa.CheckConstraint(
            "status IN ('open','booked','refunding','refunded','unclaimed','charged_back')",
            name=op.f("ck_pledges_status"),
        ),
        sa.CheckConstraint("amount_cents > 0 AND tip_cents >= 0", name=op.f("ck_pledges_amounts")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_pledges_campaign_id")
        ),
        sa.ForeignKeyConstraint(["donor_id"], ["persons.id"], name=op.f("fk_pledges_donor_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_pledges_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhoods.id"], name=op.f("fk_pledges_neighbourhood_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledges")),
        sa.UniqueConstraint("token", name=op.f("uq_pledges_token")),
    )
    op.create_index(
        "ix_pledges_campaign_id_status",
        "pledges",
        ["campaign_id", "status", "booked_at"],
        unique=False,
    )
    op.create_index("ix_pledges_email", "pledges", ["email"], unique=False)


def downgrade() -> None:
    op.drop_table("pledges")
