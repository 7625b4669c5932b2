"""Guard needs: what was accepted is counted, and never more than is asked for."""

from alembic import op

revision = "0162"
down_revision = "0161"
branch_labels = None
depends_on = None

# The row of the need is updated, so that two answers wait for each other; its check refuses.
COUNT = """
    CREATE FUNCTION need_offers_take() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' AND OLD.state = 'acceptance' THEN
            UPDATE needs SET taken = taken - OLD.number WHERE id = OLD.need_id;
        END IF;
        IF TG_OP <> 'DELETE' AND NEW.state = 'acceptance' THEN
            UPDATE needs SET taken = taken + NEW.number WHERE id = NEW.need_id;
        END IF;
        RETURN NULL;
    END $$
"""
TRIGGER = (
    "CREATE TRIGGER need_offers_take AFTER INSERT OR DELETE OR UPDATE OF state, number, need_id"
    " ON need_offers FOR EACH ROW EXECUTE FUNCTION need_offers_take()"
)


def upgrade() -> None:
    op.execute(COUNT)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER need_offers_take ON need_offers")
    op.execute("DROP FUNCTION need_offers_take()")
