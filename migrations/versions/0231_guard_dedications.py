"""Guard dedications: of known donors only, told in time, and what was told stays."""

from alembic import op

revision = "0231"
down_revision = "0230"
branch_labels = None
depends_on = None

# The gift's row is held: who takes it back waits until its recipient was told, or comes first and
# then nobody is told.
FIT = """
    CREATE FUNCTION dedications_fit() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        gift record;
    BEGIN
        SELECT pledges.email, pledges.status, campaigns.deadline_on INTO gift
        FROM pledges JOIN campaigns ON campaigns.id = pledges.campaign_id
        WHERE pledges.id = NEW.pledge_id FOR SHARE OF pledges;
        IF gift.email IS NULL THEN
            RAISE EXCEPTION 'a dedication goes with the gift of a known donor'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.tell_on > gift.deadline_on
            AND (TG_OP = 'INSERT' OR NEW.tell_on IS DISTINCT FROM OLD.tell_on) THEN
            RAISE EXCEPTION 'a present is told before its campaign is over'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.told_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.told_at IS NULL) AND (
            gift.status <> 'booked' OR NEW.email IS NULL
        ) THEN
            RAISE EXCEPTION 'nobody is told of a gift that does not count'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
"""
STAY = """
    CREATE FUNCTION dedications_stay_told() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.told_at IS NOT NULL AND (
            (NEW.kind, NEW.name, NEW.words, NEW.tell_on, NEW.told_at)
                IS DISTINCT FROM (OLD.kind, OLD.name, OLD.words, OLD.tell_on, OLD.told_at)
            OR (NEW.email IS NOT NULL AND NEW.email IS DISTINCT FROM OLD.email)
        ) THEN
            RAISE EXCEPTION 'what was told of a present stays'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGERS = (
    "CREATE TRIGGER dedications_fit BEFORE INSERT OR UPDATE OF pledge_id, tell_on, told_at"
    " ON dedications FOR EACH ROW EXECUTE FUNCTION dedications_fit()",
    "CREATE TRIGGER dedications_stay_told BEFORE UPDATE ON dedications"
    " FOR EACH ROW EXECUTE FUNCTION dedications_stay_told()",
)


def upgrade() -> None:
    for statement in (FIT, STAY, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER dedications_stay_told ON dedications")
    op.execute("DROP TRIGGER dedications_fit ON dedications")
    op.execute("DROP FUNCTION dedications_stay_told()")
    op.execute("DROP FUNCTION dedications_fit()")
