"""Let a decision on an objection set money apart above a fund's ceiling, and nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0097"
down_revision = "0096"
branch_labels = None
depends_on = None

KEEP_POT = """
    CREATE OR REPLACE FUNCTION match_keep_pot() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        extra BIGINT := 0;
    BEGIN
        IF NEW.kind = 'extra' THEN
            PERFORM 1 FROM objection_rulings
                WHERE 'extra:' || id = NEW.key AND application_id = NEW.application_id
                AND extra_cents = NEW.cents AND status IN ('approved', 'sent');
            IF NOT FOUND THEN
                RAISE EXCEPTION 'no approved decision on an objection reserves %', NEW.key
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'match_extra';
            END IF;
            extra := NEW.cents;
        END IF;
        UPDATE fund_pots SET taken_cents = taken_cents + NEW.cents,
            extra_cents = extra_cents + extra WHERE fund_id = NEW.fund_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'fund % has no pot', NEW.fund_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'match_pot';
        END IF;
        UPDATE campaign_matches SET match_cents = match_cents + NEW.cents
            WHERE application_id = NEW.application_id AND fund_id = NEW.fund_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'application % has no match', NEW.application_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'match_pot';
        END IF;
        RETURN NULL;
    END $$
"""
OWN_TAKEN = """
    CREATE OR REPLACE FUNCTION match_refuse_own_taken() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF pg_trigger_depth() < 2 AND (
            (TG_OP = 'INSERT' AND (NEW.taken_cents <> 0 OR NEW.extra_cents <> 0))
            OR (TG_OP = 'UPDATE' AND (NEW.taken_cents, NEW.extra_cents)
                IS DISTINCT FROM (OLD.taken_cents, OLD.extra_cents))
            OR (TG_OP = 'DELETE')
        ) THEN
            RAISE EXCEPTION 'a pot follows its moves: % refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'match_taken';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END $$
"""


def upgrade() -> None:
    op.add_column(
        "fund_pots", sa.Column("extra_cents", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.drop_constraint(op.f("ck_fund_pots_ceiling"), "fund_pots")
    # Without validation: what kept below the ceiling keeps below it with something extra.
    op.create_check_constraint(
        op.f("ck_fund_pots_ceiling"),
        "fund_pots",
        "taken_cents >= 0 AND taken_cents <= ceiling_cents + extra_cents",
        postgresql_not_valid=True,
    )
    op.execute(KEEP_POT)
    op.execute(OWN_TAKEN)


def downgrade() -> None:
    raise RuntimeError("Money of funds is never left without its guards.")
