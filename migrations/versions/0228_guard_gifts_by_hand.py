"""Guard gifts of who has no address of mail: somebody keeps the desk that tells them by hand."""

from alembic import op

revision = "0228"
down_revision = "0227"
branch_labels = None
depends_on = None

ERASED = (
    "email IS NOT NULL OR (name = '' AND message = '' AND NOT name_public"
    " AND postcode IS NULL AND donor_id IS NULL)"
)
KEPT = """
    CREATE FUNCTION gifts_by_hand_have_a_desk() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM pledges WHERE id = NEW.id AND by_hand)
            AND NOT EXISTS (SELECT FROM desk_gifts WHERE pledge_id = NEW.id) THEN
            RAISE EXCEPTION 'pledge % is told of by hand, and by nobody', NEW.id
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'gift_has_desk';
        END IF;
        RETURN NULL;
    END $$
"""
LETTERS = """
    CREATE FUNCTION desk_letters_stay() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND (NEW.key, NEW.desk_gift_id, NEW.template, NEW.written_at)
            = (OLD.key, OLD.desk_gift_id, OLD.template, OLD.written_at)
            AND (OLD.told_at IS NULL OR (NEW.told_at, NEW.told_by, NEW.told_how)
            = (OLD.told_at, OLD.told_by, OLD.told_how))
            AND (NEW.context = OLD.context OR OLD.told_at IS NOT NULL) THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'letter % is still to be told, or was told', OLD.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'desk_letter_stays';
    END $$
"""


def upgrade() -> None:
    _erased(ERASED.replace("OR (", "OR by_hand OR (", 1))
    op.create_check_constraint(
        op.f("ck_pledges_by_hand"),
        "pledges",
        "NOT by_hand OR num_nonnulls(email, erased_as, donor_id, postcode) = 0",
        postgresql_not_valid=True,
    )
    op.execute(KEPT)
    op.execute(
        "CREATE CONSTRAINT TRIGGER has_desk AFTER INSERT OR UPDATE OF by_hand ON pledges"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.by_hand)"
        " EXECUTE FUNCTION gifts_by_hand_have_a_desk()"
    )
    op.execute(LETTERS)
    op.execute(
        "CREATE TRIGGER stays BEFORE UPDATE OR DELETE ON desk_letters"
        " FOR EACH ROW EXECUTE FUNCTION desk_letters_stay()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER stays ON desk_letters")
    op.execute("DROP FUNCTION desk_letters_stay()")
    op.execute("DROP TRIGGER has_desk ON pledges")
    op.execute("DROP FUNCTION gifts_by_hand_have_a_desk()")
    op.drop_constraint(op.f("ck_pledges_by_hand"), "pledges")
    _erased(ERASED)


def _erased(condition: str) -> None:
    # Without validation this needs no scan of the table: every row there is meets it.
    op.drop_constraint(op.f("ck_pledges_erased"), "pledges")
    op.create_check_constraint(
        op.f("ck_pledges_erased"), "pledges", condition, postgresql_not_valid=True
    )
