"""Let letters about a last term to account be posted."""

from alembic import op

revision = "0166"
down_revision = "0165"
branch_labels = None
depends_on = None

CHECK = "ck_posted_letters_kind"
OLD_KINDS = (
    "kind IN ('intention','decision','ruling','penalty','objection_receipt',"
    "'objection_question','objection_invitation','objection_extension',"
    "'objection_consent','paper_confirmation','views_extension','intention_end',"
    "'completion_question','term_extension','proof_question','proof_extension','proof_finding',"
    "'payment_notice')"
)
KINDS = OLD_KINDS.removesuffix(")") + ",'last_term')"


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "posted_letters")
    op.create_check_constraint(op.f(CHECK), "posted_letters", KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM posted_letters WHERE kind = 'last_term'")
    op.drop_constraint(op.f(CHECK), "posted_letters")
    op.create_check_constraint(op.f(CHECK), "posted_letters", OLD_KINDS)
