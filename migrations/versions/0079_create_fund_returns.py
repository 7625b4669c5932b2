"""Create what goes back to municipalities of funds that were settled."""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0078"
branch_labels = None
depends_on = None

STEPS = ("released", "executed", "cancelled", "returned")


def upgrade() -> None:
    op.create_table(
        "fund_returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("sealed_iban", sa.String(), nullable=False),
        sa.Column("iban_mask", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("end_to_end_id", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("bank_file_id", sa.Uuid(), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("executed_on", sa.Date(), nullable=True),
        *_steps(),
        sa.Column("remark", sa.String(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_returns")),
        sa.UniqueConstraint("end_to_end_id", name=op.f("uq_fund_returns_end_to_end_id")),
        *_references(),
        *_checks(),
    )
    op.create_index(
        "uq_fund_returns_under_way",
        "fund_returns",
        ["fund_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('proposed','released','exported')"),
    )


def downgrade() -> None:
    op.drop_table("fund_returns")


def _steps() -> list[sa.Column[object]]:
    columns: list[sa.Column[object]] = []
    for name in STEPS:
        columns.append(sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True))
        columns.append(sa.Column(f"{name}_by", sa.Uuid(), nullable=True))
    return columns


def _references() -> list[sa.ForeignKeyConstraint]:
    targets = {
        "fund_id": "funds.id",
        "municipality_id": "municipalities.id",
        "bank_file_id": "bank_files.id",
        **{f"{name}_by": "persons.id" for name in ("proposed", *STEPS)},
    }
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_fund_returns_{column}"))
        for column, target in targets.items()
    ]


def _checks() -> list[sa.CheckConstraint]:
    conditions = {
        "status": "status IN ('proposed','released','exported','executed','cancelled','returned')",
        "amount": "amount_cents > 0",
        "four_eyes": "released_by <> proposed_by",
        "released": "status NOT IN ('released','exported','executed') OR released_by IS NOT NULL",
        "exported": "status NOT IN ('exported','executed') OR bank_file_id IS NOT NULL",
        "executed": "status <> 'executed' OR executed_on IS NOT NULL",
        "iban_sealed": "sealed_iban LIKE 'gAAAA%'",
        "iban_masked": "iban_mask LIKE '____ •••• ____'",
    }
    return [
        sa.CheckConstraint(condition, name=op.f(f"ck_fund_returns_{name}"))
        for name, condition in conditions.items()
    ]
