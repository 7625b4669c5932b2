"""Let letters about objections of others be posted."""

from alembic import op

revision = "0168"
down_revision = "0167"
branch_labels = None
depends_on = None

CHECK = "ck_posted_letters_kind"
NEW = "'other_objection','other_hearing','other_extension','other_ruling'"
OLD_KINDS = (
    "kind IN ('intention','decision','ruling','penalty','objection_receipt',"
    "'objection_question','objection_invitation','objection_extension',"
    "'objection_consent','paper_confirmation','views_extension','intention_end',"
    "'completion_question','term_extension','proof_question','proof_extension',"
    "'proof_finding','payment_notice','last_term')"
)
KINDS = OLD_KINDS.removesuffix(")") + f",{NEW})"


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "posted_letters")
    op.create_check_constraint(op.f(CHECK), "posted_letters", KINDS)


def downgrade() -> None:
    op.execute(f"DELETE FROM posted_letters WHERE kind IN ({NEW})")
    op.drop_constraint(op.f(CHECK), "posted_letters")
    op.create_check_constraint(op.f(CHECK), "posted_letters", OLD_KINDS)
