"""Guard that money of a municipality is booked, and taken back, only by a deposit of two people."""

from alembic import op

revision = "0077"
down_revision = "0076"
branch_labels = None
depends_on = None

FUNCTION = """
    CREATE FUNCTION ledger_refuse_deposit_of_one() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM fund_deposits
            WHERE id = split_part(NEW.key, ':', 2)::uuid
              AND NEW.key = 'deposit:' || id || ':' || status
              AND NEW.kind = CASE kind || ' ' || status
                  WHEN 'prepayment booked' THEN 'fund_prepaid'
                  WHEN 'prepayment reversed' THEN 'fund_prepaid_reversed'
                  WHEN 'arrears booked' THEN 'arrears_received'
                  WHEN 'arrears reversed' THEN 'arrears_reversed'
                  WHEN 'clawback booked' THEN 'clawback_received'
                  WHEN 'clawback reversed' THEN 'clawback_reversed' END
        ) THEN
            RAISE EXCEPTION 'no deposit of two people for %', NEW.key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_deposit_of_one';
        END IF;
        RETURN NEW;
    END $$
"""
KINDS = (
    "'fund_prepaid','arrears_received','clawback_received',"
    "'fund_prepaid_reversed','arrears_reversed','clawback_reversed'"
)


def upgrade() -> None:
    op.execute(FUNCTION)
    op.execute(
        "CREATE TRIGGER deposit_of_one BEFORE INSERT ON ledger_transactions FOR EACH ROW"
        f" WHEN (NEW.kind IN ({KINDS})) EXECUTE FUNCTION ledger_refuse_deposit_of_one()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER deposit_of_one ON ledger_transactions")
    op.execute("DROP FUNCTION ledger_refuse_deposit_of_one()")
