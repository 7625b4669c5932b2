"""Create the changes of gifts' addresses that wait for the new address."""

import sqlalchemy as sa
from alembic import op

revision = "0156"
down_revision = "0155"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gift_address_changes",
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("new_email", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "new_email = lower(new_email)", name=op.f("ck_gift_address_changes_new_email")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("fk_gift_address_changes_pledge_id")
        ),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_gift_address_changes")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_gift_address_changes_token_hash")),
    )


def downgrade() -> None:
    op.drop_table("gift_address_changes")
