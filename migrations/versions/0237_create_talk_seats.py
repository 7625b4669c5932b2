"""Create who takes part in the conversation of a plan: until when they read, and were mailed."""

import sqlalchemy as sa
from alembic import op

revision = "0237"
down_revision = "0236"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "talk_seats",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_talk_seats")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_talk_seats_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_talk_seats_person_id")
        ),
    )
    op.create_index("ix_talk_seats_person_id", "talk_seats", ["person_id"])


def downgrade() -> None:
    op.drop_table("talk_seats")
