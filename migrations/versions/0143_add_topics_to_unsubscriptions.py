"""Add to unsubscriptions what they are about, such as one campaign."""

import sqlalchemy as sa
from alembic import op

revision = "0143"
down_revision = "0142"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "mail_unsubscriptions", sa.Column("topic", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.execute("DELETE FROM mail_unsubscriptions WHERE topic <> ''")
    op.drop_column("mail_unsubscriptions", "topic")
