"""Make a campaign's short code when it goes live, whichever way; never change or free it.

The alphabet has no vowels (no words come about), and of letters and digits that look alike one
each: no 0, 1, b, i, l, o, s, u, z. Paper lasts longer than a campaign: a code is never used again.
"""

from alembic import op

revision = "0151"
down_revision = "0150"
branch_labels = None
depends_on = None

NEW_CODE = """
    CREATE FUNCTION new_short_code() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
    DECLARE
        alphabet CONSTANT text := '23456789cdfghjkmnpqrtvwxy';
        code text;
        tries int := 0;
    BEGIN
        LOOP
            -- Where many of four characters are in use, longer ones follow.
            SELECT string_agg(substr(alphabet, 1 + floor(random() * 25)::int, 1), '') INTO code
            FROM generate_series(1, 4 + tries / 8);
            EXIT WHEN NOT EXISTS (SELECT FROM campaigns WHERE short_code = code);
            tries := tries + 1;
        END LOOP;
        RETURN code;
    END $$
"""
KEEP_CODE = """
    CREATE FUNCTION campaigns_keep_short_code() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND OLD.short_code IS NOT NULL THEN
            IF TG_OP = 'DELETE' OR NEW.short_code IS DISTINCT FROM OLD.short_code THEN
                RAISE EXCEPTION 'the short code of campaign % is kept for ever', OLD.id
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'campaigns_short_code_kept';
            END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        IF NEW.short_code IS NULL AND NEW.status IN (
            'live','closing','near_miss','succeeded','failed','cancelled','paid_out'
        ) THEN
            NEW.short_code := new_short_code();
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    op.execute(NEW_CODE)
    op.execute(KEEP_CODE)
    op.execute(
        "CREATE TRIGGER keep_short_code BEFORE INSERT OR DELETE OR UPDATE OF status, short_code"
        " ON campaigns FOR EACH ROW EXECUTE FUNCTION campaigns_keep_short_code()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_short_code ON campaigns")
    op.execute("DROP FUNCTION campaigns_keep_short_code()")
    op.execute("DROP FUNCTION new_short_code()")
