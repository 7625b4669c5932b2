"""Create the updates that initiators write about their campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "0140"
down_revision = "0139"
branch_labels = None
depends_on = None

POINTS = {"campaign_id": "campaigns", "written_by": "persons", "hidden_by": "persons"}
CHECKS = {
    "audience": "audience IN ('everybody','donors')",
    "published": "num_nonnulls(number, published_at) IN (0, 2)",
    "whole": "published_at IS NULL OR (number > 0 AND title <> '' AND body <> '')",
    "picture": "picture_key IS NOT NULL OR picture_alt = ''",
    "picture_alt": "published_at IS NULL OR picture_key IS NULL OR picture_alt <> ''",
    "withdrawn": "withdrawn_at IS NULL OR published_at IS NOT NULL",
    "hidden": (
        "(hidden_at IS NULL) = (hidden_reason IS NULL) AND (hidden_at IS NULL OR"
        " (published_at IS NOT NULL AND hidden_reason <> ''))"
    ),
}


def upgrade() -> None:
    op.create_table(
        "campaign_updates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("picture_key", sa.String(), nullable=True),
        sa.Column("picture_alt", sa.String(), server_default="", nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by", sa.Uuid(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_updates")),
        sa.UniqueConstraint("campaign_id", "number", name="uq_campaign_updates_campaign_id_number"),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_campaign_updates_{name}"))
            for name, check in CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_campaign_updates_{column}_{table}")
            )
            for column, table in POINTS.items()
        ),
    )
    op.create_index(
        "ix_campaign_updates_campaign_id", "campaign_updates", ["campaign_id", "published_at"]
    )
    op.create_index("ix_campaign_updates_picture_key", "campaign_updates", ["picture_key"])


def downgrade() -> None:
    op.drop_table("campaign_updates")
