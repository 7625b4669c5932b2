"""Guard own words: what was approved or dropped stays, and what waits does not change."""

from alembic import op

revision = "0113"
down_revision = "0112"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE FUNCTION own_words_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' OR OLD.status IN ('approved', 'dropped') THEN
                RAISE EXCEPTION 'version % of own words is kept: % refused', OLD.id, TG_OP
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'own_words_kept';
            END IF;
            IF (NEW.id, NEW.municipality_id, NEW.number, NEW.begun_at, NEW.begun_by)
               IS DISTINCT FROM
               (OLD.id, OLD.municipality_id, OLD.number, OLD.begun_at, OLD.begun_by)
               OR ((OLD.status = 'proposed' OR NEW.status <> 'draft')
                   AND (NEW.words, NEW.words_sha256, NEW.written_at, NEW.written_by)
                   IS DISTINCT FROM
                   (OLD.words, OLD.words_sha256, OLD.written_at, OLD.written_by))
               OR (NEW.status = 'approved' AND (OLD.status <> 'proposed'
                   OR NEW.proposed_by IS DISTINCT FROM OLD.proposed_by))
            THEN
                RAISE EXCEPTION 'own words % do not change once proposed', OLD.id
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'own_words_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON own_words"
        " FOR EACH ROW EXECUTE FUNCTION own_words_refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER fixed_truncate BEFORE TRUNCATE ON own_words"
        " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER fixed_truncate ON own_words")
    op.execute("DROP TRIGGER fixed ON own_words")
    op.execute("DROP FUNCTION own_words_refuse_change()")
