"""Create the links by which somebody sees and ends what their address follows."""

import sqlalchemy as sa
from alembic import op

revision = "0146"
down_revision = "0145"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_follow_links_email_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_follow_links_token_hash")),
    )
    op.create_index("ix_follow_links_email", "follow_links", ["email"])


def downgrade() -> None:
    op.drop_table("follow_links")
