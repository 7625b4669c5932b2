"""Create the questions that anybody asks about a fund, and keep what was answered as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0100"
down_revision = "0099"
branch_labels = None
depends_on = None

POINTS = {"fund_id": "funds", "municipality_id": "municipalities", "answered_by": "persons"}
CHECKS = {
    "status": "status IN ('sent','open','answered','declined')",
    "text": "text <> ''",
    "email_lower": "email = lower(email)",
    "confirmed": "(status = 'sent') = (confirmed_at IS NULL)",
    "answer_by": "(confirmed_at IS NULL) = (answer_by IS NULL)",
    "asker": "status NOT IN ('sent','open') OR email IS NOT NULL",
    "answered": (
        "num_nonnulls(answered_at, answered_by) IN (0, 2)"
        " AND (status IN ('answered','declined')) = (answered_at IS NOT NULL)"
        " AND (answered_at IS NULL) = (answer = '')"
    ),
    "public": "public_text = '' OR status = 'answered'",
}
FINAL = """
    CREATE FUNCTION fund_questions_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.answered_at IS NULL THEN
            RETURN COALESCE(NEW, OLD);
        END IF;
        IF TG_OP = 'DELETE' OR (NEW.fund_id, NEW.status, NEW.text, NEW.public_text, NEW.answer,
            NEW.asked_at, NEW.confirmed_at, NEW.answer_by, NEW.answered_at, NEW.answered_by)
            IS DISTINCT FROM (OLD.fund_id, OLD.status, OLD.text, OLD.public_text, OLD.answer,
            OLD.asked_at, OLD.confirmed_at, OLD.answer_by, OLD.answered_at, OLD.answered_by)
        THEN
            RAISE EXCEPTION 'question % was answered: % refused', OLD.id, TG_OP
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'question_final';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGER = """
    CREATE TRIGGER final BEFORE UPDATE OR DELETE ON fund_questions
        FOR EACH ROW EXECUTE FUNCTION fund_questions_final()
"""


def upgrade() -> None:
    op.create_table(
        "fund_questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.Column("public_text", sa.String(), server_default="", nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_questions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_fund_questions_token_hash")),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_fund_questions_{name}"))
            for name, check in CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_fund_questions_{column}_{table}")
            )
            for column, table in POINTS.items()
        ),
    )
    op.create_index("ix_fund_questions_fund_id", "fund_questions", ["fund_id", "answered_at"])
    op.create_index(
        "ix_fund_questions_waiting", "fund_questions", ["municipality_id", "status", "answer_by"]
    )
    op.execute(FINAL)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.drop_table("fund_questions")
    op.execute("DROP FUNCTION fund_questions_final()")
