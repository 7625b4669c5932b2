"""Guard requests to change a plan: in time, one at a time, later only, and not once determined."""

from alembic import op

revision = "0215"
down_revision = "0214"
branch_labels = None
depends_on = None

# What an award says of its term is changed while it stands, and never to an earlier day than one
# that was granted and sent.
BEGIN = """
    CREATE FUNCTION plan_requests_begin() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM applications WHERE id = NEW.application_id
            AND status IN ('awarded', 'accounted')
            AND municipality_id = NEW.municipality_id
            AND coalesce(arrangement, 'costs') <> 'direct';
        IF NOT FOUND OR NEW.status <> 'open'
           OR EXISTS (SELECT FROM decisions WHERE application_id = NEW.application_id
               AND status IN ('proposed', 'approved'))
        THEN
            RAISE EXCEPTION 'no change of the plan of % can be asked now', NEW.application_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'plan_request_begin';
        END IF;
        RETURN NEW;
    END $$
"""
KEEP = """
    CREATE FUNCTION plan_requests_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF to_jsonb(NEW) - '{status,closed_at}'::text[]
           IS DISTINCT FROM to_jsonb(OLD) - '{status,closed_at}'::text[]
           OR (OLD.status NOT IN ('open', 'decision') AND NEW.status <> OLD.status)
        THEN
            RAISE EXCEPTION 'what was asked stays as it was: %', OLD.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'plan_request_keep';
        END IF;
        RETURN NEW;
    END $$
"""
RULE = """
    CREATE FUNCTION plan_rulings_rule() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM plan_requests request JOIN decisions decision
            ON decision.id = NEW.decision_id
            WHERE request.id = NEW.request_id AND request.status = 'open'
            AND request.application_id = NEW.application_id
            AND request.municipality_id = NEW.municipality_id
            AND decision.application_id = NEW.application_id
            AND decision.kind
                = CASE NEW.outcome WHEN 'refusal' THEN 'plan_refusal' ELSE 'plan_change' END
            AND (NEW.until IS NULL OR (request.wish_on IS NOT NULL AND NEW.until <= request.wish_on))
            AND (NEW.outcome <> 'whole'
                OR (NEW.until, NEW.activities)
                    IS NOT DISTINCT FROM (request.wish_on, request.activities));
        IF NOT FOUND THEN
            RAISE EXCEPTION 'not what was asked, or nothing was: %', NEW.request_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'plan_ruling_rule';
        END IF;
        RETURN NEW;
    END $$
"""
# A determination waits for what was asked before it; a change of the plan goes out of an award that
# stands, and says what was decided.
DECIDE = """
    CREATE FUNCTION decisions_guard_plans() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.kind IN ('determination', 'lower_determination') AND TG_OP = 'INSERT'
           AND EXISTS (SELECT FROM plan_requests
               WHERE application_id = NEW.application_id AND status = 'open')
        THEN
            RAISE EXCEPTION 'a change of the plan was asked: %', NEW.application_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'plan_before';
        END IF;
        IF NEW.kind IN ('plan_change', 'plan_refusal') AND NEW.status IN ('approved', 'sent')
           AND NOT EXISTS (SELECT FROM plan_rulings JOIN applications
               ON applications.id = plan_rulings.application_id
               WHERE plan_rulings.decision_id = NEW.id
               AND applications.status IN ('awarded', 'accounted'))
        THEN
            RAISE EXCEPTION 'no change of a plan: %', NEW.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'plan_decision';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGERS = (
    "CREATE TRIGGER begin_rightly BEFORE INSERT ON plan_requests"
    " FOR EACH ROW EXECUTE FUNCTION plan_requests_begin()",
    "CREATE TRIGGER keep_words BEFORE UPDATE ON plan_requests"
    " FOR EACH ROW EXECUTE FUNCTION plan_requests_keep()",
    "CREATE TRIGGER never_gone BEFORE DELETE ON plan_requests"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER never_gone_truncate BEFORE TRUNCATE ON plan_requests"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON plan_rulings"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON plan_rulings"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER rule_rightly BEFORE INSERT ON plan_rulings"
    " FOR EACH ROW EXECUTE FUNCTION plan_rulings_rule()",
    "CREATE TRIGGER guard_plans BEFORE INSERT OR UPDATE OF status ON decisions"
    " FOR EACH ROW EXECUTE FUNCTION decisions_guard_plans()",
)


def upgrade() -> None:
    for name in ("kind", "plan"):
        op.execute(f"ALTER TABLE decisions VALIDATE CONSTRAINT ck_decisions_{name}")
    for statement in (BEGIN, KEEP, RULE, DECIDE, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER guard_plans ON decisions")
    op.execute("DROP FUNCTION decisions_guard_plans()")
    for name in ("rule_rightly", "append_only_truncate", "append_only"):
        op.execute(f"DROP TRIGGER {name} ON plan_rulings")
    for name in ("never_gone_truncate", "never_gone", "keep_words", "begin_rightly"):
        op.execute(f"DROP TRIGGER {name} ON plan_requests")
    for name in ("plan_rulings_rule", "plan_requests_keep", "plan_requests_begin"):
        op.execute(f"DROP FUNCTION {name}()")
