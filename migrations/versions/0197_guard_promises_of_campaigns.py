"""Guard what people gave for: goal, minimum, last day and terms of a campaign that they can see."""

from alembic import op

revision = "0197"
down_revision = "0196"
branch_labels = None
depends_on = None

# A near miss may go on with a lower minimum (its changed plan), and no last day is moved but by the
# one extension that was said beforehand. An end may come sooner: that harms nobody who gave.
KEEP = """
CREATE FUNCTION campaigns_keep_promises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.kind, OLD.goal_cents, OLD.leftovers, OLD.extension_days, OLD.extension_percent)
       IS DISTINCT FROM
       (NEW.kind, NEW.goal_cents, NEW.leftovers, NEW.extension_days, NEW.extension_percent)
       OR NEW.minimum_cents > OLD.minimum_cents
       OR (OLD.status <> 'near_miss' AND NEW.minimum_cents <> OLD.minimum_cents) THEN
        RAISE EXCEPTION 'people gave because of what campaign % promised', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaigns_keep_promises';
    END IF;
    IF (NEW.deadline_on IS DISTINCT FROM OLD.deadline_on OR NEW.closes_at > OLD.closes_at)
       AND NOT EXISTS (
        SELECT 1 FROM campaign_extensions AS extension
         WHERE extension.campaign_id = OLD.id
           AND extension.from_on = OLD.deadline_on AND extension.until_on = NEW.deadline_on
           AND NEW.closes_at =
               (extension.until_on + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam') THEN
        RAISE EXCEPTION 'the last day of campaign % stays as it was promised', OLD.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'campaigns_keep_last_day';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute(KEEP)
    op.execute(
        "CREATE TRIGGER keep_promises BEFORE UPDATE OF kind, goal_cents, minimum_cents, leftovers,"
        " deadline_on, closes_at, extension_days, extension_percent ON campaigns"
        " FOR EACH ROW WHEN (OLD.status IN ('live','closing','near_miss'))"
        " EXECUTE FUNCTION campaigns_keep_promises()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_promises ON campaigns")
    op.execute("DROP FUNCTION campaigns_keep_promises()")
