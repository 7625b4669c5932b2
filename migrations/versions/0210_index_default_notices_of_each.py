"""Index default notices of each: who applied and everybody who objected have one of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0210"
down_revision = "0209"
branch_labels = None
depends_on = None

OPEN = sa.text("status <> 'sent'")


def upgrade() -> None:
    op.create_index(
        "uq_default_notices_open_of_each",
        "default_notices",
        ["application_id", "objection_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=OPEN,
    )
    op.drop_index("uq_default_notices_open", "default_notices")


def downgrade() -> None:
    raise RuntimeError("Notices of several people can be open by now: they are all theirs.")
