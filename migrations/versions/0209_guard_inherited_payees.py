"""Guard accounts that changed hands: nothing is paid to what who signs now did not say yes to."""

import sqlalchemy as sa
from alembic import op

revision = "0209"
down_revision = "0208"
branch_labels = None
depends_on = None

# The campaign's row is held: nobody comes, goes or takes over between the look and the commit.
GUARD = """
    CREATE FUNCTION payouts_payee_stands() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.status NOT IN ('proposed', 'released', 'exported')
            OR (TG_OP = 'UPDATE' AND OLD.status = NEW.status) THEN
            RETURN NEW;
        END IF;
        PERFORM 1 FROM campaigns WHERE id = NEW.campaign_id FOR UPDATE;
        IF NOT EXISTS (
            SELECT FROM payees
                JOIN campaigns ON campaigns.id = payees.campaign_id
                JOIN campaign_members ON campaign_members.campaign_id = campaigns.id
                    AND campaign_members.person_id = payees.submitted_by
                    AND campaign_members.left_at IS NULL
            WHERE payees.id = NEW.payee_id AND campaigns.id = NEW.campaign_id
                AND campaigns.initiator_id
                    IN (payees.submitted_by, payees.agreed_by, payees.signer_id))
        THEN
            RAISE EXCEPTION 'account % has to be confirmed by who signs now', NEW.payee_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'payee_stands';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGER = (
    "CREATE TRIGGER payee_stands BEFORE INSERT OR UPDATE OF status ON payouts"
    " FOR EACH ROW EXECUTE FUNCTION payouts_payee_stands()"
)


def upgrade() -> None:
    op.add_column("payees", sa.Column("signer_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_payees_signer_id"), "payees", "persons", ["signer_id"], ["id"])
    op.execute(GUARD)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER payee_stands ON payouts")
    op.execute("DROP FUNCTION payouts_payee_stands()")
    op.drop_column("payees", "signer_id")
