"""Create the budgets that a council adopted, from which the four weeks of Awb 4:34 count."""

import sqlalchemy as sa
from alembic import op

revision = "0131"
down_revision = "0130"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "adopted_budgets",
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("enough", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("year BETWEEN 2000 AND 2999", name=op.f("ck_adopted_budgets_year")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_adopted_budgets_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["noted_by"], ["persons.id"], name=op.f("fk_adopted_budgets_noted_by")
        ),
        sa.PrimaryKeyConstraint("municipality_id", "year", name=op.f("pk_adopted_budgets")),
    )


def downgrade() -> None:
    op.drop_table("adopted_budgets")
