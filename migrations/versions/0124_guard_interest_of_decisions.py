"""Guard the day of interest as the rest of a decision, and interest on the books by a decision."""

from alembic import op

revision = "0124"
down_revision = "0123"
branch_labels = None
depends_on = None

FIXED = (
    "application_id, fund_id, kind, claim_cents, amount_cents, before_cents, grounds, reason, "
    "effect_on, compensation_cents, breach_on, snapshot, snapshot_sha256, proposed_by, proposed_at"
)
LAID_DOWN = """
    CREATE FUNCTION ledger_refuse_interest_of_one() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM decisions
            WHERE NEW.key = 'interest:' || id || ':' || 'laid_down'
              AND kind = 'interest' AND status IN ('approved', 'sent')
              AND approved_by <> proposed_by
              AND NEW.posting = jsonb_build_object(
                  'interest_receivable:' || application_id, amount_cents,
                  'interest_pending:' || application_id, -amount_cents)
        ) THEN
            RAISE EXCEPTION 'no decision of two people for %', NEW.key
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_interest_of_one';
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    for name in ("kind", "interest"):
        op.execute(f"ALTER TABLE decisions VALIDATE CONSTRAINT ck_decisions_{name}")
    op.execute(_refuse_change(f"{FIXED}, interest_until"))
    op.execute(LAID_DOWN)
    op.execute(
        "CREATE TRIGGER interest_of_one BEFORE INSERT ON ledger_transactions FOR EACH ROW"
        " WHEN (NEW.kind = 'interest_laid_down') EXECUTE FUNCTION ledger_refuse_interest_of_one()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER interest_of_one ON ledger_transactions")
    op.execute("DROP FUNCTION ledger_refuse_interest_of_one()")
    op.execute(_refuse_change(FIXED))


def _refuse_change(fixed: str) -> str:
    new, old = (", ".join(f"{row}.{name}" for name in fixed.split(", ")) for row in ("NEW", "OLD"))
    return f"""
        CREATE OR REPLACE FUNCTION decisions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR OLD.status IN ('sent', 'recalled', 'dismissed') THEN
                RAISE EXCEPTION 'decision % is final: % refused', OLD.number, TG_OP
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decision_final';
            END IF;
            IF ({new}) IS DISTINCT FROM ({old})
               OR (OLD.approved_by IS NOT NULL AND
                   (NEW.approved_by, NEW.approved_at) IS DISTINCT FROM
                   (OLD.approved_by, OLD.approved_at))
               OR (OLD.letter IS NOT NULL AND (NEW.letter, NEW.announcement)
                   IS DISTINCT FROM (OLD.letter, OLD.announcement))
            THEN
                RAISE EXCEPTION 'decision % does not change once proposed', OLD.number
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decision_fixed';
            END IF;
            RETURN NEW;
        END $$
    """
