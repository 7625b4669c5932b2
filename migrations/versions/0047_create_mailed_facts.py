"""Create what people were mailed about, each thing once."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailed_facts",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_mailed_facts_person_id_persons")
        ),
        sa.PrimaryKeyConstraint("person_id", "fact", name=op.f("pk_mailed_facts")),
    )


def downgrade() -> None:
    op.drop_table("mailed_facts")
