"""Create the letters that are posted, to who did not agree to get them electronically."""

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

POINTS = {
    "decision_id": "decisions",
    "application_id": "applications",
    "municipality_id": "municipalities",
    "posted_by": "persons",
}


def upgrade() -> None:
    op.create_table(
        "posted_letters",
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("posted_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_posted_letters")),
        sa.CheckConstraint(
            "(posted_at IS NULL) = (posted_by IS NULL)", name=op.f("ck_posted_letters_posted")
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_posted_letters_{column}_{table}")
            )
            for column, table in POINTS.items()
        ),
    )
    op.create_index(
        "ix_posted_letters_waiting",
        "posted_letters",
        ["municipality_id"],
        postgresql_where=sa.text("posted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("posted_letters")
