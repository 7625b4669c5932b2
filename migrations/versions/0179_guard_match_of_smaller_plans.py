"""Guard match of live funds that is owed: with the gifts no more than a smaller plan costs."""

from alembic import op

revision = "0179"
down_revision = "0178"
branch_labels = None
depends_on = None

# At the commit, as several matches of one campaign follow in one transaction. Gifts that came after
# the decision do not count against it, and those that went back since leave room. What officers
# awarded as an amount goes first, and a ruling that gave more than the pot is above this.
FIT = """
    CREATE FUNCTION campaign_matches_fit_plan() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        plan record;
        crowd bigint;
        owed bigint;
        fixed bigint;
    BEGIN
        SELECT budget_cents, decided_crowd_cents INTO plan FROM near_misses
            WHERE campaign_id = NEW.campaign_id AND asked_at IS NOT NULL
                AND (state <> 'over' OR outcome = 'success')
            ORDER BY begun_at DESC LIMIT 1;
        IF plan.decided_crowd_cents IS NULL OR plan.budget_cents >= (
                SELECT sum(amount_cents) FROM budget_lines WHERE campaign_id = NEW.campaign_id)
            OR EXISTS (SELECT FROM pot_moves
                WHERE application_id = NEW.application_id AND kind = 'extra')
        THEN
            RETURN NULL;
        END IF;
        SELECT least(plan.decided_crowd_cents, coalesce(sum(
                CASE kind WHEN 'gift' THEN amount_cents ELSE -amount_cents END), 0))
            INTO crowd FROM match_claims WHERE campaign_id = NEW.campaign_id;
        SELECT coalesce(sum(match_cents) FILTER (
                    WHERE live AND status IN ('committed', 'received')), 0),
                coalesce(sum(match_cents) FILTER (WHERE NOT live AND status <> 'released'), 0)
            INTO owed, fixed FROM campaign_matches WHERE campaign_id = NEW.campaign_id;
        IF owed > greatest(0, plan.budget_cents - crowd - fixed) THEN
            RAISE EXCEPTION 'gifts and match of campaign % are more than its plan costs',
                NEW.campaign_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'match_above_plan';
        END IF;
        RETURN NULL;
    END $$
"""
TRIGGER = """
    CREATE CONSTRAINT TRIGGER fit_plan AFTER UPDATE ON campaign_matches
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        WHEN (NEW.live AND NEW.status IN ('committed', 'received')
            AND (OLD.status NOT IN ('committed', 'received') OR NEW.match_cents > OLD.match_cents))
        EXECUTE FUNCTION campaign_matches_fit_plan()
"""


def upgrade() -> None:
    op.execute(FIT)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER fit_plan ON campaign_matches")
    op.execute("DROP FUNCTION campaign_matches_fit_plan()")
