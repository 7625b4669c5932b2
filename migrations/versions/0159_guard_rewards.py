"""Guard rewards: what is taken is counted, and what was promised stays as it was."""

from alembic import op

revision = "0159"
down_revision = "0158"
branch_labels = None
depends_on = None

# The row of the reward is updated, so that two who take the last one wait for each other; the
# check on it refuses the second.
COUNT = """
    CREATE FUNCTION reward_choices_take_stock() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND OLD.state IN ('hold','grant') THEN
            UPDATE rewards SET taken = taken - 1 WHERE id = OLD.reward_id;
        END IF;
        IF TG_OP <> 'DELETE' AND NEW.state IN ('hold','grant') THEN
            UPDATE rewards SET taken = taken + 1 WHERE id = NEW.reward_id;
        END IF;
        RETURN NULL;
    END $$
"""
FIT = """
    CREATE FUNCTION reward_choices_fit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT FROM pledges JOIN rewards ON rewards.campaign_id = pledges.campaign_id
            WHERE pledges.id = NEW.pledge_id AND rewards.id = NEW.reward_id
                AND pledges.amount_cents >= rewards.min_cents
        ) THEN
            RAISE EXCEPTION 'a reward goes with a gift to its campaign that is large enough'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
"""
KEEP = """
    CREATE FUNCTION rewards_keep_promise() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (NEW.campaign_id, NEW.title, NEW.description, NEW.min_cents, NEW.delivery, NEW.place,
                NEW.deliver_by, NEW.added_at)
            IS DISTINCT FROM (OLD.campaign_id, OLD.title, OLD.description, OLD.min_cents,
                OLD.delivery, OLD.place, OLD.deliver_by, OLD.added_at)
            OR NEW.stock IS DISTINCT FROM OLD.stock
            OR (OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS DISTINCT FROM OLD.stopped_at) THEN
            RAISE EXCEPTION 'a reward stays as it was promised'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGERS = (
    "CREATE TRIGGER reward_choices_fit BEFORE INSERT OR UPDATE OF reward_id, pledge_id"
    " ON reward_choices FOR EACH ROW EXECUTE FUNCTION reward_choices_fit()",
    "CREATE TRIGGER reward_choices_take_stock AFTER INSERT OR DELETE OR UPDATE OF state, reward_id"
    " ON reward_choices FOR EACH ROW EXECUTE FUNCTION reward_choices_take_stock()",
    "CREATE TRIGGER rewards_keep_promise BEFORE UPDATE ON rewards"
    " FOR EACH ROW EXECUTE FUNCTION rewards_keep_promise()",
)


def upgrade() -> None:
    for statement in (COUNT, FIT, KEEP, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER rewards_keep_promise ON rewards")
    op.execute("DROP TRIGGER reward_choices_take_stock ON reward_choices")
    op.execute("DROP TRIGGER reward_choices_fit ON reward_choices")
    for name in ("rewards_keep_promise", "reward_choices_fit", "reward_choices_take_stock"):
        op.execute(f"DROP FUNCTION {name}()")
