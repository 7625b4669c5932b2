"""Create what addresses follow: a campaign, a neighbourhood or a theme."""

import sqlalchemy as sa
from alembic import op

revision = "0145"
down_revision = "0144"
branch_labels = None
depends_on = None

CHECKS = {
    "email_lower": "email = lower(email)",
    "one_thing": "num_nonnulls(campaign_id, area_code, theme) = 1",
    "area_code": "area_code ~ '^BU[0-9A-Z]{8}$'",
    "theme": "theme IN ('green','meeting','sport','culture','sustainable','care','youth')",
    "news": "(news_through_at IS NULL) = (confirmed_at IS NULL OR campaign_id IS NOT NULL)",
}


def upgrade() -> None:
    op.create_table(
        "follows",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=True),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("news_through_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_follows_{name}"))
            for name, check in CHECKS.items()
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_follows_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
        sa.UniqueConstraint(
            "email",
            "campaign_id",
            "area_code",
            "theme",
            name="uq_follows_email_thing",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_follows_campaign_id", "follows", ["campaign_id"])


def downgrade() -> None:
    op.drop_table("follows")
