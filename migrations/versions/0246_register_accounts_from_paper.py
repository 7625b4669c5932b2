"""Let an account come on paper, and name the paper that it came on."""

import sqlalchemy as sa
from alembic import op

revision = "0246"
down_revision = "0245"
branch_labels = None
depends_on = None

CHECK = "ck_paper_filings_kind"
OLD_KINDS = "kind IN ('application','completion','withdrawal')"
KINDS = "kind IN ('application','completion','withdrawal','accounting')"
FUNCTION = """
    CREATE FUNCTION decisions_check_account_paper() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM paper_filings
        WHERE id = NEW.paper_id AND kind = 'accounting'
            AND application_id = NEW.application_id AND received_at = NEW.at;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'account % is not what its paper says', NEW.id
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'account_paper';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGER = (
    "CREATE TRIGGER check_paper BEFORE INSERT ON accountings"
    " FOR EACH ROW WHEN (NEW.paper_id IS NOT NULL)"
    " EXECUTE FUNCTION decisions_check_account_paper()"
)


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "paper_filings")
    op.create_check_constraint(op.f(CHECK), "paper_filings", KINDS)
    op.add_column("accountings", sa.Column("paper_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_accountings_paper_id_paper_filings"),
        "accountings",
        "paper_filings",
        ["paper_id"],
        ["id"],
    )
    op.create_unique_constraint(op.f("uq_accountings_paper_id"), "accountings", ["paper_id"])
    op.execute(FUNCTION)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER check_paper ON accountings")
    op.execute("DROP FUNCTION decisions_check_account_paper()")
    op.drop_column("accountings", "paper_id")
    op.drop_constraint(op.f(CHECK), "paper_filings")
    op.create_check_constraint(op.f(CHECK), "paper_filings", OLD_KINDS, postgresql_not_valid=True)
