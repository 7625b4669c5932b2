"""Guard members: a campaign has its first initiator among them, or nobody and says so."""

from alembic import op

revision = "0191"
down_revision = "0190"
branch_labels = None
depends_on = None

# The campaign's row is held, so that two who come or go at once follow one after another.
BOUND = """
    CREATE FUNCTION campaign_members_bound() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM campaigns WHERE id = NEW.campaign_id FOR UPDATE;
        IF TG_OP = 'UPDATE' AND (OLD.left_at IS NOT NULL
            OR (NEW.campaign_id, NEW.person_id, NEW.joined_at)
                IS DISTINCT FROM (OLD.campaign_id, OLD.person_id, OLD.joined_at)) THEN
            RAISE EXCEPTION 'member % is as it was', OLD.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'member_fixed';
        END IF;
        IF NEW.left_at IS NULL AND 6 <= (
            SELECT count(*) FROM campaign_members
            WHERE campaign_id = NEW.campaign_id AND left_at IS NULL AND id <> NEW.id
        ) THEN
            RAISE EXCEPTION 'campaign % has members enough', NEW.campaign_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'members_full';
        END IF;
        RETURN NEW;
    END $$
"""
# Both agree: the first initiator asked, or is there no more.
HANDOVER = """
    CREATE FUNCTION campaigns_hand_over() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.initiator_id <> OLD.initiator_id AND NOT EXISTS (
            SELECT FROM campaign_members WHERE campaign_id = NEW.id
                AND person_id = NEW.initiator_id AND left_at IS NULL
                AND (handover_asked_at IS NOT NULL OR NOT EXISTS (
                    SELECT FROM campaign_members WHERE campaign_id = NEW.id
                        AND person_id = OLD.initiator_id AND left_at IS NULL))
        ) THEN
            RAISE EXCEPTION 'campaign % was not handed over', NEW.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'handover_agreed';
        END IF;
        RETURN NEW;
    END $$
"""
# At the end of a transaction: somebody signs, or nobody is left and the campaign says since when.
SIGNS = """
    CREATE FUNCTION campaigns_have_initiator() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        about uuid := CASE WHEN TG_TABLE_NAME = 'campaigns'
            THEN to_jsonb(NEW) ->> 'id' ELSE to_jsonb(COALESCE(NEW, OLD)) ->> 'campaign_id' END;
        wrong boolean;
    BEGIN
        SELECT CASE WHEN orphaned_at IS NULL
            THEN NOT EXISTS (SELECT FROM campaign_members WHERE campaign_id = about
                AND person_id = campaigns.initiator_id AND left_at IS NULL)
            ELSE EXISTS (SELECT FROM campaign_members WHERE campaign_id = about
                AND left_at IS NULL) END
        INTO wrong FROM campaigns WHERE id = about;
        IF wrong THEN
            RAISE EXCEPTION 'campaign % has nobody who signs', about
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'campaign_signs';
        END IF;
        RETURN NULL;
    END $$
"""
TRIGGERS = (
    "CREATE TRIGGER bound BEFORE INSERT OR UPDATE ON campaign_members"
    " FOR EACH ROW EXECUTE FUNCTION campaign_members_bound()",
    "CREATE TRIGGER hand_over BEFORE UPDATE OF initiator_id ON campaigns"
    " FOR EACH ROW EXECUTE FUNCTION campaigns_hand_over()",
    "CREATE CONSTRAINT TRIGGER signs AFTER INSERT OR DELETE OR UPDATE ON campaign_members"
    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION campaigns_have_initiator()",
    "CREATE CONSTRAINT TRIGGER signs AFTER INSERT OR UPDATE OF initiator_id, orphaned_at"
    " ON campaigns DEFERRABLE INITIALLY DEFERRED"
    " FOR EACH ROW EXECUTE FUNCTION campaigns_have_initiator()",
)
# Nobody gives to a campaign that nobody runs.
NO_GIFTS = "orphaned_at IS NULL OR status <> 'live' OR pledges_stopped_at IS NOT NULL"


def upgrade() -> None:
    for function in (BOUND, HANDOVER, SIGNS):
        op.execute(function)
    for trigger in TRIGGERS:
        op.execute(trigger)
    op.create_check_constraint(op.f("ck_campaigns_orphaned"), "campaigns", NO_GIFTS)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_campaigns_orphaned"), "campaigns")
    op.execute("DROP TRIGGER signs ON campaigns")
    op.execute("DROP TRIGGER signs ON campaign_members")
    op.execute("DROP TRIGGER hand_over ON campaigns")
    op.execute("DROP TRIGGER bound ON campaign_members")
    op.execute("DROP FUNCTION campaigns_have_initiator()")
    op.execute("DROP FUNCTION campaigns_hand_over()")
    op.execute("DROP FUNCTION campaign_members_bound()")
