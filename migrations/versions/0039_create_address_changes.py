"""Create the changes of a person's address that were asked for, until both ends have had a say."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "address_changes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("old_email", sa.String(), nullable=False),
        sa.Column("new_email", sa.String(), nullable=False),
        sa.Column("confirm_hash", sa.String(), nullable=False),
        sa.Column("stop_hash", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "new_email = lower(new_email) AND new_email <> old_email",
            name=op.f("ck_address_changes_new_email"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(confirmed_at, stopped_at) <= 1", name=op.f("ck_address_changes_one_end")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["persons.id"], name=op.f("fk_address_changes_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_address_changes_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address_changes")),
        sa.UniqueConstraint("confirm_hash", name=op.f("uq_address_changes_confirm_hash")),
        sa.UniqueConstraint("stop_hash", name=op.f("uq_address_changes_stop_hash")),
    )
    op.create_index(
        "uq_address_changes_open",
        "address_changes",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NULL AND stopped_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("address_changes")
