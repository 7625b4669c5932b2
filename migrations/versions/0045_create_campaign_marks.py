"""Create the marks that campaigns came to."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_marks",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("reached_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "mark IN ('half','minimum','goal')", name=op.f("ck_campaign_marks_mark")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_marks_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "mark", name=op.f("pk_campaign_marks")),
    )


def downgrade() -> None:
    op.drop_table("campaign_marks")
