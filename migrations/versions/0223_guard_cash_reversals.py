"""Guard reversals of cash: an arrival is reversed as a whole, once, after two people said so."""

import sqlalchemy as sa
from alembic import op

revision = "0223"
down_revision = "0222"
branch_labels = None
depends_on = None

STATES = ("state IN ('entry','bank','void')", "state IN ('entry','bank','reversal','void')")
BOOKING = (
    "(state = 'bank') = (booked_by IS NOT NULL)",
    "(state IN ('bank','reversal')) = (booked_by IS NOT NULL)",
)
LINES = ("state <> 'void'", "state NOT IN ('reversal','void')")
ARRIVALS = """
    CREATE FUNCTION cash_arrivals_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.amount_cents = OLD.amount_cents
            AND NEW.deposit_id = OLD.deposit_id THEN
            IF OLD.state = 'entry' AND NEW.state <> 'reversal' THEN RETURN NEW; END IF;
            IF OLD.state = 'void' AND NEW.state = 'void' THEN RETURN NEW; END IF;
            IF OLD.state = 'bank' AND NEW.state = 'reversal'
                AND (NEW.line, NEW.received_on, NEW.entered_by, NEW.booked_by, NEW.booked_at)
                IS NOT DISTINCT FROM
                (OLD.line, OLD.received_on, OLD.entered_by, OLD.booked_by, OLD.booked_at)
                AND EXISTS (SELECT FROM cash_reversals
                    WHERE arrival_id = OLD.id AND state = 'booking') THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'cash arrival % stays as it is', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cash_row_stays';
    END $$
"""
DEPOSITS = """
    CREATE FUNCTION cash_deposits_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.amount_cents = OLD.amount_cents
            AND (OLD.state <> 'bank' OR NEW.state = 'bank'
            OR (NEW.state IN ('way', 'void') AND OLD.amount_cents > (
                SELECT coalesce(sum(amount_cents), 0) FROM cash_arrivals
                WHERE deposit_id = OLD.id AND state = 'bank'))) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'cash deposit % stays as it is', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cash_row_stays';
    END $$
"""
REVERSALS = """
    CREATE FUNCTION cash_reversals_fit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM cash_arrivals WHERE id = NEW.arrival_id
            AND state = 'bank' AND amount_cents = NEW.amount_cents) THEN
            RETURN NEW;
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.state = 'proposal' AND (NEW.arrival_id, NEW.amount_cents,
            NEW.reason, NEW.proposed_by) = (OLD.arrival_id, OLD.amount_cents,
            OLD.reason, OLD.proposed_by) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'a reversal of cash is of an arrival at the bank, and stays as it is'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cash_reversal_fits';
    END $$
"""


def upgrade() -> None:
    _arrivals(1)
    op.execute(ARRIVALS)
    op.execute("DROP TRIGGER stays ON cash_arrivals")
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON cash_arrivals"
        " FOR EACH ROW EXECUTE FUNCTION cash_arrivals_stay()"
    )
    op.execute(DEPOSITS)
    op.execute("DROP TRIGGER stays ON cash_deposits")
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON cash_deposits"
        " FOR EACH ROW EXECUTE FUNCTION cash_deposits_stay()"
    )
    op.execute(REVERSALS)
    op.execute(
        "CREATE TRIGGER fits BEFORE INSERT OR UPDATE OR DELETE ON cash_reversals"
        " FOR EACH ROW EXECUTE FUNCTION cash_reversals_fit()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER fits ON cash_reversals")
    op.execute("DROP FUNCTION cash_reversals_fit()")
    for table in ("cash_arrivals", "cash_deposits"):
        op.execute(f"DROP TRIGGER stays ON {table}")
        op.execute(f"DROP FUNCTION {table}_stay()")
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION cash_rows_stay()"
        )
    _arrivals(0)


def _arrivals(way: int) -> None:
    """Which states an arrival may have, and which of them take up a line of the bank."""
    for name, conditions in (("state", STATES), ("booking", BOOKING)):
        op.drop_constraint(op.f(f"ck_cash_arrivals_{name}"), "cash_arrivals")
        op.create_check_constraint(
            op.f(f"ck_cash_arrivals_{name}"), "cash_arrivals", conditions[way]
        )
    op.drop_index("uq_cash_arrivals_line", "cash_arrivals")
    op.create_index(
        "uq_cash_arrivals_line",
        "cash_arrivals",
        ["line"],
        unique=True,
        postgresql_where=sa.text(LINES[way]),
    )
