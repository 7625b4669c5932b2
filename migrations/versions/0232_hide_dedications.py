"""Let staff hide the words of a dedication, beside a donor's name and message."""

from alembic import op

revision = "0232"
down_revision = "0231"
branch_labels = None
depends_on = None

NAME = "ck_hidden_words_part"


def upgrade() -> None:
    _check("part IN ('name','message','dedication')")


def downgrade() -> None:
    op.execute("DELETE FROM hidden_words WHERE part = 'dedication'")
    _check("part IN ('name','message')")


def _check(condition: str) -> None:
    op.execute(f"ALTER TABLE hidden_words DROP CONSTRAINT {NAME}")
    op.execute(f"ALTER TABLE hidden_words ADD CONSTRAINT {NAME} CHECK ({condition}) NOT VALID")
