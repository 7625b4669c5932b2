"""Guard awards of which no account came: determined only after a last term that ended."""

from alembic import op

revision = "0164"
down_revision = "0163"
branch_labels = None
depends_on = None

# By the moment of each step, as the code has it: of the proposal, the approval and the sending.
HOLD = """
    CREATE FUNCTION last_terms_hold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM applications WHERE id = NEW.application_id AND status = 'awarded'
                AND coalesce(arrangement, 'costs') IN ('activities', 'costs')
                AND NOT coalesce((SELECT max(until) FROM last_terms
                    WHERE last_terms.application_id = applications.id)
                    < (coalesce(NEW.sent_at, NEW.approved_at, NEW.proposed_at)
                        AT TIME ZONE 'Europe/Amsterdam')::date, false))
        THEN
            RAISE EXCEPTION 'decision % waits for an account or the end of a last term', NEW.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'account_first';
        END IF;
        RETURN NEW;
    END $$
"""
_DETERMINES = "NEW.kind IN ('determination', 'lower_determination')"
TRIGGERS = (
    "CREATE TRIGGER account_first_new BEFORE INSERT ON decisions"
    f" FOR EACH ROW WHEN ({_DETERMINES}) EXECUTE FUNCTION last_terms_hold()",
    "CREATE TRIGGER account_first BEFORE UPDATE OF status ON decisions"
    f" FOR EACH ROW WHEN ({_DETERMINES} AND NEW.status IN ('approved', 'sent'))"
    " EXECUTE FUNCTION last_terms_hold()",
)


def upgrade() -> None:
    for statement in (HOLD, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER account_first ON decisions")
    op.execute("DROP TRIGGER account_first_new ON decisions")
    op.execute("DROP FUNCTION last_terms_hold()")
