"""Add the moment that a person was erased, to persons."""

import sqlalchemy as sa
from alembic import op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("persons", sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_persons_erased"),
        "persons",
        "(erased_at IS NOT NULL) = (email = id || '@erased.invalid') AND (erased_at IS NULL OR"
        " (name = '' AND num_nonnulls(password_hash, verified_at, blocked_at) = 0))",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_persons_erased"), "persons")
    op.drop_column("persons", "erased_at")
