"""Let every letter go by post, not only that of a decision."""

import sqlalchemy as sa
from alembic import op

revision = "0103"
down_revision = "0102"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('decision','ruling','penalty','objection_receipt','objection_question',"
    "'objection_invitation','objection_extension','objection_consent','paper_confirmation')"
)


def upgrade() -> None:
    op.add_column(
        "posted_letters",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
    )
    op.add_column(
        "posted_letters", sa.Column("kind", sa.String(), server_default="decision", nullable=False)
    )
    op.add_column(
        "posted_letters", sa.Column("number", sa.String(), server_default="", nullable=False)
    )
    op.execute(
        "UPDATE posted_letters SET number = decisions.number"
        " FROM decisions WHERE decisions.id = posted_letters.decision_id"
    )
    for column in ("id", "kind", "number"):
        op.alter_column("posted_letters", column, server_default=None)
    op.drop_constraint(op.f("pk_posted_letters"), "posted_letters")
    op.drop_constraint(op.f("fk_posted_letters_decision_id_decisions"), "posted_letters")
    op.alter_column("posted_letters", "decision_id", new_column_name="subject_id")
    op.create_primary_key(op.f("pk_posted_letters"), "posted_letters", ["id"])
    op.create_unique_constraint(
        op.f("uq_posted_letters_subject_id_kind_address"),
        "posted_letters",
        ["subject_id", "kind", "address"],
    )
    op.create_check_constraint(op.f("ck_posted_letters_kind"), "posted_letters", KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM posted_letters WHERE kind <> 'decision'")
    op.drop_constraint(op.f("ck_posted_letters_kind"), "posted_letters")
    op.drop_constraint(op.f("uq_posted_letters_subject_id_kind_address"), "posted_letters")
    op.drop_constraint(op.f("pk_posted_letters"), "posted_letters")
    op.alter_column("posted_letters", "subject_id", new_column_name="decision_id")
    op.create_primary_key(op.f("pk_posted_letters"), "posted_letters", ["decision_id"])
    op.create_foreign_key(
        op.f("fk_posted_letters_decision_id_decisions"),
        "posted_letters",
        "decisions",
        ["decision_id"],
        ["id"],
    )
    for column in ("id", "kind", "number"):
        op.drop_column("posted_letters", column)
