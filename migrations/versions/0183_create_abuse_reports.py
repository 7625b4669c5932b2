"""Create the reports of abuse, and keep what was reported and decided as it was."""

import sqlalchemy as sa
from alembic import op

revision = "0183"
down_revision = "0182"
branch_labels = None
depends_on = None

POINTS = {
    "campaign_id": "campaigns",
    "taken_by": "persons",
    "asked_by": "persons",
    "decided_by": "persons",
}
CHECKS = {
    "thing": "thing IN ('campaign','update','question','gift_message')",
    "reason": "reason IN ('danger','fraud','hate','privacy','copy','advertising','other')",
    "text": "text <> ''",
    "email_lower": "email = lower(email)",
    "taken": "num_nonnulls(taken_at, taken_by) <> 1",
    "asked": "num_nonnulls(asked_at, asked_by) <> 1 AND (asked_at IS NULL) = (question = '')",
    "replied": (
        "(replied_at IS NULL) = (reply = '') AND (replied_at IS NULL OR asked_at IS NOT NULL)"
    ),
    "decided": (
        "num_nonnulls(outcome, decided_at, decided_by) IN (0, 3)"
        " AND (outcome IS NULL) = (answer = '')"
    ),
    "outcome": "outcome IN ('dismissal','measure')",
    "measure": "measure IN ('hide','pause','stop')",
    "measure_fits": (
        "(measure IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'measure')"
        " AND (measure IS NULL) = (statement = '')"
        " AND (measure <> 'hide' OR thing <> 'campaign')"
    ),
    "bad_faith": "NOT in_bad_faith OR outcome IS NOT DISTINCT FROM 'dismissal'",
}


def upgrade() -> None:
    op.create_table(
        "abuse_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(), server_default="", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_hash", sa.String(), nullable=True),
        sa.Column("reply", sa.String(), server_default="", nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("in_bad_faith", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("statement", sa.String(), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_abuse_reports")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_abuse_reports_token_hash")),
        sa.UniqueConstraint("asked_hash", name=op.f("uq_abuse_reports_asked_hash")),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_abuse_reports_{name}"))
            for name, check in CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_abuse_reports_{column}_{table}")
            )
            for column, table in POINTS.items()
        ),
    )
    op.create_index(
        "ix_abuse_reports_waiting",
        "abuse_reports",
        ["reported_at"],
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_index("ix_abuse_reports_campaign_id", "abuse_reports", ["campaign_id", "reported_at"])
    op.create_index("ix_abuse_reports_email", "abuse_reports", ["email"])
    op.create_index("ix_abuse_reports_decided_at", "abuse_reports", ["decided_at"])
    op.execute(
        """
        CREATE FUNCTION abuse_reports_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (NEW.campaign_id, NEW.thing, NEW.thing_id, NEW.reason, NEW.text, NEW.shown,
                NEW.reported_at) IS DISTINCT FROM (OLD.campaign_id, OLD.thing, OLD.thing_id,
                OLD.reason, OLD.text, OLD.shown, OLD.reported_at)
                OR OLD.asked_at IS NOT NULL AND (NEW.question, NEW.asked_at, NEW.asked_by)
                IS DISTINCT FROM (OLD.question, OLD.asked_at, OLD.asked_by)
                OR OLD.replied_at IS NOT NULL AND (NEW.reply, NEW.replied_at)
                IS DISTINCT FROM (OLD.reply, OLD.replied_at)
                OR OLD.outcome IS NOT NULL AND (NEW.outcome, NEW.measure, NEW.in_bad_faith,
                NEW.answer, NEW.statement, NEW.decided_at, NEW.decided_by, NEW.reply)
                IS DISTINCT FROM (OLD.outcome, OLD.measure, OLD.in_bad_faith, OLD.answer,
                OLD.statement, OLD.decided_at, OLD.decided_by, OLD.reply)
            THEN
                RAISE EXCEPTION 'report %: % refused', OLD.id, TG_OP
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'abuse_report_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER fixed BEFORE UPDATE ON abuse_reports"
        " FOR EACH ROW EXECUTE FUNCTION abuse_reports_refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("abuse_reports")
    op.execute("DROP FUNCTION abuse_reports_refuse_change()")
