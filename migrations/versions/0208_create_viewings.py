"""Create the moments in which staff look at the site as a resident, and guard whose they can be."""

import sqlalchemy as sa
from alembic import op

revision = "0208"
down_revision = "0207"
branch_labels = None
depends_on = None

# Only staff look, and never as somebody who holds a role: that would be a way around two people.
GUARD = """
CREATE FUNCTION viewings_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.sign_in_id, NEW.person_id, NEW.started_at, NEW.until_at)
            IS DISTINCT FROM
            (OLD.id, OLD.sign_in_id, OLD.person_id, OLD.started_at, OLD.until_at)
            OR OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at
        THEN
            RAISE EXCEPTION 'a viewing only ends'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'viewings_guard';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
            SELECT FROM sign_ins JOIN role_grants USING (person_id)
            WHERE sign_ins.id = NEW.sign_in_id AND sign_ins.ended_at IS NULL
                AND sign_ins.factor_at IS NOT NULL
                AND role_grants.role = 'staff' AND role_grants.revoked_at IS NULL)
        OR EXISTS (
            SELECT FROM role_grants
            WHERE person_id = NEW.person_id AND revoked_at IS NULL)
        OR EXISTS (
            SELECT FROM persons
            WHERE id = NEW.person_id AND num_nonnulls(blocked_at, erased_at) > 0)
    THEN
        RAISE EXCEPTION 'only staff look along, and only with residents'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'viewings_guard';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "viewings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viewings")),
        sa.ForeignKeyConstraint(
            ["sign_in_id"],
            ["sign_ins.id"],
            name=op.f("fk_viewings_sign_in_id_sign_ins"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_viewings_person_id_persons")
        ),
        sa.CheckConstraint(
            "until_at > started_at AND until_at <= started_at + interval '1 hour'",
            name=op.f("ck_viewings_term"),
        ),
        sa.CheckConstraint("ended_at >= started_at", name=op.f("ck_viewings_ended")),
    )
    op.create_index(
        "uq_viewings_open",
        "viewings",
        ["sign_in_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_viewings_sign_in_id", "viewings", ["sign_in_id"])
    op.create_index("ix_viewings_person_id", "viewings", ["person_id", "started_at"])
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER viewings_guard BEFORE INSERT OR UPDATE ON viewings"
        " FOR EACH ROW EXECUTE FUNCTION viewings_guard()"
    )


def downgrade() -> None:
    op.drop_table("viewings")
    op.execute("DROP FUNCTION viewings_guard()")
