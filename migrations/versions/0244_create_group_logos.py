"""Create the logos of groups that give, which wait for a coach."""

import sqlalchemy as sa
from alembic import op

revision = "0244"
down_revision = "0243"
branch_labels = None
depends_on = None

CHECKS = {
    "picture": "length(picture) BETWEEN 1 AND 60000",
    "verdict": "verdict IN ('consent','refusal')",
    "decision": "num_nonnulls(verdict, decided_at, decided_by) IN (0, 3)",
    "reason": "(coalesce(verdict, '') = 'refusal') = (reason <> '') AND length(reason) <= 1000",
}


def upgrade() -> None:
    op.create_table(
        "group_logos",
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_group_logos")),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["dedications.pledge_id"],
            name=op.f("fk_group_logos_pledge_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["persons.id"], name=op.f("fk_group_logos_decided_by")
        ),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_group_logos_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index(
        "ix_group_logos_sent_at",
        "group_logos",
        ["sent_at"],
        postgresql_where=sa.text("verdict IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("group_logos")
