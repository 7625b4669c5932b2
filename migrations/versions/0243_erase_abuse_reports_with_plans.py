"""Let reports of abuse go with a plan that is erased: what a funder remarked stood at a draft."""

from alembic import op

revision = "0243"
down_revision = "0242"
branch_labels = None
depends_on = None

NAME = "fk_abuse_reports_campaign_id_campaigns"


def upgrade() -> None:
    op.drop_constraint(op.f(NAME), "abuse_reports")
    op.create_foreign_key(
        op.f(NAME), "abuse_reports", "campaigns", ["campaign_id"], ["id"], ondelete="CASCADE"
    )


def downgrade() -> None:
    op.drop_constraint(op.f(NAME), "abuse_reports")
    op.create_foreign_key(op.f(NAME), "abuse_reports", "campaigns", ["campaign_id"], ["id"])
