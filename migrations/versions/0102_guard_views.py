"""Guard views: what was intended never changes, and no decision passes that needed views first."""

from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

FUNCTIONS = (
    """
    CREATE FUNCTION views_keep_intention() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'intention % stays', OLD.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'intention_stays';
        END IF;
        IF (NEW.number, NEW.application_id, NEW.municipality_id, NEW.kind, NEW.amount_cents,
            NEW.grounds, NEW.reason, NEW.snapshot, NEW.letter, NEW.letter_sha256,
            NEW.announcement, NEW.stated_at, NEW.stated_by)
           IS DISTINCT FROM
           (OLD.number, OLD.application_id, OLD.municipality_id, OLD.kind, OLD.amount_cents,
            OLD.grounds, OLD.reason, OLD.snapshot, OLD.letter, OLD.letter_sha256,
            OLD.announcement, OLD.stated_at, OLD.stated_by)
           OR NEW.until < OLD.until
           OR (OLD.channel <> '' AND
               (NEW.answer, NEW.channel, NEW.received_on, NEW.answered_at, NEW.answered_by)
               IS DISTINCT FROM
               (OLD.answer, OLD.channel, OLD.received_on, OLD.answered_at, OLD.answered_by))
           OR (OLD.closed_at IS NOT NULL AND (NEW.status, NEW.closed_at)
               IS DISTINCT FROM (OLD.status, OLD.closed_at))
        THEN
            RAISE EXCEPTION 'intention % does not change', OLD.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'intention_fixed';
        END IF;
        RETURN NEW;
    END $$
    """,
    # Awb 4:7 and 4:8. A decision that comes in the place of another after an objection needs no
    # views: whoever objected was heard (7:2). It is the only one that begins as approved.
    """
    CREATE FUNCTION views_before_decision() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        basis decision_views%ROWTYPE;
        intended intentions%ROWTYPE;
        facts CONSTANT text[] := ARRAY['will_not_happen', 'will_not_comply', 'will_not_account',
            'false_application', 'insolvent', 'de_minimis'];
        counted jsonb;
    BEGIN
        IF NEW.kind IN ('withdrawal', 'lower_determination', 'clawback', 'award_change',
            'determination_change') THEN
            counted := NEW.grounds;
        ELSIF NEW.kind IN ('refusal', 'partial_award') AND NEW.grounds ?| facts THEN
            SELECT jsonb_agg(ground) INTO counted
                FROM jsonb_array_elements_text(NEW.grounds) AS ground WHERE ground = ANY (facts);
        ELSE
            RETURN NEW;
        END IF;
        IF TG_OP = 'INSERT' THEN
            PERFORM 1 FROM objection_rulings
                WHERE application_id = NEW.application_id AND replacement = NEW.snapshot;
            IF FOUND THEN
                RETURN NEW;
            END IF;
        END IF;
        SELECT * INTO basis FROM decision_views WHERE decision_id = NEW.id;
        IF basis.exception <> '' THEN
            RETURN NEW;
        END IF;
        SELECT * INTO intended FROM intentions
            WHERE id = basis.intention_id AND application_id = NEW.application_id;
        IF intended.id IS NULL
           OR NOT (counted <@ intended.grounds)
           OR NOT (
               (intended.kind = 'refusal' AND NEW.kind = 'partial_award')
               OR (intended.kind = NEW.kind AND CASE NEW.kind
                   WHEN 'clawback' THEN NEW.amount_cents <= intended.amount_cents
                   ELSE NEW.amount_cents >= intended.amount_cents END))
           OR NOT (CASE intended.status
               WHEN 'answered' THEN basis.weighing <> ''
               WHEN 'waived' THEN true
               WHEN 'open' THEN
                   (NEW.approved_at AT TIME ZONE 'Europe/Amsterdam')::date > intended.until
               ELSE false END)
        THEN
            RAISE EXCEPTION 'decision % needs the views of the applicant first', NEW.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'views_first';
        END IF;
        RETURN NEW;
    END $$
    """,
)
TRIGGERS = (
    "CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON intentions"
    " FOR EACH ROW EXECUTE FUNCTION views_keep_intention()",
    "CREATE TRIGGER fixed_truncate BEFORE TRUNCATE ON intentions"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON decision_views"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON decision_views"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER views_first_new BEFORE INSERT ON decisions"
    " FOR EACH ROW WHEN (NEW.status = 'approved') EXECUTE FUNCTION views_before_decision()",
    "CREATE TRIGGER views_first BEFORE UPDATE OF status ON decisions"
    " FOR EACH ROW WHEN (OLD.status = 'proposed' AND NEW.status IN ('approved', 'sent'))"
    " EXECUTE FUNCTION views_before_decision()",
)
DROPS = (
    "DROP TRIGGER views_first ON decisions",
    "DROP TRIGGER views_first_new ON decisions",
    "DROP TRIGGER append_only_truncate ON decision_views",
    "DROP TRIGGER append_only ON decision_views",
    "DROP TRIGGER fixed_truncate ON intentions",
    "DROP TRIGGER fixed ON intentions",
    "DROP FUNCTION views_before_decision()",
    "DROP FUNCTION views_keep_intention()",
)


def upgrade() -> None:
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    for statement in DROPS:
        op.execute(statement)
