"""Create what came in for funds, as two people read it on the bank statement."""

import sqlalchemy as sa
from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

PAYER = "coalesce(application_id, '00000000-0000-0000-0000-000000000000')"
MOMENTS = ("booked", "dismissed", "disputed", "reversed")


def upgrade() -> None:
    op.create_table(
        "fund_deposits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("above_ceiling", sa.String(), server_default="", nullable=False),
        sa.Column("remark", sa.String(), server_default="", nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        *_moments(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_deposits")),
        *_references(),
        *_checks(),
    )
    _create_indexes()


def downgrade() -> None:
    op.drop_table("fund_deposits")


def _create_indexes() -> None:
    op.create_index(
        "uq_fund_deposits_reference",
        "fund_deposits",
        ["fund_id", sa.text(PAYER), "reference"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('dismissed','reversed')"),
    )
    for columns in (["status", "entered_at"], ["fund_id", "entered_at"]):
        op.create_index(f"ix_fund_deposits_{columns[0]}", "fund_deposits", columns)


def _moments() -> list[sa.Column[object]]:
    columns: list[sa.Column[object]] = []
    for name in MOMENTS:
        columns.append(sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True))
        columns.append(sa.Column(f"{name}_by", sa.Uuid(), nullable=True))
    return columns


def _references() -> list[sa.ForeignKeyConstraint]:
    targets = {
        "fund_id": "funds.id",
        "application_id": "applications.id",
        "municipality_id": "municipalities.id",
        **{f"{name}_by": "persons.id" for name in ("entered", *MOMENTS)},
    }
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_fund_deposits_{column}"))
        for column, target in targets.items()
    ]


def _checks() -> list[sa.CheckConstraint]:
    conditions = {
        "kind": "kind IN ('prepayment','arrears','clawback')",
        "status": "status IN ('entered','booked','dismissed','disputed','reversed')",
        "deposit": "cents > 0 AND reference <> ''",
        "payer": "(kind = 'clawback') = (application_id IS NOT NULL)",
        "two_people": "booked_by <> entered_by",
        "two_people_reverse": "reversed_by <> disputed_by",
        "booked": "num_nonnulls(booked_at, booked_by) IN (0, 2)"
        " AND (status IN ('booked','disputed','reversed')) = (booked_at IS NOT NULL)",
        "dismissed": "num_nonnulls(dismissed_at, dismissed_by) IN (0, 2)"
        " AND (status = 'dismissed') = (dismissed_at IS NOT NULL)"
        " AND (dismissed_at IS NULL OR remark <> '')",
        "disputed": "num_nonnulls(disputed_at, disputed_by) IN (0, 2)"
        " AND (status NOT IN ('disputed','reversed') OR disputed_at IS NOT NULL)"
        " AND (status <> 'disputed' OR remark <> '')",
        "reversed": "num_nonnulls(reversed_at, reversed_by) IN (0, 2)"
        " AND (status = 'reversed') = (reversed_at IS NOT NULL)",
    }
    return [
        sa.CheckConstraint(condition, name=op.f(f"ck_fund_deposits_{name}"))
        for name, condition in conditions.items()
    ]
