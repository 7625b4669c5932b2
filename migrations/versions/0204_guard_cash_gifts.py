"""Guard cash: receipts of a campaign are numbered without gaps, and what was confirmed stays."""

from alembic import op

revision = "0204"
down_revision = "0203"
branch_labels = None
depends_on = None

GIFTS = """
    CREATE FUNCTION cash_gifts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last integer;
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.number IS NULL THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'cash % has a receipt', OLD.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cash_gift_stays';
        END IF;
        IF TG_OP = 'UPDATE' AND OLD.number IS NOT NULL AND (NEW.number, NEW.amount_cents,
            NEW.campaign_id, NEW.confirmed_by, NEW.entered_by, NEW.token)
            IS DISTINCT FROM (OLD.number, OLD.amount_cents, OLD.campaign_id, OLD.confirmed_by,
            OLD.entered_by, OLD.token) THEN
            RAISE EXCEPTION 'cash % was confirmed', OLD.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cash_gift_stays';
        END IF;
        IF NEW.number IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.number IS NULL) THEN
            PERFORM 1 FROM campaigns WHERE id = NEW.campaign_id FOR UPDATE;
            SELECT coalesce(max(number), 0) INTO last FROM cash_gifts
                WHERE campaign_id = NEW.campaign_id;
            IF NEW.number <> last + 1 THEN
                RAISE EXCEPTION 'receipt % of cash follows on %', NEW.number, last
                    USING ERRCODE = 'integrity_constraint_violation',
                    CONSTRAINT = 'cash_gift_number';
            END IF;
        END IF;
        RETURN NEW;
    END $$
"""
ARRIVALS = """
    CREATE FUNCTION cash_rows_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND NEW.amount_cents = OLD.amount_cents
            AND OLD.state NOT IN ('bank', 'transfer') THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION '% % stays as it is', TG_TABLE_NAME, OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cash_row_stays';
    END $$
"""


def upgrade() -> None:
    op.execute(GIFTS)
    op.execute(
        "CREATE TRIGGER stays BEFORE INSERT OR UPDATE OR DELETE ON cash_gifts"
        " FOR EACH ROW EXECUTE FUNCTION cash_gifts_stay()"
    )
    op.execute(ARRIVALS)
    for table in ("cash_arrivals", "cash_returns", "cash_deposits"):
        op.execute(
            f"CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION cash_rows_stay()"
        )


def downgrade() -> None:
    for table in ("cash_arrivals", "cash_returns", "cash_deposits", "cash_gifts"):
        op.execute(f"DROP TRIGGER stays ON {table}")
    op.execute("DROP FUNCTION cash_rows_stay()")
    op.execute("DROP FUNCTION cash_gifts_stay()")
