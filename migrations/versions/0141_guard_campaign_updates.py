"""Guard updates: what went out keeps its number, its readers and its day, and is not thrown away."""

from alembic import op

revision = "0141"
down_revision = "0140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION campaign_updates_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.published_at IS NULL THEN
                RETURN COALESCE(NEW, OLD);
            END IF;
            IF TG_OP = 'DELETE' OR (NEW.id, NEW.campaign_id, NEW.number, NEW.audience,
                NEW.published_at) IS DISTINCT FROM (OLD.id, OLD.campaign_id, OLD.number,
                OLD.audience, OLD.published_at)
                OR (OLD.withdrawn_at IS NOT NULL
                    AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
            THEN
                RAISE EXCEPTION 'update % went out: % refused', OLD.id, TG_OP
                    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'update_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON campaign_updates"
        " FOR EACH ROW EXECUTE FUNCTION campaign_updates_refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER fixed ON campaign_updates")
    op.execute("DROP FUNCTION campaign_updates_refuse_change()")
