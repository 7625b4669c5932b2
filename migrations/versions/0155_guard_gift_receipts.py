"""Guard receipts: numbered without a gap in each year, of what was booked, and kept."""

from alembic import op

revision = "0155"
down_revision = "0154"
branch_labels = None
depends_on = None

# Two at once get the same number, and the second waits for the first at the unique key: so a
# number is skipped by nobody, also when the first one is rolled back.
NUMBER = """
CREATE FUNCTION vjb_number_gift_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next_number bigint; booked record;
BEGIN
    SELECT coalesce(max(number), 0) + 1 INTO next_number FROM gift_receipts WHERE year = NEW.year;
    IF NEW.number <> next_number THEN
        RAISE EXCEPTION 'receipt % of % leaves a gap', NEW.number, NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = 'gift_receipts_without_gap';
    END IF;
    SELECT payments.booked_as, payments.paid_at, pledges.id AS pledge_id,
           pledges.amount_cents, pledges.tip_cents
      INTO booked
      FROM payments JOIN pledges ON pledges.id = payments.pledge_id
     WHERE payments.id = NEW.payment_id;
    IF booked.booked_as IS DISTINCT FROM 'contribution'
       OR booked.pledge_id <> NEW.pledge_id
       OR (booked.amount_cents, booked.tip_cents) <> (NEW.amount_cents, NEW.tip_cents)
       OR booked.paid_at IS DISTINCT FROM NEW.paid_at
       OR extract(year FROM NEW.paid_at AT TIME ZONE 'Europe/Amsterdam') <> NEW.year THEN
        RAISE EXCEPTION 'receipt % of % says something else than was booked', NEW.number, NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = 'gift_receipts_as_booked';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(NUMBER)
    op.execute(
        "CREATE TRIGGER number_gift_receipt BEFORE INSERT ON gift_receipts"
        " FOR EACH ROW EXECUTE FUNCTION vjb_number_gift_receipt()"
    )
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON gift_receipts"
        " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON gift_receipts"
        " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()"
    )


def downgrade() -> None:
    for trigger in ("append_only_truncate", "append_only", "number_gift_receipt"):
        op.execute(f"DROP TRIGGER {trigger} ON gift_receipts")
    op.execute("DROP FUNCTION vjb_number_gift_receipt()")
