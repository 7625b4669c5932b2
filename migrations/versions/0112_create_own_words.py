"""Create the versions of a municipality's own words in letters."""

import sqlalchemy as sa
from alembic import op

revision = "0112"
down_revision = "0111"
branch_labels = None
depends_on = None

PEOPLE = ("begun", "written", "proposed", "approved", "dropped")


def upgrade() -> None:
    op.create_table(
        "own_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("words_sha256", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), server_default="", nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft','proposed','approved','dropped')", name=op.f("ck_own_words_status")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_own_words_number")),
        sa.CheckConstraint("words_sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_own_words_sha256")),
        sa.CheckConstraint("octet_length(words) <= 200000", name=op.f("ck_own_words_size")),
        sa.CheckConstraint(
            "approved_by IS NULL OR (approved_by <> written_by AND approved_by <> proposed_by)",
            name=op.f("ck_own_words_two_people"),
        ),
        sa.CheckConstraint(
            "(proposed_at IS NULL) = (proposed_by IS NULL)", name=op.f("ck_own_words_proposal")
        ),
        sa.CheckConstraint(
            "status NOT IN ('proposed','approved') OR proposed_by IS NOT NULL",
            name=op.f("ck_own_words_proposed"),
        ),
        sa.CheckConstraint(
            "(status = 'approved') = (approved_by IS NOT NULL)"
            " AND (approved_by IS NULL) = (approved_at IS NULL)",
            name=op.f("ck_own_words_approval"),
        ),
        sa.CheckConstraint(
            "(status = 'dropped') = (dropped_by IS NOT NULL)"
            " AND (dropped_by IS NULL) = (dropped_at IS NULL)",
            name=op.f("ck_own_words_dropping"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [f"{name}_by"], ["persons.id"], name=op.f(f"fk_own_words_{name}_by")
            )
            for name in PEOPLE
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_own_words_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_words")),
        sa.UniqueConstraint(
            "municipality_id", "number", name=op.f("uq_own_words_municipality_id_number")
        ),
    )
    op.create_index(
        "uq_own_words_open",
        "own_words",
        ["municipality_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('draft','proposed')"),
    )


def downgrade() -> None:
    op.drop_table("own_words")
