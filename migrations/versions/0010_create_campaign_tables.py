"""Create campaigns, budgets and reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("neighbourhood_id", sa.Uuid(), nullable=True),
        sa.Column("initiator_id", sa.Uuid(), nullable=False),
        sa.Column("group_name", sa.String(), server_default="", nullable=False),
        sa.Column("kind", sa.String(), server_default="all_or_nothing", nullable=False),
        sa.Column("status", sa.String(), server_default="draft", nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("title", sa.String(), server_default="", nullable=False),
        sa.Column("summary", sa.String(), server_default="", nullable=False),
        sa.Column("for_whom", sa.String(), server_default="", nullable=False),
        sa.Column("location", sa.String(), server_default="", nullable=False),
        sa.Column("story", sa.String(), server_default="", nullable=False),
        sa.Column("worse_off", sa.String(), server_default="", nullable=False),
        sa.Column("leftovers", sa.String(), server_default="", nullable=False),
        sa.Column("needs", sa.String(), server_default="", nullable=False),
        sa.Column("goal_cents", sa.BigInteger(), nullable=True),
        sa.Column("minimum_cents", sa.BigInteger(), nullable=True),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("picture_key", sa.String(), nullable=True),
        sa.Column("picture_alt", sa.String(), server_default="", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pledges_stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('vjb_dutch', coalesce(title, '')), 'A') || setweight(to_tsvector('vjb_dutch', coalesce(summary, '')), 'B') || setweight(to_tsvector('vjb_dutch', coalesce(for_whom, '')), 'C') || setweight(to_tsvector('vjb_dutch', coalesce(story, '')), 'D')",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('all_or_nothing','keep_what_comes')", name=op.f("ck_campaigns_kind")
        ),
        sa.CheckConstraint(
            "status IN ('draft','returned','withdrawn') OR (neighbourhood_id IS NOT NULL AND goal_cents IS NOT NULL AND minimum_cents IS NOT NULL AND deadline_on IS NOT NULL AND title <> '' AND summary <> '' AND story <> '' AND theme IS NOT NULL)",
            name=op.f("ck_campaigns_complete"),
        ),
        sa.CheckConstraint(
            "status IN ('draft','submitted','returned','rejected','withdrawn','live','closing','near_miss','succeeded','failed','cancelled','paid_out')",
            name=op.f("ck_campaigns_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('live','closing','near_miss','succeeded','failed','cancelled','paid_out') OR (opened_at IS NOT NULL AND closes_at IS NOT NULL)",
            name=op.f("ck_campaigns_opened"),
        ),
        sa.CheckConstraint(
            "goal_cents > 0 AND minimum_cents > 0", name=op.f("ck_campaigns_amounts")
        ),
        sa.CheckConstraint("minimum_cents <= goal_cents", name=op.f("ck_campaigns_minimum")),
        sa.ForeignKeyConstraint(
            ["initiator_id"], ["persons.id"], name=op.f("fk_campaigns_initiator_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_campaigns_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["neighbourhood_id"], ["neighbourhoods.id"], name=op.f("fk_campaigns_neighbourhood_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("slug", name=op.f("uq_campaigns_slug")),
    )
    op.create_index("ix_campaigns_initiator_id", "campaigns", ["initiator_id"], unique=False)
    op.create_index(
        "ix_campaigns_municipality_id_status",
        "campaigns",
        ["municipality_id", "status"],
        unique=False,
    )
    op.create_index(
        "ix_campaigns_neighbourhood_id", "campaigns", ["neighbourhood_id"], unique=False
    )
    op.create_index(
        "ix_campaigns_search", "campaigns", ["search"], unique=False, postgresql_using="gin"
    )
    op.create_index(
        "ix_campaigns_status_closes_at", "campaigns", ["status", "closes_at"], unique=False
    )
    op.create_table(
        "budget_lines",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_budget_lines_amount")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_budget_lines_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_lines")),
        sa.UniqueConstraint(
            "campaign_id",
            "position",
            deferrable=True,
            initially="DEFERRED",
            name=op.f("uq_budget_lines_campaign_id_position"),
        ),
    )
    op.create_table(
        "review_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('question','answer','returned','approved','rejected')",
            name=op.f("ck_review_notes_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_review_notes_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_review_notes_campaign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_notes")),
    )
    op.create_index(
        "ix_review_notes_campaign_id", "review_notes", ["campaign_id", "at"], unique=False
    )


def downgrade() -> None:
    op.drop_table("review_notes")
    op.drop_table("budget_lines")
    op.drop_table("campaigns")
