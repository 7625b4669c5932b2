"""Create need offers: help that somebody offers to a campaign."""

import sqlalchemy as sa
from alembic import op

revision = "0161"
down_revision = "0160"
branch_labels = None
depends_on = None

CHECKS = {
    "state": "state IN ('attempt','offer','acceptance','thanks','withdrawal')",
    "numbers": "number > 0 AND hours >= 0",
    "email": "email = lower(email)",
    "erased": "email IS NOT NULL OR (name = '' AND message = '' AND state NOT IN"
    " ('attempt','offer'))",
    "confirmed": "(state = 'attempt') = (confirmed_at IS NULL)",
    "hours": "hours IS NULL OR state = 'acceptance'",
}


def upgrade() -> None:
    op.create_table(
        "need_offers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("need_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("name", sa.String(), server_default="", nullable=False),
        sa.Column("message", sa.String(), server_default="", nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hours", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_offers")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_need_offers_token_hash")),
        sa.ForeignKeyConstraint(["need_id"], ["needs.id"], name=op.f("fk_need_offers_need_id")),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_need_offers_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index("ix_need_offers_need_id", "need_offers", ["need_id", "state"])
    op.create_index("ix_need_offers_email", "need_offers", ["email"])


def downgrade() -> None:
    op.drop_table("need_offers")
