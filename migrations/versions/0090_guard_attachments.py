"""Guard attachments: what was submitted is part of a case, and stays as it is."""

from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION attachments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.submitted_at IS NULL THEN
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
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
        "CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON attachments"
        " FOR EACH ROW EXECUTE FUNCTION attachments_refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER fixed_truncate BEFORE TRUNCATE ON attachments"
        " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()"
    )


def downgrade() -> None:
    raise RuntimeError("Attachments are never left without their guards.")
