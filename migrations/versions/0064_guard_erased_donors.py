"""Guard gifts: what has no address of its donor has nothing else of them either."""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_check_constraint(
        op.f("ck_pledges_erased"),
        "pledges",
        "email IS NOT NULL OR (name = '' AND message = '' AND NOT name_public"
        " AND postcode IS NULL AND donor_id IS NULL)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_pledges_erased"), "pledges")
