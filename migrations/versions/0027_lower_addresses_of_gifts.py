"""Write the addresses of earlier gifts in lower case: one address is one donor."""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE pledges SET email = lower(email) WHERE email <> lower(email)")


def downgrade() -> None:
    """How they were typed is not known any more, and told nothing."""
