"""Check the kinds of what coach and initiator say anew: advice, and a nod that ends a wait."""

from alembic import op

revision = "0236"
down_revision = "0235"
branch_labels = None
depends_on = None

CHECK = "ck_review_notes_kind"
BEFORE = "kind IN ('question','answer','returned','approved','rejected')"
NOW = "kind IN ('question','answer','returned','approved','rejected','advice','nod')"


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "review_notes")
    op.create_check_constraint(op.f(CHECK), "review_notes", NOW)


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), "review_notes")
    # What was said stays: it can't be told in the words of before.
    op.create_check_constraint(op.f(CHECK), "review_notes", BEFORE, postgresql_not_valid=True)
