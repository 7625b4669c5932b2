"""Write what decisions that were sent before say that a campaign may keep."""

from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

SETTLE = """
    UPDATE campaign_matches AS m SET settled_cents = d.amount_cents
    FROM (
        SELECT DISTINCT ON (application_id) application_id, kind, amount_cents
        FROM decisions WHERE status = 'sent' AND kind <> 'clawback'
        ORDER BY application_id, sent_at DESC, id DESC
    ) AS d
    WHERE d.application_id = m.application_id
    AND d.kind IN ('determination', 'lower_determination', 'withdrawal')
"""


def upgrade() -> None:
    op.execute(SETTLE)


def downgrade() -> None:
    """The column goes with the migration before this one."""
