"""Add the checks that a live match rests on an announced award, and stays within its maximum."""

from alembic import op

revision = "0084"
down_revision = "0083"
branch_labels = None
depends_on = None

CHECKS = {
    "maximum": "(granted_at IS NULL) = (maximum_cents IS NULL) AND maximum_cents > 0",
    "awarded_first": "NOT live OR match_cents = 0 OR kept_before_award OR "
    "(granted_at IS NOT NULL AND match_cents <= maximum_cents)",
    "fixed": "fixed_cents BETWEEN 0 AND maximum_cents",
}


def upgrade() -> None:
    for name, condition in CHECKS.items():
        op.create_check_constraint(
            op.f(f"ck_campaign_matches_{name}"), "campaign_matches", condition
        )


def downgrade() -> None:
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_campaign_matches_{name}"), "campaign_matches")
