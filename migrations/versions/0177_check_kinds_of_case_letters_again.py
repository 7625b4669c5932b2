"""Check the kinds of letters about a case anew: they tell that objections of others are over."""

from alembic import op

revision = "0177"
down_revision = "0176"
branch_labels = None
depends_on = None

CHECK = "ck_case_letters_kind"
NEW = "'other_withdrawal'"
OLD_KINDS = (
    "kind IN ('views_extension','intention_end','completion_question','term_extension',"
    "'proof_question','proof_extension','proof_finding','payment_notice','last_term',"
    "'other_objection','other_hearing','other_extension','other_ruling')"
)
KINDS = OLD_KINDS.removesuffix(")") + f",{NEW})"


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "case_letters")
    op.create_check_constraint(op.f(CHECK), "case_letters", KINDS)


def downgrade() -> None:
    op.drop_constraint(op.f(CHECK), "case_letters")
    # What was written stays: these letters can't be changed or deleted.
    op.create_check_constraint(op.f(CHECK), "case_letters", OLD_KINDS, postgresql_not_valid=True)
