"""Guard logos: of groups whose gift counts, shown after a coach's consent, with the name seen."""

from alembic import op

revision = "0245"
down_revision = "0244"
branch_labels = None
depends_on = None

# The gift's row is held: it does not go back, nor change hands, while its logo is judged.
FIT = """
    CREATE FUNCTION group_logos_fit() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        gift record;
        is_new boolean := TG_OP = 'INSERT';
    BEGIN
        SELECT dedications.kind, pledges.status, pledges.campaign_id INTO gift
        FROM pledges JOIN dedications ON dedications.pledge_id = pledges.id
        WHERE pledges.id = NEW.pledge_id FOR SHARE OF pledges;
        IF NOT is_new THEN
            is_new := NEW.picture <> OLD.picture OR NEW.pledge_id <> OLD.pledge_id;
        END IF;
        IF gift.kind IS DISTINCT FROM 'group' THEN
            RAISE EXCEPTION 'a logo goes with the gift of a group'
                USING ERRCODE = 'check_violation';
        END IF;
        IF is_new AND NEW.verdict IS NOT NULL THEN
            RAISE EXCEPTION 'a logo waits until a coach saw it'
                USING ERRCODE = 'check_violation';
        END IF;
        IF (is_new OR NEW.verdict = 'consent') AND gift.status <> 'booked' THEN
            RAISE EXCEPTION 'a logo goes with a gift that counts'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.verdict IS NOT NULL AND NOT EXISTS (
            SELECT FROM role_grants
            WHERE person_id = NEW.decided_by AND role = 'coach' AND revoked_at IS NULL
        ) THEN
            RAISE EXCEPTION 'a coach decides about a logo'
                USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.verdict IS NOT NULL AND EXISTS (
            SELECT FROM campaign_members
            WHERE person_id = NEW.decided_by AND campaign_id = gift.campaign_id
        ) THEN
            RAISE EXCEPTION 'nobody decides about a logo on their own campaign'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
"""
KEEP = """
    CREATE FUNCTION dedications_keep_logo() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM group_logos
            WHERE pledge_id = OLD.pledge_id
            AND (NEW.kind <> 'group' OR (NEW.name <> OLD.name AND verdict = 'consent'))
        ) THEN
            RAISE EXCEPTION 'a logo stands beside the name that a coach saw'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGERS = (
    "CREATE TRIGGER group_logos_fit BEFORE INSERT OR UPDATE ON group_logos"
    " FOR EACH ROW EXECUTE FUNCTION group_logos_fit()",
    "CREATE TRIGGER dedications_keep_logo BEFORE UPDATE OF kind, name ON dedications"
    " FOR EACH ROW EXECUTE FUNCTION dedications_keep_logo()",
)


def upgrade() -> None:
    for statement in (FIT, KEEP, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER dedications_keep_logo ON dedications")
    op.execute("DROP TRIGGER group_logos_fit ON group_logos")
    op.execute("DROP FUNCTION dedications_keep_logo()")
    op.execute("DROP FUNCTION group_logos_fit()")
