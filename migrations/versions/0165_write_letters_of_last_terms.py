"""Let a letter about a case be of a last term to account."""

from alembic import op

revision = "0165"
down_revision = "0164"
branch_labels = None
depends_on = None

CHECK = "ck_case_letters_kind"
OLD_KINDS = (
    "kind IN ('views_extension','intention_end','completion_question','term_extension',"
    "'proof_question','proof_extension','proof_finding','payment_notice')"
)
KINDS = OLD_KINDS.removesuffix(")") + ",'last_term')"


def upgrade() -> None:
    op.drop_constraint(op.f(CHECK), "case_letters")
    op.create_check_constraint(op.f(CHECK), "case_letters", KINDS)


def downgrade() -> None:
    op.execute("ALTER TABLE case_letters DISABLE TRIGGER append_only")
    op.execute("DELETE FROM case_letters WHERE kind = 'last_term'")
    op.execute("ALTER TABLE case_letters ENABLE TRIGGER append_only")
    op.drop_constraint(op.f(CHECK), "case_letters")
    op.create_check_constraint(op.f(CHECK), "case_letters", OLD_KINDS)
