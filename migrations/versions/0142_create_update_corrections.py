"""Create the trace of what was corrected in updates that went out."""

import sqlalchemy as sa
from alembic import op

revision = "0142"
down_revision = "0141"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "update_corrections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("update_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "part IN ('title','body','picture')", name=op.f("ck_update_corrections_part")
        ),
        sa.CheckConstraint("before <> after", name=op.f("ck_update_corrections_change")),
        sa.ForeignKeyConstraint(
            ["update_id"],
            ["campaign_updates.id"],
            name=op.f("fk_update_corrections_update_id_campaign_updates"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_update_corrections")),
    )
    op.create_index(
        "ix_update_corrections_update_id", "update_corrections", ["update_id", "corrected_at"]
    )


def downgrade() -> None:
    op.drop_table("update_corrections")
