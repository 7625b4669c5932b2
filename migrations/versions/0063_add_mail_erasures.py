"""Add the moment that what a mail said was erased, to mails."""

import sqlalchemy as sa
from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "mail_messages", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_check_constraint(
        op.f("ck_mail_messages_erased"),
        "mail_messages",
        "erased_at IS NULL OR (num_nonnulls(subject, text, html, failure) = 0"
        " AND num_nonnulls(sent_at, dropped_at) = 1)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_mail_messages_erased"), "mail_messages")
    op.drop_column("mail_messages", "erased_at")
