"""Create invitations to run a campaign together."""

import sqlalchemy as sa
from alembic import op

revision = "0192"
down_revision = "0191"
branch_labels = None
depends_on = None

CHECKS = {
    "state": "state IN ('offer','acceptance','refusal','withdrawal')",
    # Who somebody did not want to be is forgotten with the answer.
    "address": "(state = 'offer') = (email IS NOT NULL)",
    "answer": "(state = 'offer') = (answered_at IS NULL)",
}


def upgrade() -> None:
    op.create_table(
        "campaign_invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("state", sa.String(), server_default="offer", nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_invitations")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_campaign_invitations_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["persons.id"], name=op.f("fk_campaign_invitations_invited_by")
        ),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_campaign_invitations_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index(
        "uq_campaign_invitations_open",
        "campaign_invitations",
        ["campaign_id", "email"],
        unique=True,
        postgresql_where=sa.text("state = 'offer'"),
    )
    op.create_index("ix_campaign_invitations_email", "campaign_invitations", ["email"])


def downgrade() -> None:
    op.drop_table("campaign_invitations")
