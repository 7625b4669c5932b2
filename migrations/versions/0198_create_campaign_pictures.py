"""Create more pictures of a campaign, in their order, and a link to a video."""

import sqlalchemy as sa
from alembic import op

revision = "0198"
down_revision = "0197"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign_pictures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("picture_key", sa.String(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        # A place for each of them, so that there are never more.
        sa.CheckConstraint("position BETWEEN 1 AND 8", name=op.f("ck_campaign_pictures_position")),
        sa.CheckConstraint(
            "alt <> '' AND length(alt) <= 200", name=op.f("ck_campaign_pictures_alt")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_pictures_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_pictures")),
        sa.UniqueConstraint(
            "campaign_id",
            "position",
            name=op.f("uq_campaign_pictures_campaign_id_position"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index("ix_campaign_pictures_picture_key", "campaign_pictures", ["picture_key"])
    op.create_table(
        "campaign_videos",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.CheckConstraint(
            "url ~ '^https://[^ ]+$' AND length(url) <= 300", name=op.f("ck_campaign_videos_url")
        ),
        sa.CheckConstraint(
            "title <> '' AND length(title) <= 80", name=op.f("ck_campaign_videos_title")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_videos_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign_videos")),
    )


def downgrade() -> None:
    op.drop_table("campaign_videos")
    op.drop_table("campaign_pictures")
