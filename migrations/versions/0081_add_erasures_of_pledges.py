"""Add what gifts of one erased donor have in common, and what an address is still kept for, to pledges.

Both are empty for all gifts of before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("pledges", sa.Column("erased_as", sa.Uuid(), nullable=True))
    op.add_column("pledges", sa.Column("address_kept_for", sa.String(), nullable=True))
    op.create_check_constraint(
        op.f("ck_pledges_address_kept"),
        "pledges",
        "address_kept_for IS NULL OR (address_kept_for IN ('payment','campaign')"
        " AND num_nonnulls(email, erased_as) = 2 AND name = '' AND message = ''"
        " AND NOT name_public AND postcode IS NULL AND donor_id IS NULL)",
    )
    op.create_index(
        "ix_pledges_address_kept",
        "pledges",
        ["address_kept_for"],
        postgresql_where=sa.text("address_kept_for IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_pledges_address_kept", "pledges")
    op.drop_constraint(op.f("ck_pledges_address_kept"), "pledges")
    op.drop_column("pledges", "address_kept_for")
    op.drop_column("pledges", "erased_as")
