"""Create up to when initiators were mailed about gifts."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gift_news",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("through_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_gift_news_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_gift_news")),
    )


def downgrade() -> None:
    op.drop_table("gift_news")
