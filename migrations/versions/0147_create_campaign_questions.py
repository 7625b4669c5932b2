"""Create the questions that anybody asks about a campaign, and keep what was answered as it is."""

import sqlalchemy as sa
from alembic import op

revision = "0147"
down_revision = "0146"
branch_labels = None
depends_on = None

POINTS = {"campaign_id": "campaigns", "answered_by": "persons", "hidden_by": "persons"}
CHECKS = {
    "text": "text <> ''",
    "email_lower": "email = lower(email)",
    "asker": "answered_at IS NOT NULL OR email IS NOT NULL",
    "confirmed": "answered_at IS NULL OR confirmed_at IS NOT NULL",
    "answered": (
        "num_nonnulls(answered_at, answered_by) IN (0, 2) AND (answered_at IS NULL) = (answer = '')"
    ),
    "hidden": (
        "(hidden_at IS NULL) = (hidden_reason IS NULL) AND (hidden_at IS NULL OR"
        " (confirmed_at IS NOT NULL AND hidden_reason <> ''))"
    ),
}


def upgrade() -> None:
    op.create_table(
        "campaign_questions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), server_default="", nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_by", sa.Uuid(), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_questions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_campaign_questions_token_hash")),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_campaign_questions_{name}"))
            for name, check in CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_campaign_questions_{column}_{table}")
            )
            for column, table in POINTS.items()
        ),
    )
    op.create_index(
        "ix_campaign_questions_campaign_id", "campaign_questions", ["campaign_id", "confirmed_at"]
    )
    op.create_index("ix_campaign_questions_email", "campaign_questions", ["email"])
    op.execute(
        """
        CREATE FUNCTION campaign_questions_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.answered_at IS NOT NULL AND (NEW.campaign_id, NEW.text, NEW.answer,
                NEW.asked_at, NEW.confirmed_at, NEW.answered_at, NEW.answered_by)
                IS DISTINCT FROM (OLD.campaign_id, OLD.text, OLD.answer, OLD.asked_at,
                OLD.confirmed_at, OLD.answered_at, OLD.answered_by)
            THEN
                RAISE EXCEPTION 'question % was answered: % refused', OLD.id, TG_OP
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'campaign_question_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER fixed BEFORE UPDATE ON campaign_questions"
        " FOR EACH ROW EXECUTE FUNCTION campaign_questions_refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("campaign_questions")
    op.execute("DROP FUNCTION campaign_questions_refuse_change()")
