"""Create gifts that come back each month until a campaign's last day, and their collections."""

import sqlalchemy as sa
from alembic import op

revision = "0235"
down_revision = "0234"
branch_labels = None
depends_on = None

# What a donor agreed to is the most that is ever collected: so often, until that day, and no more
# at once than is agreed now. Of a collection the gift never changes, and one gift makes one.
COLLECTIONS = """
CREATE FUNCTION monthly_collections_as_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE agreed record; taken record; made integer;
BEGIN
    IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND (OLD.monthly_gift_id, OLD.month)
        IS DISTINCT FROM (NEW.monthly_gift_id, NEW.month)) OR (TG_OP = 'UPDATE'
        AND OLD.pledge_id IS NOT NULL AND NEW.pledge_id IS DISTINCT FROM OLD.pledge_id) THEN
        RAISE EXCEPTION 'the collection of % stays', OLD.month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'monthly_collections_stay';
    END IF;
    IF NEW.pledge_id IS NULL OR (TG_OP = 'UPDATE' AND OLD.pledge_id IS NOT NULL) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO agreed FROM monthly_gifts WHERE id = NEW.monthly_gift_id FOR UPDATE;
    SELECT campaign_id, amount_cents, tip_cents INTO taken FROM pledges WHERE id = NEW.pledge_id;
    IF NEW.pledge_id = agreed.first_pledge_id AND taken.campaign_id = agreed.campaign_id THEN
        RETURN NEW;
    END IF;
    SELECT count(*) INTO made FROM monthly_collections
        WHERE monthly_gift_id = NEW.monthly_gift_id AND pledge_id IS NOT NULL AND id <> NEW.id;
    IF agreed.status <> 'run' OR made >= agreed.most OR NEW.due_on > agreed.until_on
        OR taken.campaign_id <> agreed.campaign_id OR taken.amount_cents <> NEW.amount_cents
        OR taken.tip_cents <> NEW.tip_cents OR NEW.notice_at IS NULL THEN
        RAISE EXCEPTION 'the collection of % is not as it was agreed', NEW.month
            USING ERRCODE = 'check_violation', CONSTRAINT = 'monthly_collections_as_agreed';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "monthly_gifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("first_pledge_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("tip_cents", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("customer_key", sa.String(), nullable=False),
        sa.Column("customer_id", sa.String(), nullable=True),
        sa.Column("mandate_id", sa.String(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('first','run','pause','stop','end','break')",
            name=op.f("ck_monthly_gifts_status"),
        ),
        sa.CheckConstraint(
            "amount_cents > 0 AND tip_cents >= 0", name=op.f("ck_monthly_gifts_amounts")
        ),
        sa.CheckConstraint("day BETWEEN 1 AND 31", name=op.f("ck_monthly_gifts_day")),
        sa.CheckConstraint("most BETWEEN 2 AND 60", name=op.f("ck_monthly_gifts_most")),
        sa.CheckConstraint(
            "status NOT IN ('run','pause') OR num_nonnulls(customer_id, mandate_id) = 2",
            name=op.f("ck_monthly_gifts_mandate"),
        ),
        sa.CheckConstraint(
            "(status IN ('stop','end','break')) = (over_at IS NOT NULL)"
            " AND (over_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_monthly_gifts_over"),
        ),
        sa.CheckConstraint(
            "released_at IS NULL OR over_at IS NOT NULL", name=op.f("ck_monthly_gifts_released")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_monthly_gifts_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_monthly_gifts_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["first_pledge_id"], ["pledges.id"], name=op.f("fk_monthly_gifts_first_pledge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_gifts")),
        sa.UniqueConstraint("token", name=op.f("uq_monthly_gifts_token")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_monthly_gifts_customer_id")),
    )
    op.create_index(
        "uq_monthly_gifts_first_pledge_id",
        "monthly_gifts",
        ["first_pledge_id"],
        unique=True,
        postgresql_where=sa.text("over_at IS NULL"),
    )
    op.create_index("ix_monthly_gifts_campaign_id", "monthly_gifts", ["campaign_id"])
    op.create_index(
        "ix_monthly_gifts_busy",
        "monthly_gifts",
        ["status"],
        postgresql_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "monthly_collections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("monthly_gift_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("tip_cents", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=True),
        sa.Column("notice_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('plan','way','arrival','failure','skip')",
            name=op.f("ck_monthly_collections_state"),
        ),
        sa.CheckConstraint(
            "amount_cents > 0 AND tip_cents >= 0", name=op.f("ck_monthly_collections_amounts")
        ),
        sa.CheckConstraint(
            "(state IN ('plan','skip')) = (pledge_id IS NULL)",
            name=op.f("ck_monthly_collections_pledge"),
        ),
        sa.CheckConstraint(
            "month = date_trunc('month', month::timestamp)::date",
            name=op.f("ck_monthly_collections_month"),
        ),
        sa.ForeignKeyConstraint(
            ["monthly_gift_id"],
            ["monthly_gifts.id"],
            name=op.f("fk_monthly_collections_monthly_gift_id"),
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("fk_monthly_collections_pledge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monthly_collections")),
        sa.UniqueConstraint("pledge_id", name=op.f("uq_monthly_collections_pledge_id")),
        sa.UniqueConstraint(
            "monthly_gift_id", "month", name="uq_monthly_collections_monthly_gift_id_month"
        ),
    )
    op.execute(COLLECTIONS)
    op.execute(
        "CREATE TRIGGER as_agreed BEFORE INSERT OR UPDATE OR DELETE ON monthly_collections"
        " FOR EACH ROW EXECUTE FUNCTION monthly_collections_as_agreed()"
    )


def downgrade() -> None:
    op.drop_table("monthly_collections")
    op.execute("DROP FUNCTION monthly_collections_as_agreed()")
    op.drop_table("monthly_gifts")
