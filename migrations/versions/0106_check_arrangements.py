"""Add the checks on how subsidies are accounted for; what is there is validated next."""

from alembic import op

revision = "0106"
down_revision = "0105"
branch_labels = None
depends_on = None

CHECKS = {
    ("applications", "arrangement"): (
        "arrangement IN ('direct','ex_officio','activities','costs')"
    ),
    ("applications", "arrangement_weeks"): (
        "(arrangement IS NULL) = (arrangement_weeks IS NULL) AND arrangement_weeks >= 0"
    ),
    ("fund_versions", "arrangements"): "arrangements <> '[]'::jsonb",
}


def upgrade() -> None:
    for (table, name), condition in CHECKS.items():
        op.create_check_constraint(
            op.f(f"ck_{table}_{name}"), table, condition, postgresql_not_valid=True
        )


def downgrade() -> None:
    for table, name in CHECKS:
        op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
