"""Create rewards: what a campaign gives its donors in return."""

import sqlalchemy as sa
from alembic import op

revision = "0157"
down_revision = "0156"
branch_labels = None
depends_on = None

CHECKS = {
    # A trigger on the choices of donors counts what is taken.
    "stock": "taken >= 0 AND (stock IS NULL OR taken <= stock)",
    "amounts": "min_cents > 0 AND stock > 0",
    "delivery": "delivery IN ('pickup','post')",
    "place": "title <> '' AND (delivery = 'pickup') = (place <> '')",
    "stopped": "stopped_by IS NULL OR stopped_at IS NOT NULL",
}


def upgrade() -> None:
    op.create_table(
        "rewards",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), server_default="", nullable=False),
        sa.Column("min_cents", sa.BigInteger(), nullable=False),
        sa.Column("stock", sa.BigInteger(), nullable=True),
        sa.Column("taken", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("place", sa.String(), server_default="", nullable=False),
        sa.Column("deliver_by", sa.Date(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rewards")),
        *[
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_rewards_{column}"))
            for column, target in (
                ("campaign_id", "campaigns.id"),
                ("added_by", "persons.id"),
                ("stopped_by", "persons.id"),
            )
        ],
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_rewards_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index("ix_rewards_campaign_id", "rewards", ["campaign_id", "min_cents"])


def downgrade() -> None:
    op.drop_table("rewards")
