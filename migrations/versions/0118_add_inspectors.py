"""Let somebody be the auditor of one municipality: a role that reads there and does nothing."""

from alembic import op

revision = "0118"
down_revision = "0117"
branch_labels = None
depends_on = None

CHECKS = {
    "role_grants": {
        "role": (
            "role IN ('coach','officer','staff','auditor')",
            "role IN ('coach','officer','staff','auditor','inspector')",
        ),
        "officer_place": (
            "role <> 'officer' OR municipality_id IS NOT NULL",
            "role NOT IN ('officer','inspector') OR municipality_id IS NOT NULL",
        ),
    },
    "role_proposals": {
        "role": (
            "role IN ('officer','staff','auditor')",
            "role IN ('officer','staff','auditor','inspector')",
        ),
        "officer_place": (
            "(role = 'officer') = (municipality_id IS NOT NULL)",
            "(role IN ('officer','inspector')) = (municipality_id IS NOT NULL)",
        ),
    },
}
"""By table and name: before, and now. Both tables are short."""


def upgrade() -> None:
    _check(1)


def downgrade() -> None:
    _check(0)


def _check(which: int) -> None:
    for table, checks in CHECKS.items():
        for name, conditions in checks.items():
            op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
            op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, conditions[which])
