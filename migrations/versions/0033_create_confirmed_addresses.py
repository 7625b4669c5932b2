"""Create the addresses of which somebody has shown that they read what is sent there."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confirmed_addresses",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("means", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_confirmed_addresses_email_lower")),
        sa.CheckConstraint(
            "means IN ('sign_in','payment')", name=op.f("ck_confirmed_addresses_means")
        ),
        sa.PrimaryKeyConstraint("email", name=op.f("pk_confirmed_addresses")),
    )


def downgrade() -> None:
    op.drop_table("confirmed_addresses")
