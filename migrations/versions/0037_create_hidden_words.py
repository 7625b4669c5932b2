"""Create which names and messages of gifts staff keep off the public page."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hidden_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hidden_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("part IN ('name','message')", name=op.f("ck_hidden_words_part")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_hidden_words_reason")),
        sa.ForeignKeyConstraint(
            ["hidden_by"], ["persons.id"], name=op.f("fk_hidden_words_hidden_by")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("fk_hidden_words_pledge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hidden_words")),
        sa.UniqueConstraint("pledge_id", "part", name=op.f("uq_hidden_words_pledge_id_part")),
    )


def downgrade() -> None:
    op.drop_table("hidden_words")
