"""Create the links by which the reader of an address sees what is kept of it."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "data_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_data_links_token_hash")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_data_links_email_lower")),
    )
    op.create_index("ix_data_links_expires_at", "data_links", ["expires_at"])


def downgrade() -> None:
    op.drop_table("data_links")
