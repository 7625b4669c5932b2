"""Fill in on which day matches were paid out, from the payouts that took them along."""

from alembic import op

revision = "0170"
down_revision = "0169"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A payout takes along all that is payable, so the first one after a match was owed paid it.
    op.execute(
        """
        UPDATE campaign_matches AS of_match SET paid_on = (
            SELECT min(executed_on) FROM payouts
            WHERE payouts.campaign_id = of_match.campaign_id AND payouts.status = 'executed'
              AND payouts.proposed_at >= of_match.committed_at
        )
        WHERE status IN ('committed', 'received')
        """
    )


def downgrade() -> None:
    """The column goes with the migration before."""
