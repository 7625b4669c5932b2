"""Create dedications: in whose name a gift is, or for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0230"
down_revision = "0229"
branch_labels = None
depends_on = None

CHECKS = {
    "kind": "kind IN ('group','memory','behalf','present')",
    "lengths": "length(name) BETWEEN 1 AND 80 AND length(words) <= 300",
    "on_page": "NOT on_page OR kind IN ('memory','behalf')",
    "group": "kind = 'group' OR (company_number = '' AND street = '' AND postcode = ''"
    " AND town = '')",
    "group_words": "kind <> 'group' OR words = ''",
    "company_number": "company_number ~ '^([0-9]{8})?$'",
    "address": "length(street) <= 100 AND length(postcode) <= 20 AND length(town) <= 80",
    "present": "kind = 'present' OR num_nonnulls(email, tell_on, told_at, token_hash) = 0",
    "tell_on": "email IS NULL OR tell_on IS NOT NULL",
    "email": "email = lower(email)",
    "answer": "answer IS NULL OR (answer IN ('follow','refusal') AND told_at IS NOT NULL"
    " AND email IS NULL)",
}
TEXTS = ("words", "company_number", "street", "postcode", "town")


def upgrade() -> None:
    op.create_table(
        "dedications",
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        *[sa.Column(name, sa.String(), server_default="", nullable=False) for name in TEXTS],
        sa.Column("on_page", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("tell_on", sa.Date(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("pledge_id", name=op.f("pk_dedications")),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("fk_dedications_pledge_id")
        ),
        sa.UniqueConstraint("token_hash", name=op.f("uq_dedications_token_hash")),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_dedications_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index(
        "ix_dedications_email",
        "dedications",
        ["email"],
        postgresql_where=sa.text("email IS NOT NULL"),
    )
    op.create_index(
        "ix_dedications_tell_on",
        "dedications",
        ["tell_on"],
        postgresql_where=sa.text("told_at IS NULL AND email IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("dedications")
