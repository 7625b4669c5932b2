"""Guard teams, after validating their keys: none ends with an open case, an ended one gets none."""

from alembic import op

revision = "0134"
down_revision = "0133"
branch_labels = None
depends_on = None

FUNCTIONS = (
    # Whoever ends the team holds its row, so that one of the two waits and then sees the other.
    """
    CREATE FUNCTION teams_refuse_ended() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.team_id IS NULL OR (TG_OP = 'UPDATE' AND NEW.team_id IS NOT DISTINCT FROM OLD.team_id)
        THEN
            RETURN NEW;
        END IF;
        PERFORM 1 FROM teams WHERE id = NEW.team_id AND ended_at IS NULL FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'team % has ended and gets nothing more', NEW.team_id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'team_ended';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION teams_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR OLD.ended_at IS NOT NULL
           OR (NEW.id, NEW.municipality_id, NEW.made_at, NEW.made_by)
              IS DISTINCT FROM (OLD.id, OLD.municipality_id, OLD.made_at, OLD.made_by)
        THEN
            RAISE EXCEPTION 'team % is kept as it was: % refused', OLD.id, TG_OP
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'team_kept';
        END IF;
        IF NEW.ended_at IS NOT NULL AND (
            EXISTS (SELECT 1 FROM funds WHERE team_id = NEW.id)
            OR EXISTS (SELECT 1 FROM applications WHERE team_id = NEW.id AND status NOT IN
                ('withdrawn', 'refused', 'revoked', 'expired', 'determined'))
        ) THEN
            RAISE EXCEPTION 'team % still has open cases or a fund', OLD.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'team_has_cases';
        END IF;
        RETURN NEW;
    END $$
    """,
)
TRIGGERS = (
    "CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON teams"
    " FOR EACH ROW EXECUTE FUNCTION teams_refuse_change()",
    "CREATE TRIGGER kept_truncate BEFORE TRUNCATE ON teams"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER open_team BEFORE INSERT OR UPDATE OF team_id ON applications"
    " FOR EACH ROW EXECUTE FUNCTION teams_refuse_ended()",
    "CREATE TRIGGER open_team BEFORE INSERT OR UPDATE OF team_id ON funds"
    " FOR EACH ROW EXECUTE FUNCTION teams_refuse_ended()",
)


KEYS = ("applications", "funds")


def upgrade() -> None:
    for table in KEYS:
        op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT fk_{table}_team_id_municipality_id")
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TRIGGER open_team ON funds")
    op.execute("DROP TRIGGER open_team ON applications")
    op.execute("DROP TRIGGER kept_truncate ON teams")
    op.execute("DROP TRIGGER kept ON teams")
    op.execute("DROP FUNCTION teams_refuse_change()")
    op.execute("DROP FUNCTION teams_refuse_ended()")
