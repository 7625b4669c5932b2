"""Add to each mail how often it was tried, what went wrong, and how it ended."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "mail_messages",
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
    )
    op.add_column("mail_messages", sa.Column("failure", sa.String(), nullable=True))
    op.add_column(
        "mail_messages",
        sa.Column(
            "awaits_confirmation", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
    )
    for name in ("next_attempt_at", "undeliverable_at", "dropped_at"):
        op.add_column("mail_messages", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_mail_messages_one_end"),
        "mail_messages",
        "num_nonnulls(sent_at, undeliverable_at, dropped_at) <= 1",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_mail_messages_one_end"), "mail_messages", type_="check")
    for name in (
        "dropped_at",
        "undeliverable_at",
        "next_attempt_at",
        "awaits_confirmation",
        "failure",
        "attempts",
    ):
        op.drop_column("mail_messages", name)
