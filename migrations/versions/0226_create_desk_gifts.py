"""Create gifts at a desk, and letters to who has no address of mail."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0226"
down_revision = "0225"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_gifts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=True),
        sa.Column("cash_id", sa.Uuid(), nullable=True),
        sa.Column("name_public", sa.Boolean(), nullable=False),
        sa.Column("no_answer", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("street", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("town", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_gifts")),
        *_links("desk_gifts", campaign_id="campaigns", pledge_id="pledges", cash_id="cash_gifts"),
        *_links("desk_gifts", made_by="persons"),
        sa.UniqueConstraint("pledge_id", name=op.f("uq_desk_gifts_pledge_id")),
        sa.UniqueConstraint("cash_id", name=op.f("uq_desk_gifts_cash_id")),
        sa.CheckConstraint("way IN ('checkout','cash')", name=op.f("ck_desk_gifts_way")),
        sa.CheckConstraint("no_answer IN ('back','keep')", name=op.f("ck_desk_gifts_no_answer")),
        sa.CheckConstraint(
            "(way = 'cash') = (cash_id IS NOT NULL) AND (way = 'cash' OR pledge_id IS NOT NULL)",
            name=op.f("ck_desk_gifts_money"),
        ),
        sa.CheckConstraint("(street = '') = (town = '')", name=op.f("ck_desk_gifts_address")),
    )
    op.create_index("ix_desk_gifts_campaign_id", "desk_gifts", ["campaign_id", "made_at"])
    op.create_table(
        "desk_letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("desk_gift_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("context", postgresql.JSONB(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told_by", sa.Uuid(), nullable=True),
        sa.Column("told_how", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_letters")),
        *_links("desk_letters", desk_gift_id="desk_gifts", told_by="persons"),
        sa.UniqueConstraint("key", name=op.f("uq_desk_letters_key")),
        sa.CheckConstraint(
            "told_how IN ('hand','letter','nobody')", name=op.f("ck_desk_letters_told_how")
        ),
        sa.CheckConstraint(
            "num_nonnulls(told_at, told_by, told_how) IN (0, 3)", name=op.f("ck_desk_letters_told")
        ),
    )
    op.create_index("ix_desk_letters_desk_gift_id", "desk_letters", ["desk_gift_id"])


def _links(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))
        for name, other in columns.items()
    ]


def downgrade() -> None:
    op.drop_table("desk_letters")
    op.drop_table("desk_gifts")
