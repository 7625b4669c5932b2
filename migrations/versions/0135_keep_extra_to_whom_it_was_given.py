"""Keep what was set apart above a ceiling to whom it was given: let go, it is nobody else's room.

A decision on an objection lets one applicant pass the ceiling (Awb 4:25, third paragraph). What of
it is let go later, because the award became lower or a gift went back, went first out of the extra.
It stays above the ceiling, for that application alone.
"""

from alembic import op

revision = "0135"
down_revision = "0134"
branch_labels = None
depends_on = None

EXTRA_LET_GO = """
    CREATE FUNCTION match_extra_let_go(application UUID) RETURNS BIGINT LANGUAGE plpgsql STABLE
    AS $$
    DECLARE
        move RECORD;
        given BIGINT := 0;
        kept BIGINT := 0;
    BEGIN
        FOR move IN SELECT kind, cents FROM pot_moves
            WHERE application_id = application ORDER BY at, id
        LOOP
            IF move.kind = 'extra' THEN
                given := given + move.cents;
                kept := kept + move.cents;
            ELSIF move.cents < 0 THEN
                kept := greatest(0, kept + move.cents);
            ELSE
                kept := least(given, kept + move.cents);
            END IF;
        END LOOP;
        RETURN given - kept;
    END $$
"""
BOUND = """
    CREATE OR REPLACE FUNCTION match_keep_ceiling() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        bound BIGINT;
    BEGIN
        SELECT max(later.ceiling_cents) INTO bound FROM applications
            JOIN fund_versions own ON own.id = applications.version_id
            JOIN fund_versions later
                ON later.fund_id = own.fund_id AND later.number >= own.number
            WHERE applications.id = NEW.application_id;
        {others}
        PERFORM 1 FROM fund_pots
            WHERE fund_id = NEW.fund_id AND taken_cents > bound + extra_cents;
        IF FOUND THEN
            RAISE EXCEPTION 'application % gets more than its ceiling of %',
                NEW.application_id, bound
                USING ERRCODE = 'check_violation', CONSTRAINT = 'match_ceiling_of_application';
        END IF;
        RETURN NULL;
    END $$
"""
OTHERS = """
        SELECT bound - coalesce(sum(match_extra_let_go(others.application_id)), 0) INTO bound
            FROM (
                SELECT DISTINCT application_id FROM pot_moves
                WHERE fund_id = NEW.fund_id AND kind = 'extra'
                    AND application_id <> NEW.application_id
            ) others;
"""


def upgrade() -> None:
    op.execute(EXTRA_LET_GO)
    op.execute(BOUND.format(others=OTHERS))


def downgrade() -> None:
    op.execute(BOUND.format(others=""))
    op.execute("DROP FUNCTION match_extra_let_go(UUID)")
