"""Create the rows that tell when a worker last took a job from each queue."""

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "queue_heartbeats",
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("queue", name=op.f("pk_queue_heartbeats")),
    )


def downgrade() -> None:
    op.drop_table("queue_heartbeats")
