"""Add to each alert which occurrence it tells of, so that one key may alert again."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("alerts", sa.Column("occurrence", sa.String(), nullable=True))
    op.create_unique_constraint(op.f("uq_alerts_key_occurrence"), "alerts", ["key", "occurrence"])
    op.create_index(
        "uq_alerts_open_key",
        "alerts",
        ["key"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.drop_constraint(op.f("uq_alerts_key"), "alerts", type_="unique")


def downgrade() -> None:
    op.create_unique_constraint(op.f("uq_alerts_key"), "alerts", ["key"])
    op.drop_index("uq_alerts_open_key", table_name="alerts")
    op.drop_constraint(op.f("uq_alerts_key_occurrence"), "alerts", type_="unique")
    op.drop_column("alerts", "occurrence")
