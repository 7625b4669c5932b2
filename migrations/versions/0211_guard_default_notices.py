"""Guard default notices: one penalty for each term that was let pass, and what was sent stays."""

from alembic import op

revision = "0211"
down_revision = "0210"
branch_labels = None
depends_on = None

# An objection is of its application; a term for which a penalty was set costs no second one.
ARRIVES = """
    CREATE FUNCTION default_notices_arrive() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM applications WHERE id = NEW.application_id FOR UPDATE;
        IF NEW.objection_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM objections
            WHERE id = NEW.objection_id AND application_id = NEW.application_id) THEN
            RAISE EXCEPTION 'objection % is of another application', NEW.objection_id
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'default_notice_of_case';
        END IF;
        IF EXISTS (SELECT 1 FROM default_notices WHERE application_id = NEW.application_id
            AND objection_id IS NOT DISTINCT FROM NEW.objection_id AND due_on = NEW.due_on
            AND status = 'sent') THEN
            RAISE EXCEPTION 'the penalty for being late after % was set', NEW.due_on
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'default_notice_once';
        END IF;
        RETURN NEW;
    END $$
"""
STAYS = """
    CREATE FUNCTION default_notices_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (NEW.number, NEW.application_id, NEW.objection_id, NEW.municipality_id, NEW.due_on,
            NEW.received_on, NEW.registered_at, NEW.registered_by)
            IS DISTINCT FROM
            (OLD.number, OLD.application_id, OLD.objection_id, OLD.municipality_id, OLD.due_on,
            OLD.received_on, OLD.registered_at, OLD.registered_by)
            OR (OLD.status = 'sent' AND (to_jsonb(NEW) - 'paid_on' - 'paid_by')
                IS DISTINCT FROM (to_jsonb(OLD) - 'paid_on' - 'paid_by'))
            OR OLD.paid_on IS NOT NULL THEN
            RAISE EXCEPTION 'notice of default % stays as it is', OLD.number
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'default_notice_stays';
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    op.execute(ARRIVES)
    op.execute(STAYS)
    op.execute(
        "CREATE TRIGGER arrives BEFORE INSERT ON default_notices"
        " FOR EACH ROW EXECUTE FUNCTION default_notices_arrive()"
    )
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE ON default_notices"
        " FOR EACH ROW EXECUTE FUNCTION default_notices_stay()"
    )


def downgrade() -> None:
    raise RuntimeError("Penalties are never left without their guards.")
