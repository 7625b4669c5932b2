"""Index the audit trail by municipality, for the page on which each reads its own.

Beside reading and writing: the trail is the table that grows most.
"""

from alembic import op

revision = "0117"
down_revision = "0116"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_audit_events_municipality_id", "audit_events", ["municipality_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_audit_events_municipality_id", "audit_events")
