"""Add what a near miss asks of campaigns (a second turn) and of gifts (what no answer means)."""

import sqlalchemy as sa
from alembic import op

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None

FUNCTION = """
    CREATE FUNCTION pledges_keep_no_answer() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'what no answer means stays as it was said at pledging'
            USING ERRCODE = 'check_violation';
    END $$
"""
TRIGGER = (
    "CREATE TRIGGER pledges_keep_no_answer BEFORE UPDATE OF no_answer ON pledges"
    " FOR EACH ROW WHEN (OLD.no_answer IS DISTINCT FROM NEW.no_answer)"
    " EXECUTE FUNCTION pledges_keep_no_answer()"
)


def upgrade() -> None:
    for name in ("gifts_again_at", "gifts_again_until"):
        op.add_column("campaigns", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_campaigns_gifts_again"),
        "campaigns",
        "num_nonnulls(gifts_again_at, gifts_again_until) <> 1"
        " AND gifts_again_until >= gifts_again_at",
    )
    # Gifts of before were given when there was only one end below the minimum: all goes back.
    op.add_column(
        "pledges", sa.Column("no_answer", sa.String(), server_default="back", nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_pledges_no_answer"), "pledges", "no_answer IN ('back','keep')"
    )
    op.execute(FUNCTION)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER pledges_keep_no_answer ON pledges")
    op.execute("DROP FUNCTION pledges_keep_no_answer()")
    op.drop_column("pledges", "no_answer")
    op.drop_constraint(op.f("ck_campaigns_gifts_again"), "campaigns")
    for name in ("gifts_again_until", "gifts_again_at"):
        op.drop_column("campaigns", name)
