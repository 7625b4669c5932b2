"""Guard interest that a municipality owes on the books by a decision of two people."""

from alembic import op

revision = "0172"
down_revision = "0171"
branch_labels = None
depends_on = None

LAID_DOWN = """
    CREATE FUNCTION ledger_refuse_owed_interest_of_one() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM decisions
            WHERE NEW.key = 'owed_interest:' || id || ':' || 'laid_down'
              AND kind = 'interest_owed' AND status IN ('approved', 'sent')
              AND approved_by <> proposed_by
              AND NEW.posting IN (
                  jsonb_build_object(
                      'fund_free:' || fund_id, amount_cents,
                      'owed_interest:' || application_id, -amount_cents),
                  jsonb_build_object(
                      'municipal_receivable:' || fund_id, amount_cents,
                      'owed_interest_pending:' || application_id, -amount_cents))
        ) THEN
            RAISE EXCEPTION 'no decision of two people for %', NEW.key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_owed_interest_of_one';
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    for name in ("kind", "interest"):
        op.execute(f"ALTER TABLE decisions VALIDATE CONSTRAINT ck_decisions_{name}")
    op.execute(LAID_DOWN)
    op.execute(
        "CREATE TRIGGER owed_interest_of_one BEFORE INSERT ON ledger_transactions FOR EACH ROW"
        " WHEN (NEW.kind = 'interest_owed')"
        " EXECUTE FUNCTION ledger_refuse_owed_interest_of_one()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER owed_interest_of_one ON ledger_transactions")
    op.execute("DROP FUNCTION ledger_refuse_owed_interest_of_one()")
