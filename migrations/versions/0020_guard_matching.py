"""Guard matching: the ceiling, what was published, and the order in which gifts were taken."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

APPEND_ONLY = ("fund_versions", "fund_rounds", "match_claims", "match_steps", "pot_moves")

FUNCTIONS = (
    # The pot's check constraint refuses what passes the ceiling, whoever comes at the same time.
    """
    CREATE FUNCTION match_keep_pot() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE fund_pots SET taken_cents = taken_cents + NEW.cents WHERE fund_id = NEW.fund_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'fund % has no pot', NEW.fund_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'match_pot';
        END IF;
        UPDATE campaign_matches SET match_cents = match_cents + NEW.cents
            WHERE application_id = NEW.application_id AND fund_id = NEW.fund_id;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'application % has no match', NEW.application_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'match_pot';
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION match_refuse_own_taken() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF pg_trigger_depth() < 2 AND (
            (TG_OP = 'INSERT' AND NEW.taken_cents <> 0)
            OR (TG_OP = 'UPDATE' AND NEW.taken_cents <> OLD.taken_cents)
            OR (TG_OP = 'DELETE')
        ) THEN
            RAISE EXCEPTION 'a pot follows its moves: % refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'match_taken';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END $$
    """,
    """
    CREATE FUNCTION match_refuse_own_match() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF pg_trigger_depth() < 2 AND (
            (TG_OP = 'INSERT' AND NEW.match_cents <> 0)
            OR (TG_OP = 'UPDATE' AND NEW.match_cents <> OLD.match_cents)
            OR (TG_OP = 'DELETE')
        ) THEN
            RAISE EXCEPTION 'a match follows the moves of its pot: % refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'match_taken';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END $$
    """,
)

FREEZE_FUND = """
    CREATE FUNCTION match_freeze_fund() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.published_at IS NULL THEN
            RETURN COALESCE(NEW, OLD);
        END IF;
        IF TG_OP = 'DELETE' OR
           (NEW.municipality_id, NEW.slug, NEW.name, NEW.legal_basis, NEW.live, NEW.prepaid,
            NEW.stacks, NEW.opens_at, NEW.closes_at, NEW.decision_weeks, NEW.area_codes,
            NEW.checklist, NEW.lottery_source, NEW.published_at, NEW.published_by)
           IS DISTINCT FROM
           (OLD.municipality_id, OLD.slug, OLD.name, OLD.legal_basis, OLD.live, OLD.prepaid,
            OLD.stacks, OLD.opens_at, OLD.closes_at, OLD.decision_weeks, OLD.area_codes,
            OLD.checklist, OLD.lottery_source, OLD.published_at, OLD.published_by)
        THEN
            RAISE EXCEPTION 'fund % is published and does not change: % refused', OLD.slug, TG_OP
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'fund_frozen';
        END IF;
        RETURN NEW;
    END $$
"""

TRIGGERS = (
    "CREATE TRIGGER keep_pot AFTER INSERT ON pot_moves"
    " FOR EACH ROW EXECUTE FUNCTION match_keep_pot()",
    "CREATE TRIGGER own_taken BEFORE INSERT OR UPDATE OR DELETE ON fund_pots"
    " FOR EACH ROW EXECUTE FUNCTION match_refuse_own_taken()",
    "CREATE TRIGGER own_match BEFORE INSERT OR UPDATE OR DELETE ON campaign_matches"
    " FOR EACH ROW EXECUTE FUNCTION match_refuse_own_match()",
    "CREATE TRIGGER frozen BEFORE UPDATE OR DELETE ON funds"
    " FOR EACH ROW EXECUTE FUNCTION match_freeze_fund()",
    "CREATE TRIGGER done BEFORE UPDATE OR DELETE ON rehearsals"
    " FOR EACH ROW WHEN (OLD.status = 'done') EXECUTE FUNCTION vjb_refuse_change()",
)


def upgrade() -> None:
    for statement in (*FUNCTIONS, FREEZE_FUND, *TRIGGERS):
        op.execute(statement)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()"
        )


def downgrade() -> None:
    raise RuntimeError("Money of funds is never left without its guards.")
