"""Keep the ceiling of who applied before it was lowered (Awb 4:27), application by application."""

import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "0098"
branch_labels = None
depends_on = None

BOUND = """
    CREATE FUNCTION match_keep_ceiling() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        bound BIGINT;
    BEGIN
        SELECT max(later.ceiling_cents) INTO bound FROM applications
            JOIN fund_versions own ON own.id = applications.version_id
            JOIN fund_versions later
                ON later.fund_id = own.fund_id AND later.number >= own.number
            WHERE applications.id = NEW.application_id;
        PERFORM 1 FROM fund_pots
            WHERE fund_id = NEW.fund_id AND taken_cents > bound + extra_cents;
        IF FOUND THEN
            RAISE EXCEPTION 'application % gets more than its ceiling of %',
                NEW.application_id, bound
                USING ERRCODE = 'check_violation', CONSTRAINT = 'match_ceiling_of_application';
        END IF;
        RETURN NULL;
    END $$
"""
# After the trigger that keeps the pot: those of one event fire by name.
TRIGGER = """
    CREATE TRIGGER match_moves_within_ceiling AFTER INSERT ON pot_moves
        FOR EACH ROW WHEN (NEW.cents > 0 AND NEW.kind <> 'extra')
        EXECUTE FUNCTION match_keep_ceiling()
"""
FILED = """
    UPDATE fund_pots SET filed_ceiling_cents = filed.cents FROM (
        SELECT applications.fund_id, max(later.ceiling_cents) AS cents FROM applications
            JOIN fund_versions own ON own.id = applications.version_id
            JOIN fund_versions later
                ON later.fund_id = own.fund_id AND later.number >= own.number
            GROUP BY applications.fund_id
    ) filed WHERE filed.fund_id = fund_pots.fund_id
        AND fund_pots.ceiling_cents < filed.cents
"""


def upgrade() -> None:
    column = sa.Column("filed_ceiling_cents", sa.BigInteger(), server_default="0", nullable=False)
    op.add_column("fund_pots", column)
    op.execute(FILED)
    op.drop_constraint(op.f("ck_fund_pots_ceiling"), "fund_pots")
    op.create_check_constraint(
        op.f("ck_fund_pots_ceiling"),
        "fund_pots",
        "taken_cents >= 0 AND "
        "taken_cents <= greatest(ceiling_cents, filed_ceiling_cents) + extra_cents",
    )
    op.execute(BOUND)
    op.execute(TRIGGER)


def downgrade() -> None:
    raise RuntimeError("Money of funds is never left without its guards.")
