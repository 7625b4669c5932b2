"""Let an application be expired: awarded to a campaign that did not succeed."""

from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_constraint(op.f("ck_applications_status"), "applications")
    # Without validation this needs no scan of the table, so applications wait only a moment.
    op.create_check_constraint(
        op.f("ck_applications_status"),
        "applications",
        "status IN ('received','incomplete','admitted','proposed','awarded','refused',"
        "'withdrawn','revoked','accounted','determined','expired')",
        postgresql_not_valid=True,
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_applications_status"), "applications")
    op.create_check_constraint(
        op.f("ck_applications_status"),
        "applications",
        "status IN ('received','incomplete','admitted','proposed','awarded','refused',"
        "'withdrawn','revoked','accounted','determined')",
    )
