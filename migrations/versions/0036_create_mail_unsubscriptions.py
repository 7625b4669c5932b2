"""Create who wants no more of which mails."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_unsubscriptions",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("unsubscribed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "email = lower(email)", name=op.f("ck_mail_unsubscriptions_email_lower")
        ),
        sa.PrimaryKeyConstraint("email", "template", name=op.f("pk_mail_unsubscriptions")),
    )


def downgrade() -> None:
    op.drop_table("mail_unsubscriptions")
