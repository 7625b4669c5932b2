"""Guard what a change says as the rest of a decision, and look at the decisions of before."""

from alembic import op

revision = "0111"
down_revision = "0110"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("kind", "reason", "change", "terms"):
        op.execute(f"ALTER TABLE decisions VALIDATE CONSTRAINT ck_decisions_{name}")
    op.execute(
        """
        CREATE OR REPLACE FUNCTION decisions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR OLD.status IN ('sent', 'recalled', 'dismissed') THEN
                RAISE EXCEPTION 'decision % is final: % refused', OLD.number, TG_OP
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decision_final';
            END IF;
            IF (NEW.application_id, NEW.fund_id, NEW.kind, NEW.claim_cents, NEW.amount_cents,
                NEW.before_cents, NEW.grounds, NEW.reason, NEW.effect_on, NEW.compensation_cents,
                NEW.breach_on, NEW.snapshot, NEW.snapshot_sha256, NEW.proposed_by,
                NEW.proposed_at)
               IS DISTINCT FROM
               (OLD.application_id, OLD.fund_id, OLD.kind, OLD.claim_cents, OLD.amount_cents,
                OLD.before_cents, OLD.grounds, OLD.reason, OLD.effect_on, OLD.compensation_cents,
                OLD.breach_on, OLD.snapshot, OLD.snapshot_sha256, OLD.proposed_by,
                OLD.proposed_at)
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
    )


def downgrade() -> None:
    raise RuntimeError("Decisions are never left without their guards.")
