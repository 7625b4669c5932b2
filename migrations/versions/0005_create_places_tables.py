"""Create municipalities and neighbourhoods."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "municipalities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("code ~ '^GM[0-9]{4}$'", name=op.f("ck_municipalities_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipalities")),
        sa.UniqueConstraint("code", name=op.f("uq_municipalities_code")),
        sa.UniqueConstraint("slug", name=op.f("uq_municipalities_slug")),
    )
    op.create_table(
        "neighbourhoods",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("parent_code", sa.String(), nullable=False),
        sa.Column("vintage", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'wijk' AND code ~ '^WK[0-9A-Z]{6}$') OR (kind = 'buurt' AND code ~ '^BU[0-9A-Z]{8}$')",
            name=op.f("ck_neighbourhoods_code"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_neighbourhoods_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_neighbourhoods")),
        sa.UniqueConstraint("code", "vintage", name=op.f("uq_neighbourhoods_code_vintage")),
    )
    op.create_index(
        op.f("ix_neighbourhoods_municipality_id"),
        "neighbourhoods",
        ["municipality_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("neighbourhoods")
    op.drop_table("municipalities")
