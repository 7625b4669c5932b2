"""Create the letters that tell an applicant on paper how a case goes."""

import sqlalchemy as sa
from alembic import op

revision = "0127"
down_revision = "0126"
branch_labels = None
depends_on = None

TRIGGERS = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON case_letters"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON case_letters"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
)


def upgrade() -> None:
    op.create_table(
        "case_letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('views_extension','intention_end','completion_question','term_extension',"
            "'proof_question','proof_extension','proof_finding','payment_notice')",
            name=op.f("ck_case_letters_kind"),
        ),
        sa.CheckConstraint("number <> '' AND facts <> ''", name=op.f("ck_case_letters_content")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_case_letters_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_case_letters_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["persons.id"], name=op.f("fk_case_letters_signed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_letters")),
    )
    op.create_index(
        "ix_case_letters_application_id", "case_letters", ["application_id", "written_at"]
    )
    for statement in TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("case_letters")
