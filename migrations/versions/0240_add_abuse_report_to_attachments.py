"""Let a file go with a report of abuse: nobody known sent it, and it ends with the report."""

import sqlalchemy as sa
from alembic import op

revision = "0240"
down_revision = "0239"
branch_labels = None
depends_on = None

OWNERS = "application_id, payee_id"
MORE = f"{OWNERS}, abuse_report_id"


def upgrade() -> None:
    op.add_column("attachments", sa.Column("abuse_report_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_attachments_abuse_report_id_abuse_reports"),
        "attachments",
        "abuse_reports",
        ["abuse_report_id"],
        ["id"],
        ondelete="CASCADE",
    )
    op.create_index("ix_attachments_abuse_report_id", "attachments", ["abuse_report_id"])
    op.alter_column("attachments", "uploader_id", nullable=True)
    _check(MORE)
    op.create_check_constraint(
        op.f("ck_attachments_uploader"),
        "attachments",
        "(uploader_id IS NULL) = (abuse_report_id IS NOT NULL)",
    )


def downgrade() -> None:
    raise RuntimeError("Files of reports can't be told from others without their column.")


def _check(owners: str) -> None:
    for name in ("one_owner", "owner"):
        op.drop_constraint(op.f(f"ck_attachments_{name}"), "attachments")
    op.create_check_constraint(
        op.f("ck_attachments_one_owner"), "attachments", f"num_nonnulls({owners}) <= 1"
    )
    op.create_check_constraint(
        op.f("ck_attachments_owner"),
        "attachments",
        f"(submitted_at IS NULL) = (num_nonnulls({owners}) = 0)",
    )
