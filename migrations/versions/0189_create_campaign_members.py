"""Create members of campaigns: who runs one together. A new campaign gets its first at once."""

import sqlalchemy as sa
from alembic import op

revision = "0189"
down_revision = "0188"
branch_labels = None
depends_on = None

# Also for code of before this migration, which goes on to run beside it.
FIRST = """
    CREATE FUNCTION campaigns_get_first_member() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO campaign_members (id, campaign_id, person_id, joined_at)
        VALUES (gen_random_uuid(), NEW.id, NEW.initiator_id, NEW.created_at);
        RETURN NULL;
    END $$
"""
TRIGGER = (
    "CREATE TRIGGER first_member AFTER INSERT ON campaigns"
    " FOR EACH ROW EXECUTE FUNCTION campaigns_get_first_member()"
)
ONE_EACH = sa.text("left_at IS NULL")
ONE_ASKED = sa.text("left_at IS NULL AND handover_asked_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "campaign_members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_public", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("handover_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gifts_told_through_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_members")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_members_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_campaign_members_person_id")
        ),
        sa.CheckConstraint("left_at >= joined_at", name=op.f("ck_campaign_members_left")),
    )
    op.create_index(
        "uq_campaign_members_now",
        "campaign_members",
        ["campaign_id", "person_id"],
        unique=True,
        postgresql_where=ONE_EACH,
    )
    op.create_index(
        "uq_campaign_members_handover",
        "campaign_members",
        ["campaign_id"],
        unique=True,
        postgresql_where=ONE_ASKED,
    )
    op.create_index("ix_campaign_members_person_id", "campaign_members", ["person_id"])
    op.create_index("ix_campaign_members_campaign_id", "campaign_members", ["campaign_id"])
    op.add_column("campaigns", sa.Column("orphaned_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(FIRST)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER first_member ON campaigns")
    op.execute("DROP FUNCTION campaigns_get_first_member()")
    op.drop_column("campaigns", "orphaned_at")
    op.drop_table("campaign_members")
