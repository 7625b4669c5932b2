"""Add to proposals of roles the right to appoint, the role they change, and who may give what.

An officer is appointed by officers of the municipality; staff give nothing but the right to
appoint. On proposals of before nothing says as what they were made: those of officers that wait
are not confirmed any more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

TABLE = "role_proposals"
CHECKS = {
    "appoints": "NOT may_appoint OR role = 'officer'",
    "replacement": "replaces_id IS NULL OR role = 'officer'",
    "capacities": "proposed_as IN ('officer','staff') AND confirmed_as IN ('officer','staff')",
    "municipal": "role <> 'officer'"
    " OR (proposed_as = 'officer' AND (confirmed_at IS NULL OR confirmed_as = 'officer'))"
    " OR (may_appoint AND (replaces_id IS NOT NULL OR coalesce(mandate_limit_cents, 0) = 0))",
}


def upgrade() -> None:
    op.add_column(
        TABLE, sa.Column("may_appoint", sa.Boolean(), nullable=False, server_default="false")
    )
    op.add_column(TABLE, sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.add_column(TABLE, sa.Column("email", sa.String(), nullable=True))
    op.add_column(TABLE, sa.Column("proposed_as", sa.String(), nullable=True))
    op.add_column(TABLE, sa.Column("confirmed_as", sa.String(), nullable=True))
    op.create_foreign_key(
        op.f(f"fk_{TABLE}_replaces_id"), TABLE, "role_grants", ["replaces_id"], ["id"]
    )
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE, condition)


def downgrade() -> None:
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_{TABLE}_{name}"), TABLE)
    op.drop_constraint(op.f(f"fk_{TABLE}_replaces_id"), TABLE)
    for column in ("confirmed_as", "proposed_as", "email", "replaces_id", "may_appoint"):
        op.drop_column(TABLE, column)
