"""Let proof go with an account that is thrown away: its giver asked to be forgotten, unpaid."""

from alembic import op

revision = "0219"
down_revision = "0218"
branch_labels = None
depends_on = None

# Deleting an account deletes its files after it; alone, none that was sent in can go.
GUARD = """
    CREATE OR REPLACE FUNCTION attachments_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.submitted_at IS NULL THEN
            RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
        END IF;
        {exception}
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
EXCEPTION = """
        IF TG_OP = 'DELETE' AND OLD.payee_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM payees WHERE id = OLD.payee_id) THEN
            RETURN OLD;
        END IF;
"""
KEY = "fk_attachments_payee_id_payees"


def upgrade() -> None:
    op.execute(GUARD.format(exception=EXCEPTION))
    op.drop_constraint(op.f(KEY), "attachments", type_="foreignkey")
    op.create_foreign_key(
        op.f(KEY), "attachments", "payees", ["payee_id"], ["id"], ondelete="CASCADE"
    )


def downgrade() -> None:
    op.drop_constraint(op.f(KEY), "attachments", type_="foreignkey")
    op.create_foreign_key(op.f(KEY), "attachments", "payees", ["payee_id"], ["id"])
    op.execute(GUARD.format(exception=""))
