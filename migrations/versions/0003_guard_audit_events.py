"""Guard the audit trail: what is written stays as it is."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION vjb_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
                USING ERRCODE = 'integrity_constraint_violation',
                      CONSTRAINT = 'append_only_' || TG_TABLE_NAME;
        END $$
        """
    )
    op.execute(
        """
        CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_events
            FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()
        """
    )
    op.execute(
        """
        CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON audit_events
            FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()
        """
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER append_only_truncate ON audit_events")
    op.execute("DROP TRIGGER append_only ON audit_events")
    op.execute("DROP FUNCTION vjb_refuse_change()")
