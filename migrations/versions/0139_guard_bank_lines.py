"""Let the parts of one line of the bank statement never be more than the line."""

from alembic import op

revision = "0139"
down_revision = "0138"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION vjb_check_bank_line() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            parts_cents numeric;
            different boolean;
        BEGIN
            -- One entry of a line at a time, of whatever fund: a sum sees no row of another.
            PERFORM pg_advisory_xact_lock(
                hashtextextended('bank line:' || NEW.municipality_id || ':' || NEW.reference, 0));
            SELECT sum(cents), bool_or(coalesce(line_cents, cents)
                                       <> coalesce(NEW.line_cents, NEW.cents))
            INTO parts_cents, different
            FROM fund_deposits
            WHERE municipality_id = NEW.municipality_id AND reference = NEW.reference
              AND status NOT IN ('dismissed', 'reversed');
            IF different OR parts_cents > coalesce(NEW.line_cents, NEW.cents) THEN
                RAISE EXCEPTION 'line % of the bank statement is entered for more than it is',
                    NEW.reference USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NULL;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER once AFTER INSERT ON fund_deposits"
        " FOR EACH ROW EXECUTE FUNCTION vjb_check_bank_line()"
    )
    op.execute(
        "CREATE TRIGGER same_line BEFORE UPDATE ON fund_deposits FOR EACH ROW WHEN ("
        "(NEW.municipality_id, NEW.reference, NEW.cents, NEW.line_cents) IS DISTINCT FROM "
        "(OLD.municipality_id, OLD.reference, OLD.cents, OLD.line_cents)"
        ") EXECUTE FUNCTION vjb_refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER same_line ON fund_deposits")
    op.execute("DROP TRIGGER once ON fund_deposits")
    op.execute("DROP FUNCTION vjb_check_bank_line()")
