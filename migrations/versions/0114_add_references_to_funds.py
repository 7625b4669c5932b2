"""Let a fund say where its scheme and its ceiling were published."""

import sqlalchemy as sa
from alembic import op

revision = "0114"
down_revision = "0113"
branch_labels = None
depends_on = None

COLUMNS = ("scheme_reference", "ceiling_reference")


def upgrade() -> None:
    for name in COLUMNS:
        op.add_column("funds", sa.Column(name, sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    for name in reversed(COLUMNS):
        op.drop_column("funds", name)
