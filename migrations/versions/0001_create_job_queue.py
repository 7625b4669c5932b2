"""Create the job queue: procrastinate's schema, version 3.10.0, frozen."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SCHEMA = Path(__file__).parents[1] / "sql" / "procrastinate_3.10.0.sql"


def upgrade() -> None:
    # On the driver's own cursor: the file is full of percent signs and colons that SQLAlchemy
    # would read as parameters.
    with op.get_bind().connection.cursor() as cursor:
        cursor.execute(SCHEMA.read_bytes())


def downgrade() -> None:
    raise RuntimeError("The first migration is not undone: drop the database instead.")
