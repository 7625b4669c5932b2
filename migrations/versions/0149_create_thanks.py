"""Create the thanks that initiators send to their donors."""

import sqlalchemy as sa
from alembic import op

revision = "0149"
down_revision = "0148"
branch_labels = None
depends_on = None

POINTS = {
    "campaign_id": "campaigns",
    "pledge_id": "pledges",
    "sent_by": "persons",
    "hidden_by": "persons",
}


def upgrade() -> None:
    op.create_table(
        "thanks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by", sa.Uuid(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.CheckConstraint("body <> ''", name=op.f("ck_thanks_body")),
        sa.CheckConstraint(
            "(hidden_at IS NULL) = (hidden_reason IS NULL) AND hidden_reason <> ''",
            name=op.f("ck_thanks_hidden"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thanks")),
        sa.UniqueConstraint("pledge_id", name=op.f("uq_thanks_pledge_id")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_thanks_{column}_{table}")
            )
            for column, table in POINTS.items()
        ),
    )
    op.create_index("ix_thanks_campaign_id", "thanks", ["campaign_id", "sent_at"])


def downgrade() -> None:
    op.drop_table("thanks")
