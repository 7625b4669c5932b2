"""Create clawback returns: what was paid of a claim that was undone, and when it was paid back."""

import sqlalchemy as sa
from alembic import op

revision = "0212"
down_revision = "0211"
branch_labels = None
depends_on = None

STAYS = """
    CREATE FUNCTION clawback_returns_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'repaid_on') = (to_jsonb(OLD) - 'repaid_on') THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'what came of claim % stays as it is', OLD.key
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'clawback_return_stays';
    END $$
"""


def upgrade() -> None:
    op.create_table(
        "clawback_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("excess_cents", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("repaid_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "cents > 0 AND excess_cents BETWEEN 0 AND cents",
            name=op.f("ck_clawback_returns_cents"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_clawback_returns_application_id"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_clawback_returns_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clawback_returns")),
        sa.UniqueConstraint("key", name=op.f("uq_clawback_returns_key")),
    )
    op.create_index(
        "ix_clawback_returns_application_id", "clawback_returns", ["application_id", "at"]
    )
    op.execute(STAYS)
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON clawback_returns"
        " FOR EACH ROW EXECUTE FUNCTION clawback_returns_stay()"
    )
    op.execute(
        "CREATE TRIGGER stays_truncate BEFORE TRUNCATE ON clawback_returns"
        " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()"
    )


def downgrade() -> None:
    raise RuntimeError("From it follows what interest is owed: it is never dropped.")
