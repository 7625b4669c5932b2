"""Erase the links that act for their readers from mails that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        sa.text(
            "UPDATE mail_messages SET context = context - 'path', text = '', html = ''"
            " WHERE template IN ('sign_in', 'campaign_draft', 'address_change_confirm',"
            " 'address_change_stop') AND num_nonnulls(sent_at, dropped_at) > 0"
        )
    )


def downgrade() -> None:
    pass
