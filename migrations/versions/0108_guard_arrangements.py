"""Guard how a subsidy is accounted for: fixed by its award, and nothing is asked where it is direct.

What a fund published is append-only already.
"""

from alembic import op

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None

FUNCTIONS = (
    # Only another award, which comes in the place of the first, may say otherwise (Awb 7:11).
    """
    CREATE FUNCTION matching_fix_arrangement() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.status IN ('awarded', 'accounted', 'determined', 'revoked', 'expired')
           AND (NEW.arrangement, NEW.arrangement_weeks)
               IS DISTINCT FROM (OLD.arrangement, OLD.arrangement_weeks)
        THEN
            RAISE EXCEPTION 'the award of application % fixed how it is accounted for', OLD.number
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'arrangement_fixed';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION decisions_refuse_accounting() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM applications WHERE id = NEW.application_id AND arrangement = 'direct';
        IF FOUND THEN
            RAISE EXCEPTION 'application % was determined at once', NEW.application_id
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'accounting_not_asked';
        END IF;
        RETURN NEW;
    END $$
    """,
)
TRIGGERS = (
    "CREATE TRIGGER fix_arrangement BEFORE UPDATE ON applications"
    " FOR EACH ROW EXECUTE FUNCTION matching_fix_arrangement()",
    "CREATE TRIGGER refuse_accounting BEFORE INSERT ON accountings"
    " FOR EACH ROW EXECUTE FUNCTION decisions_refuse_accounting()",
)


def upgrade() -> None:
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER refuse_accounting ON accountings")
    op.execute("DROP TRIGGER fix_arrangement ON applications")
    op.execute("DROP FUNCTION decisions_refuse_accounting()")
    op.execute("DROP FUNCTION matching_fix_arrangement()")
