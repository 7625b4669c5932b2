"""Create the text search configuration for Dutch that ignores accents."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE EXTENSION IF NOT EXISTS unaccent")
    op.execute("CREATE TEXT SEARCH CONFIGURATION vjb_dutch (COPY = dutch)")
    op.execute(
        "ALTER TEXT SEARCH CONFIGURATION vjb_dutch"
        " ALTER MAPPING FOR hword, hword_part, word WITH unaccent, dutch_stem"
    )


def downgrade() -> None:
    op.execute("DROP TEXT SEARCH CONFIGURATION vjb_dutch")
