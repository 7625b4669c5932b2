"""Create kept sums: what campaigns raised, per campaign and per municipality."""

import sqlalchemy as sa
from alembic import op

revision = "0199"
down_revision = "0198"
branch_labels = None
depends_on = None

NEVER_LESS = (
    "crowd_cents >= 0 AND match_cents >= 0 AND gifts >= 0 AND hands >= 0 AND hours >= 0"
    " AND goods >= 0"
)
GIVEN = ("crowd_cents", "match_cents", "gifts", "hands", "hours", "goods")
TOWN = ("open_campaigns", "won_campaigns", "open_cents")
RUNNING, TOLD = sa.text("running"), sa.text("story_at IS NOT NULL")


def numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def upgrade() -> None:
    op.create_table(
        "campaign_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        # Without a foreign key: noting a change waits for no lock of a campaign.
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_changes")),
    )
    op.create_table(
        "campaign_sums",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.Column("won", sa.Boolean(), nullable=False),
        *numbers("reached", *GIVEN),
        sa.Column("story_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign_sums")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_sums_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_campaign_sums_municipality_id"),
        ),
        sa.CheckConstraint(f"{NEVER_LESS} AND reached >= 0", name=op.f("ck_campaign_sums_numbers")),
        sa.CheckConstraint("NOT (running AND won)", name=op.f("ck_campaign_sums_state")),
    )
    op.create_index("ix_campaign_sums_municipality_id", "campaign_sums", ["municipality_id"])
    for name, columns, condition in (
        ("reached", ["reached"], RUNNING),
        ("reached_in_town", ["municipality_id", "reached"], RUNNING),
        ("story_at", ["story_at"], TOLD),
        ("story_in_town", ["municipality_id", "story_at"], TOLD),
    ):
        op.create_index(
            f"ix_campaign_sums_{name}", "campaign_sums", columns, postgresql_where=condition
        )
    op.create_table(
        "town_sums",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        *numbers(*TOWN, *GIVEN),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_town_sums")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_town_sums_municipality_id")
        ),
        sa.CheckConstraint(
            f"{NEVER_LESS} AND open_cents >= 0 AND open_campaigns >= 0 AND won_campaigns >= 0",
            name=op.f("ck_town_sums_numbers"),
        ),
    )


def downgrade() -> None:
    op.drop_table("town_sums")
    op.drop_table("campaign_sums")
    op.drop_table("campaign_changes")
