"""Create the addresses of people who want to know when their municipality is there."""

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place_wishes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_wishes")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_place_wishes_token_hash")),
        sa.UniqueConstraint("slug", "email", name=op.f("uq_place_wishes_slug_email")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_place_wishes_email_lower")),
    )


def downgrade() -> None:
    op.drop_table("place_wishes")
