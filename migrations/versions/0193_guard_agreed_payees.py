"""Guard accounts of campaigns that several run: two of them agreed to the number."""

import sqlalchemy as sa
from alembic import op

revision = "0193"
down_revision = "0192"
branch_labels = None
depends_on = None

STATES = "'submitted','verified','refused','replaced'"
# The campaign's row is held: nobody comes or goes between the count and the commit.
GUARD = """
    CREATE FUNCTION payees_agreed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.status NOT IN ('submitted', 'verified')
            OR (TG_OP = 'UPDATE' AND OLD.status IN ('submitted', 'verified')) THEN
            RETURN NEW;
        END IF;
        PERFORM 1 FROM campaigns WHERE id = NEW.campaign_id FOR UPDATE;
        IF 1 < (SELECT count(*) FROM campaign_members
                WHERE campaign_id = NEW.campaign_id AND left_at IS NULL)
            AND 2 > (SELECT count(*) FROM campaign_members
                WHERE campaign_id = NEW.campaign_id AND left_at IS NULL
                    AND person_id IN (NEW.submitted_by, NEW.agreed_by))
        THEN
            RAISE EXCEPTION 'account % was agreed to by one only', NEW.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payee_agreed';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGER = (
    "CREATE TRIGGER agreed BEFORE INSERT OR UPDATE OF status ON payees"
    " FOR EACH ROW EXECUTE FUNCTION payees_agreed()"
)


def upgrade() -> None:
    op.add_column("payees", sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("payees", sa.Column("agreed_by", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_payees_agreed_by"), "payees", "persons", ["agreed_by"], ["id"])
    op.create_check_constraint(
        op.f("ck_payees_agreement"), "payees", "agreed_by IS NULL OR agreed_by <> submitted_by"
    )
    op.create_check_constraint(
        op.f("ck_payees_agreed_eyes"), "payees", "verified_by IS NULL OR verified_by <> agreed_by"
    )
    op.drop_constraint(op.f("ck_payees_status"), "payees")
    op.create_check_constraint(
        op.f("ck_payees_status"), "payees", f"status IN ({STATES},'proposal','lapse')"
    )
    op.create_index(
        "uq_payees_proposal",
        "payees",
        ["campaign_id"],
        unique=True,
        postgresql_where=sa.text("status = 'proposal'"),
    )
    op.execute(GUARD)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER agreed ON payees")
    op.execute("DROP FUNCTION payees_agreed()")
    op.drop_index("uq_payees_proposal", "payees")
    op.execute("DELETE FROM payees WHERE status IN ('proposal','lapse')")
    op.drop_constraint(op.f("ck_payees_status"), "payees")
    op.create_check_constraint(op.f("ck_payees_status"), "payees", f"status IN ({STATES})")
    op.drop_constraint(op.f("ck_payees_agreed_eyes"), "payees")
    op.drop_constraint(op.f("ck_payees_agreement"), "payees")
    op.drop_column("payees", "agreed_by")
    op.drop_column("payees", "agreed_at")
