"""Guard objections: who decided before does not decide, what was sent is final, steps are kept."""

from alembic import op

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

FUNCTIONS = (
    # Awb 10:3, third paragraph: nobody decides on an objection to a decision of their own.
    """
    CREATE FUNCTION objections_refuse_ruler() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM decisions WHERE id = NEW.decision_id AND (
            NEW.proposed_by IN (proposed_by, approved_by)
            OR NEW.approved_by IN (proposed_by, approved_by));
        IF FOUND THEN
            RAISE EXCEPTION 'who decided before does not decide on objection %', NEW.objection_id
                USING ERRCODE = 'integrity_constraint_violation',
                CONSTRAINT = 'objection_impartial';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION objections_freeze_ruling() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR OLD.status IN ('sent', 'recalled', 'dismissed') THEN
            RAISE EXCEPTION 'decision on objection % is final: % refused', OLD.number, TG_OP
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ruling_final';
        END IF;
        IF (NEW.objection_id, NEW.decision_id, NEW.application_id, NEW.joined, NEW.outcome,
            NEW.reason, NEW.public_reason, NEW.deviation, NEW.court, NEW.costs_cents,
            NEW.extra_cents, NEW.replacement, NEW.snapshot, NEW.snapshot_sha256, NEW.proposed_by,
            NEW.proposed_at)
           IS DISTINCT FROM
           (OLD.objection_id, OLD.decision_id, OLD.application_id, OLD.joined, OLD.outcome,
            OLD.reason, OLD.public_reason, OLD.deviation, OLD.court, OLD.costs_cents,
            OLD.extra_cents, OLD.replacement, OLD.snapshot, OLD.snapshot_sha256, OLD.proposed_by,
            OLD.proposed_at)
           OR (OLD.approved_by IS NOT NULL AND (NEW.approved_by, NEW.approved_at)
               IS DISTINCT FROM (OLD.approved_by, OLD.approved_at))
        THEN
            RAISE EXCEPTION 'decision on objection % does not change once proposed', OLD.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ruling_fixed';
        END IF;
        RETURN NEW;
    END $$
    """,
    # An objection that is over opens again only when a court annulled the decision on it.
    """
    CREATE FUNCTION objections_keep_end() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.status = 'received' OR (
            TG_OP = 'UPDATE' AND (NEW.status, NEW.outcome, NEW.decided_at)
            IS NOT DISTINCT FROM (OLD.status, OLD.outcome, OLD.decided_at)
        ) THEN
            RETURN COALESCE(NEW, OLD);
        END IF;
        IF TG_OP = 'UPDATE' AND NEW.status = 'received' THEN
            PERFORM 1 FROM appeals
                WHERE objection_id = OLD.id AND outcome = 'annulment' AND judged_at > OLD.decided_at;
            IF FOUND THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'objection % is over: % refused', OLD.number, TG_OP
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'objection_final';
    END $$
    """,
)
TRIGGERS = (
    "CREATE TRIGGER impartial BEFORE INSERT OR UPDATE ON objection_rulings"
    " FOR EACH ROW EXECUTE FUNCTION objections_refuse_ruler()",
    "CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON objection_rulings"
    " FOR EACH ROW EXECUTE FUNCTION objections_freeze_ruling()",
    "CREATE TRIGGER fixed_truncate BEFORE TRUNCATE ON objection_rulings"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER over BEFORE UPDATE OR DELETE ON objections"
    " FOR EACH ROW EXECUTE FUNCTION objections_keep_end()",
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON objection_steps"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON objection_steps"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER judged BEFORE UPDATE OR DELETE ON appeals"
    " FOR EACH ROW WHEN (OLD.outcome IS NOT NULL) EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER kept BEFORE DELETE ON default_notices"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
)


CHECKS = {
    "objections": ("ck_objections_status", "ck_objections_party", "ck_objections_party_name"),
    "fund_pots": ("ck_fund_pots_ceiling",),
}
"""Made before without looking at the rows; looking takes no lock that keeps anybody waiting."""


def upgrade() -> None:
    for table, names in CHECKS.items():
        for name in names:
            op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    raise RuntimeError("Decisions are never left without their guards.")
