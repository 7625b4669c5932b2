"""Guard decisions: what was approved stays, what was sent is final, what was noted is kept."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

APPEND_ONLY = ("accountings", "case_notes", "checklist_marks", "clock_events")


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION decisions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR OLD.status IN ('sent', 'recalled', 'dismissed') THEN
                RAISE EXCEPTION 'decision % is final: % refused', OLD.number, TG_OP
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'decision_final';
            END IF;
            IF (NEW.application_id, NEW.fund_id, NEW.kind, NEW.claim_cents, NEW.amount_cents,
                NEW.before_cents, NEW.grounds, NEW.reason, NEW.snapshot, NEW.snapshot_sha256,
                NEW.proposed_by, NEW.proposed_at)
               IS DISTINCT FROM
               (OLD.application_id, OLD.fund_id, OLD.kind, OLD.claim_cents, OLD.amount_cents,
                OLD.before_cents, OLD.grounds, OLD.reason, OLD.snapshot, OLD.snapshot_sha256,
                OLD.proposed_by, OLD.proposed_at)
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
    op.execute(
        "CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON decisions"
        " FOR EACH ROW EXECUTE FUNCTION decisions_refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER fixed_truncate BEFORE TRUNCATE ON decisions"
        " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()"
        )


def downgrade() -> None:
    raise RuntimeError("Decisions are never left without their guards.")
