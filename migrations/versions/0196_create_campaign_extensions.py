"""Create what a campaign says beforehand about a later last day, and the one time that it comes."""

import sqlalchemy as sa
from alembic import op

revision = "0196"
down_revision = "0195"
branch_labels = None
depends_on = None

# Only while people give, from the last day that is promised, and no further than was said to them.
WITHIN_TERMS = """
CREATE FUNCTION campaign_extensions_within_terms() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE campaign record;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a last day is moved once, and that stays told'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaign_extensions_keep';
    END IF;
    SELECT status, deadline_on, closes_at, extension_days INTO campaign
      FROM campaigns WHERE id = NEW.campaign_id FOR UPDATE;
    IF campaign.status <> 'live' OR campaign.deadline_on <> NEW.from_on
       OR NEW.at >= campaign.closes_at
       OR NEW.until_on > NEW.from_on + campaign.extension_days::integer THEN
        RAISE EXCEPTION 'a last day moves as far as donors could read, while people give'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaign_extensions_within_terms';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    for name in ("extension_days", "extension_percent"):
        op.add_column(
            "campaigns", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)
        )
    op.create_check_constraint(
        op.f("ck_campaigns_extension_terms"),
        "campaigns",
        "extension_days BETWEEN 0 AND 60 AND extension_percent BETWEEN 0 AND 100"
        " AND (extension_days > 0 OR extension_percent = 0)",
    )
    op.create_table(
        "campaign_extensions",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("until_on > from_on", name=op.f("ck_campaign_extensions_later")),
        sa.CheckConstraint(
            "reason <> '' AND length(reason) <= 600", name=op.f("ck_campaign_extensions_reason")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_extensions_campaign_id")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign_extensions")),
    )
    op.execute(WITHIN_TERMS)
    op.execute(
        "CREATE TRIGGER within_terms BEFORE INSERT OR UPDATE OR DELETE ON campaign_extensions"
        " FOR EACH ROW EXECUTE FUNCTION campaign_extensions_within_terms()"
    )


def downgrade() -> None:
    op.drop_table("campaign_extensions")
    op.execute("DROP FUNCTION campaign_extensions_within_terms()")
    op.drop_constraint(op.f("ck_campaigns_extension_terms"), "campaigns")
    for name in ("extension_percent", "extension_days"):
        op.drop_column("campaigns", name)
