"""Check what reports of abuse are about anew: what a funder remarked about a plan, too."""

from alembic import op

revision = "0242"
down_revision = "0241"
branch_labels = None
depends_on = None

CHECK = "ck_abuse_reports_thing"
BEFORE = "thing IN ('campaign','update','question','gift_message')"
NOW = "thing IN ('campaign','update','question','gift_message','funder_remark')"


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "abuse_reports")
    op.create_check_constraint(op.f(CHECK), "abuse_reports", NOW)


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), "abuse_reports")
    op.create_check_constraint(op.f(CHECK), "abuse_reports", BEFORE, postgresql_not_valid=True)
