"""Create reward choices: which reward goes with which gift."""

import sqlalchemy as sa
from alembic import op

revision = "0158"
down_revision = "0157"
branch_labels = None
depends_on = None

CHECKS = {
    "state": "state IN ('wish','hold','grant','shortage','release')",
    "hold": "(state = 'hold') = (hold_until IS NOT NULL)",
    "delivery": "delivered_at IS NULL OR state = 'grant'",
    "delivered_by": "delivered_by IS NULL OR delivered_at IS NOT NULL",
}
TEXTS = ("recipient", "street", "postcode", "town")


def upgrade() -> None:
    op.create_table(
        "reward_choices",
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("reward_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        *[sa.Column(name, sa.String(), server_default="", nullable=False) for name in TEXTS],
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_reward_choices")),
        *[
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_reward_choices_{column}"))
            for column, target in (
                ("pledge_id", "pledges.id"),
                ("reward_id", "rewards.id"),
                ("delivered_by", "persons.id"),
            )
        ],
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_reward_choices_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index("ix_reward_choices_reward_id", "reward_choices", ["reward_id", "state"])
    op.create_index(
        "ix_reward_choices_hold_until",
        "reward_choices",
        ["hold_until"],
        postgresql_where=sa.text("hold_until IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("reward_choices")
