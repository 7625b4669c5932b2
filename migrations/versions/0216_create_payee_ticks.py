"""Create what staff found of an account, item by item; it stays as it was noted."""

import sqlalchemy as sa
from alembic import op

revision = "0216"
down_revision = "0215"
branch_labels = None
depends_on = None

CHECKS = {
    "item": "item IN ('name','registration','holder','signer','exposure')",
    "verdict": "verdict IN ('fit','unfit','inapplicable')",
    "inapplicable": "verdict <> 'inapplicable' OR item IN ('name','registration')",
    "note": "btrim(note) <> ''",
}
# The campaign's row is held, as whoever releases a payout holds it. Rows go only with their account.
GUARD = """
CREATE FUNCTION payee_ticks_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last integer;
BEGIN
    IF TG_OP = 'UPDATE' OR TG_OP = 'DELETE' AND EXISTS (
            SELECT FROM payees WHERE id = OLD.payee_id) THEN
        RAISE EXCEPTION 'what was found of an account stays'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payee_tick_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM 1 FROM campaigns WHERE id = (
        SELECT campaign_id FROM payees WHERE id = NEW.payee_id) FOR UPDATE;
    SELECT coalesce(max(number), 0) INTO last FROM payee_ticks
        WHERE payee_id = NEW.payee_id AND item = NEW.item;
    IF NEW.number <> last + 1 THEN
        RAISE EXCEPTION 'look % at % follows on %', NEW.number, NEW.item, last
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payee_tick_number';
    END IF;
    IF EXISTS (SELECT FROM payees WHERE id = NEW.payee_id
            AND NEW.ticked_by IN (submitted_by, agreed_by)) THEN
        RAISE EXCEPTION 'nobody looks at an account that they gave'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payee_tick_eyes';
    END IF;
    IF NEW.verdict = 'fit' AND NEW.item IN ('registration', 'holder') AND NOT EXISTS (
            SELECT FROM attachments
            WHERE payee_id = NEW.payee_id AND scan <> 'refused' AND (
                form = 'payee_check:' || NEW.payee_id || ':' || NEW.item
                OR form NOT LIKE 'payee_check:%')) THEN
        RAISE EXCEPTION '% of an account needs proof', NEW.item
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payee_tick_proof';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "payee_ticks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticked_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_ticks")),
        sa.UniqueConstraint("payee_id", "item", "number", name=op.f("uq_payee_ticks_number")),
        sa.ForeignKeyConstraint(
            ["payee_id"], ["payees.id"], name=op.f("fk_payee_ticks_payee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ticked_by"], ["persons.id"], name=op.f("fk_payee_ticks_ticked_by")
        ),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_payee_ticks_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON payee_ticks"
        " FOR EACH ROW EXECUTE FUNCTION payee_ticks_guard()"
    )


def downgrade() -> None:
    op.drop_table("payee_ticks")
    op.execute("DROP FUNCTION payee_ticks_guard()")
