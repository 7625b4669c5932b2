"""Create comparison points: how far campaigns that made it were on each of their days."""

import sqlalchemy as sa
from alembic import op

revision = "0182"
down_revision = "0181"
branch_labels = None
depends_on = None

CHECKS = {
    "kind": "kind IN ('all_or_nothing','keep_what_comes')",
    "size": "size IN ('small','middle','large')",
    "day": "day > 0",
    "figures": "campaigns > 0 AND permille >= 0",
}


def upgrade() -> None:
    op.create_table(
        "comparison_points",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("day", sa.BigInteger(), nullable=False),
        sa.Column("campaigns", sa.BigInteger(), nullable=False),
        sa.Column("permille", sa.BigInteger(), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparison_points")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_comparison_points_municipality_id_municipalities"),
        ),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_comparison_points_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index(
        "uq_comparison_points",
        "comparison_points",
        ["kind", "day", "size", "municipality_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    op.drop_table("comparison_points")
