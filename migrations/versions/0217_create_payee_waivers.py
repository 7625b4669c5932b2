"""Create wishes to pay out without the whole list of an account; a second person answers."""

import sqlalchemy as sa
from alembic import op

revision = "0217"
down_revision = "0216"
branch_labels = None
depends_on = None

CHECKS = {
    "reason": "btrim(reason) <> ''",
    "answer": "answer IN ('grant','refusal')",
    "answered": "num_nonnulls(answer, answered_at, answered_by) IN (0, 3)",
    "four_eyes": "answered_by <> asked_by",
}
GUARD = """
CREATE FUNCTION payee_waivers_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (SELECT FROM payees WHERE id = OLD.payee_id) THEN
            RETURN OLD;
        END IF;
    ELSIF EXISTS (SELECT FROM payees WHERE id = NEW.payee_id
            AND NEW.answered_by IN (submitted_by, agreed_by)) THEN
        RAISE EXCEPTION 'nobody answers for an account that they gave'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payee_waiver_eyes';
    ELSIF TG_OP = 'INSERT' AND NEW.answer IS NULL
        OR TG_OP = 'UPDATE' AND OLD.answer IS NULL
            AND (OLD.id, OLD.payee_id, OLD.reason, OLD.asked_at, OLD.asked_by)
            = (NEW.id, NEW.payee_id, NEW.reason, NEW.asked_at, NEW.asked_by) THEN
        PERFORM 1 FROM campaigns WHERE id = (
            SELECT campaign_id FROM payees WHERE id = NEW.payee_id) FOR UPDATE;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a waiver is asked for once and answered once'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payee_waiver_stays';
END $$
"""


def upgrade() -> None:
    op.create_table(
        "payee_waivers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payee_waivers")),
        sa.ForeignKeyConstraint(
            ["payee_id"], ["payees.id"], name=op.f("fk_payee_waivers_payee_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["persons.id"], name=op.f("fk_payee_waivers_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["persons.id"], name=op.f("fk_payee_waivers_answered_by")
        ),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_payee_waivers_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index(
        "uq_payee_waivers_open",
        "payee_waivers",
        ["payee_id"],
        unique=True,
        postgresql_where=sa.text("answer IS NULL OR answer = 'grant'"),
    )
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE OR DELETE ON payee_waivers"
        " FOR EACH ROW EXECUTE FUNCTION payee_waivers_guard()"
    )


def downgrade() -> None:
    op.drop_table("payee_waivers")
    op.execute("DROP FUNCTION payee_waivers_guard()")
