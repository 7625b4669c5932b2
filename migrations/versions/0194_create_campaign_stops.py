"""Create why initiators stopped their campaigns, in their words, as the page tells it."""

import sqlalchemy as sa
from alembic import op

revision = "0194"
down_revision = "0193"
branch_labels = None
depends_on = None

# What was said to donors stays as it was said; staff may keep the words off the page.
KEEP = """
CREATE FUNCTION campaign_stops_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
       (OLD.campaign_id, OLD.reason, OLD.at)
       IS DISTINCT FROM (NEW.campaign_id, NEW.reason, NEW.at) THEN
        RAISE EXCEPTION 'a campaign that was stopped stays so, and why'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaign_stops_keep';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "campaign_stops",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "reason <> '' AND length(reason) <= 1000", name=op.f("ck_campaign_stops_reason")
        ),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL) AND hidden_reason <> ''",
            name=op.f("ck_campaign_stops_hidden"),
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_stops_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign_stops")),
    )
    op.execute(KEEP)
    op.execute(
        "CREATE TRIGGER campaign_stops_keep BEFORE UPDATE OR DELETE ON campaign_stops"
        " FOR EACH ROW EXECUTE FUNCTION campaign_stops_keep()"
    )


def downgrade() -> None:
    op.drop_table("campaign_stops")
    op.execute("DROP FUNCTION campaign_stops_keep()")
