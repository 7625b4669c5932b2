"""Create the givers whose gifts are never matched."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unmatched_givers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(relation = 'funder') = (campaign_id IS NULL)",
            name=op.f("ck_unmatched_givers_campaign"),
        ),
        sa.CheckConstraint(
            "email = lower(email) AND email LIKE '%@%'", name=op.f("ck_unmatched_givers_email")
        ),
        sa.CheckConstraint(
            "relation IN ('board','funder')", name=op.f("ck_unmatched_givers_relation")
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["persons.id"], name=op.f("fk_unmatched_givers_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_unmatched_givers_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_unmatched_givers_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmatched_givers")),
        sa.UniqueConstraint(
            "municipality_id",
            "campaign_id",
            "email",
            name=op.f("uq_unmatched_givers_municipality_id_campaign_id_email"),
            postgresql_nulls_not_distinct=True,
        ),
    )


def downgrade() -> None:
    op.drop_table("unmatched_givers")
