"""Let files of a report of abuse go with it, and only so; at most three come, while it waits."""

from alembic import op

revision = "0241"
down_revision = "0240"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE OR REPLACE FUNCTION attachments_refuse_change() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.submitted_at IS NULL THEN
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
            END IF;
            IF TG_OP = 'DELETE' AND OLD.payee_id IS NOT NULL AND NOT EXISTS
               (SELECT FROM payees WHERE id = OLD.payee_id) THEN
                RETURN OLD;
            END IF;
            IF TG_OP = 'DELETE' AND OLD.abuse_report_id IS NOT NULL AND NOT EXISTS
               (SELECT FROM abuse_reports WHERE id = OLD.abuse_report_id) THEN
                RETURN OLD;
            END IF;
            IF TG_OP = 'DELETE' OR
               (to_jsonb(NEW) - ARRAY['scan', 'finding', 'scanned_at'])
               IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['scan', 'finding', 'scanned_at'])
            THEN
                RAISE EXCEPTION 'attachment % is part of a case: % refused', OLD.id, TG_OP
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'attachment_final';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION attachments_bound_proof() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            verdict text;
        BEGIN
            SELECT outcome INTO verdict FROM abuse_reports WHERE id = NEW.abuse_report_id
                FOR UPDATE;
            IF verdict IS NOT NULL OR (SELECT count(*) FROM attachments
                WHERE abuse_report_id = NEW.abuse_report_id) >= 3 THEN
                RAISE EXCEPTION 'report % takes no more files', NEW.abuse_report_id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'attachments_proof_most';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER bound_proof BEFORE INSERT ON attachments FOR EACH ROW"
        " WHEN (NEW.abuse_report_id IS NOT NULL) EXECUTE FUNCTION attachments_bound_proof()"
    )


def downgrade() -> None:
    raise RuntimeError("Attachments are never left without their guards.")
