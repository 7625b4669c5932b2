"""Guard payouts: none is released to an account of which the list is not done or waived."""

from alembic import op

revision = "0218"
down_revision = "0217"
branch_labels = None
depends_on = None

# A waiver stands in for what nobody looked at, never for what was found wrong.
CHECKED = """
CREATE FUNCTION payee_is_checked(payee uuid) RETURNS boolean STABLE LANGUAGE sql AS $$
    WITH latest AS (
        SELECT DISTINCT ON (item) item, verdict FROM payee_ticks
        WHERE payee_id = payee ORDER BY item, number DESC)
    SELECT NOT EXISTS (SELECT FROM latest WHERE verdict = 'unfit')
        AND ((SELECT count(*) FROM latest) = 5 OR EXISTS (
            SELECT FROM payee_waivers WHERE payee_id = payee AND answer = 'grant'))
$$
"""
# Payouts that were released before this migration go on their way.
GUARD = """
CREATE FUNCTION payouts_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status NOT IN ('released', 'exported', 'executed')
        OR TG_OP = 'UPDATE' AND OLD.status IN ('released', 'exported', 'executed') THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM campaigns WHERE id = NEW.campaign_id FOR UPDATE;
    IF NOT payee_is_checked(NEW.payee_id) THEN
        RAISE EXCEPTION 'the account of payout % was not looked at', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payout_checked';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(CHECKED)
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER checked BEFORE INSERT OR UPDATE OF status ON payouts"
        " FOR EACH ROW EXECUTE FUNCTION payouts_checked()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER checked ON payouts")
    op.execute("DROP FUNCTION payouts_checked()")
    op.execute("DROP FUNCTION payee_is_checked(uuid)")
