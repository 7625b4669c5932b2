"""Let the letter about an intention go by post."""

from alembic import op

revision = "0121"
down_revision = "0120"
branch_labels = None
depends_on = None

CHECK = "ck_posted_letters_kind"
KINDS = (
    "kind IN ('intention','decision','ruling','penalty','objection_receipt',"
    "'objection_question','objection_invitation','objection_extension',"
    "'objection_consent','paper_confirmation')"
)
OLD_KINDS = KINDS.replace("'intention',", "")


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "posted_letters")
    op.create_check_constraint(op.f(CHECK), "posted_letters", KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM posted_letters WHERE kind = 'intention'")
    op.drop_constraint(op.f(CHECK), "posted_letters")
    op.create_check_constraint(op.f(CHECK), "posted_letters", OLD_KINDS)
