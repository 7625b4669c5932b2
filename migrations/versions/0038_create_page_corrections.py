"""Create what was corrected on the pages of campaigns, told on the page itself."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "page_corrections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "part IN ('title','summary','story')", name=op.f("ck_page_corrections_part")
        ),
        sa.CheckConstraint("before <> after", name=op.f("ck_page_corrections_change")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_page_corrections_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrected_by"], ["persons.id"], name=op.f("fk_page_corrections_corrected_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page_corrections")),
    )
    op.create_index(
        "ix_page_corrections_campaign_id", "page_corrections", ["campaign_id", "corrected_at"]
    )


def downgrade() -> None:
    op.drop_table("page_corrections")
