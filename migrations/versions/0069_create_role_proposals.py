"""Create the roles that one member of staff proposed and another must confirm."""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

PLACE = "coalesce(municipality_id, '00000000-0000-0000-0000-000000000000')"


def upgrade() -> None:
    op.create_table(
        "role_proposals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("mandate_limit_cents", sa.BigInteger(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("confirmable_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lapses_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("grant_id", sa.Uuid(), nullable=True),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_proposals")),
        *_references(),
        *_checks(),
    )
    op.create_index(
        "uq_role_proposals_open",
        "role_proposals",
        ["person_id", "role", sa.text(PLACE)],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NULL AND dismissed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("role_proposals")


def _references() -> list[sa.ForeignKeyConstraint]:
    targets = {
        "person_id": "persons.id",
        "municipality_id": "municipalities.id",
        "proposed_by": "persons.id",
        "confirmed_by": "persons.id",
        "grant_id": "role_grants.id",
        "dismissed_by": "persons.id",
    }
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_role_proposals_{column}"))
        for column, target in targets.items()
    ]


def _checks() -> list[sa.CheckConstraint]:
    conditions = {
        "role": "role IN ('officer','staff','auditor')",
        "officer_place": "(role = 'officer') = (municipality_id IS NOT NULL)",
        "mandate": "mandate_limit_cents IS NULL OR (role = 'officer' AND mandate_limit_cents >= 0)",
        "two_people": "confirmed_by <> proposed_by",
        "not_oneself": "proposed_by <> person_id"
        " AND (confirmed_by IS NULL OR confirmed_by <> person_id)",
        "one_end": "num_nonnulls(confirmed_at, dismissed_at) <= 1",
        "confirmation": "num_nonnulls(confirmed_at, confirmed_by, grant_id) IN (0, 3)",
        "dismissal": "dismissed_by IS NULL OR dismissed_at IS NOT NULL",
        "in_time": "confirmed_at >= confirmable_from AND confirmed_at < lapses_at",
        "wait": "confirmable_from >= proposed_at AND lapses_at > confirmable_from",
    }
    return [
        sa.CheckConstraint(condition, name=op.f(f"ck_role_proposals_{name}"))
        for name, condition in conditions.items()
    ]
