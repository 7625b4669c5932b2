"""Add the team that has a case, and the one that gets a fund's new applications."""

import sqlalchemy as sa
from alembic import op

revision = "0133"
down_revision = "0132"
branch_labels = None
depends_on = None

TABLES = ("applications", "funds")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("team_id", sa.Uuid(), nullable=True))
        # With the municipality: nobody's case is with a team of another one.
        op.create_foreign_key(
            op.f(f"fk_{table}_team_id_municipality_id"),
            table,
            "teams",
            ["team_id", "municipality_id"],
            ["id", "municipality_id"],
            postgresql_not_valid=True,
        )


def downgrade() -> None:
    for table in TABLES:
        op.drop_constraint(op.f(f"fk_{table}_team_id_municipality_id"), table)
        op.drop_column(table, "team_id")
