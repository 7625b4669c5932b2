"""Create the ways of looking at the work list that officers keep by name."""

import sqlalchemy as sa
from alembic import op

revision = "0119"
down_revision = "0118"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_filters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("title <> ''", name=op.f("ck_work_filters_title")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_work_filters_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_filters")),
        sa.UniqueConstraint("person_id", "title", name="uq_work_filters_person_id_title"),
    )


def downgrade() -> None:
    op.drop_table("work_filters")
