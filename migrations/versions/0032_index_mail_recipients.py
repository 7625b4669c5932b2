"""Index mails by who gets them, for how many somebody got in the last hour."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_mail_messages_recipient", "mail_messages", [sa.text("lower(recipient)"), "sent_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_mail_messages_recipient", table_name="mail_messages")
