"""Write the awards that were announced before, and mark what live funds kept without one."""

from alembic import op

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None

GRANT = """
    UPDATE campaign_matches AS m SET
        granted_at = d.sent_at, maximum_cents = GREATEST(m.match_cents, d.most_cents)
    FROM (
        SELECT application_id, min(sent_at) AS sent_at, max(amount_cents) AS most_cents
        FROM decisions WHERE status = 'sent' AND kind IN ('award', 'partial_award')
        GROUP BY application_id
    ) AS d
    WHERE d.application_id = m.application_id AND m.status IN ('awarded', 'committed', 'received')
"""
MARK = """
    UPDATE campaign_matches SET kept_before_award = true
    WHERE live AND match_cents > 0 AND granted_at IS NULL
"""


def upgrade() -> None:
    op.execute(GRANT)
    op.execute(MARK)


def downgrade() -> None:
    """The columns go with the migration before this one."""
