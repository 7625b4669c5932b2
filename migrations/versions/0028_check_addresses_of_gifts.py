"""Check that the address of every new gift is in lower case."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without validation this needs no scan of the table, so gifts wait only a moment.
    op.create_check_constraint(
        op.f("ck_pledges_email"), "pledges", "email = lower(email)", postgresql_not_valid=True
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_pledges_email"), "pledges")
