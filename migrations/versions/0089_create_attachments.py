"""Create the files that people add to what they ask or give."""

import sqlalchemy as sa
from alembic import op

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

CHECKS = {
    "scan": "scan IN ('waiting','clean','refused','unscanned')",
    "size": "size > 0",
    "sha256": "sha256 ~ '^[0-9a-f]{64}$'",
    "one_owner": "num_nonnulls(application_id, payee_id) <= 1",
    "owner": "(submitted_at IS NULL) = (num_nonnulls(application_id, payee_id) = 0)",
    "objection": "objection_id IS NULL OR application_id IS NOT NULL",
    "removal": "(removed_at IS NULL) = (removed_by IS NULL)",
    "stays": "removed_at IS NULL OR submitted_at IS NULL",
}
POINTS = {
    "uploader_id": "persons",
    "campaign_id": "campaigns",
    "application_id": "applications",
    "objection_id": "objections",
    "payee_id": "payees",
    "removed_by": "persons",
}


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("uploader_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=True),
        sa.Column("objection_id", sa.Uuid(), nullable=True),
        sa.Column("payee_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("scan", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), server_default="", nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("key", name=op.f("uq_attachments_key")),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_attachments_{name}"))
            for name, condition in CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_attachments_{column}_{table}")
            )
            for column, table in POINTS.items()
        ),
    )
    op.create_index("ix_attachments_application_id", "attachments", ["application_id"])
    op.create_index("ix_attachments_payee_id", "attachments", ["payee_id"])
    op.create_index(
        "ix_attachments_draft",
        "attachments",
        ["form", "uploader_id"],
        postgresql_where=sa.text("submitted_at IS NULL"),
    )
    op.create_index(
        "ix_attachments_waiting",
        "attachments",
        ["added_at"],
        postgresql_where=sa.text("scan = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("attachments")
