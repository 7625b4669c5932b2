"""Keep a letter for each objection that is decided on together with another one."""

import sqlalchemy as sa
from alembic import op

revision = "0120"
down_revision = "0119"
branch_labels = None
depends_on = None

GUARDS = (
    # What officers approved does not change, and a letter that was sent stays as it was.
    "CREATE TRIGGER fixed BEFORE UPDATE ON joined_letters FOR EACH ROW WHEN ("
    "OLD.letter IS NOT NULL OR "
    "(NEW.ruling_id, NEW.objection_id, NEW.snapshot, NEW.snapshot_sha256) IS DISTINCT FROM "
    "(OLD.ruling_id, OLD.objection_id, OLD.snapshot, OLD.snapshot_sha256)"
    ") EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER kept BEFORE DELETE ON joined_letters"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER kept_truncate BEFORE TRUNCATE ON joined_letters"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
)


def upgrade() -> None:
    op.create_table(
        "joined_letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ruling_id", sa.Uuid(), nullable=False),
        sa.Column("objection_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(), nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("letter_sha256", sa.String(), nullable=True),
        sa.Column("announcement", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "num_nonnulls(letter, letter_sha256) IN (0, 2) AND "
            "(letter IS NULL) = (announcement = '')",
            name=op.f("ck_joined_letters_letter"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_joined_letters_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_joined_letters_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_joined_letters_objection_id")
        ),
        sa.ForeignKeyConstraint(
            ["ruling_id"], ["objection_rulings.id"], name=op.f("fk_joined_letters_ruling_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined_letters")),
        sa.UniqueConstraint(
            "ruling_id", "objection_id", name=op.f("uq_joined_letters_ruling_id_objection_id")
        ),
    )
    op.create_index("ix_joined_letters_application_id", "joined_letters", ["application_id"])
    op.create_index("ix_joined_letters_objection_id", "joined_letters", ["objection_id"])
    # Who objected together with others goes to the court by themselves.
    op.drop_index("uq_appeals_open", table_name="appeals")
    op.create_index(
        "uq_appeals_open",
        "appeals",
        ["ruling_id", "objection_id"],
        unique=True,
        postgresql_where=sa.text("outcome IS NULL"),
    )
    for statement in GUARDS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("uq_appeals_open", table_name="appeals")
    op.create_index(
        "uq_appeals_open",
        "appeals",
        ["ruling_id"],
        unique=True,
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.drop_table("joined_letters")
