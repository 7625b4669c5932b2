"""Create near misses: the changed plan of a campaign that nearly made it, and what donors chose."""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

# A choice to take a gift back is final: its money is on its way.
FUNCTION = """
    CREATE FUNCTION near_miss_answers_keep_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR OLD.answer = 'back'
            OR NEW.near_miss_id <> OLD.near_miss_id OR NEW.pledge_id <> OLD.pledge_id THEN
            RAISE EXCEPTION 'an answer of a donor is never overruled'
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGER = (
    "CREATE TRIGGER near_miss_answers_keep_final BEFORE UPDATE OR DELETE ON near_miss_answers"
    " FOR EACH ROW EXECUTE FUNCTION near_miss_answers_keep_final()"
)
CHECKS = {
    "cause": "cause IN ('deadline','match','gift')",
    "state": "state IN ('planning','review','asking','closing','over')",
    "outcome": "outcome IN ('success','failure','stop')",
    "amounts": "begun_crowd_cents >= 0 AND begun_match_cents >= 0 AND old_minimum_cents > 0",
    # Never below what the changed budget costs, and never above what was promised before.
    "minimum": "minimum_cents > 0 AND minimum_cents <= old_minimum_cents"
    " AND minimum_cents >= least(budget_cents, old_minimum_cents)",
    "plan": "state IN ('planning','over') OR num_nulls(minimum_cents, budget_cents, sent_at) = 0",
    "sent": "(sent_at IS NULL) = (sent_by IS NULL)",
    "review": "(reviewed_at IS NULL) = (reviewed_by IS NULL)",
    "two_people": "reviewed_by <> sent_by",
    "asked": "state NOT IN ('asking','closing') OR asked_at IS NOT NULL",
    # Fourteen days, and the hour that the clock may go back in them.
    "term": "plan_due_at <= review_due_at AND review_due_at < ends_at"
    " AND ends_at <= begun_at + interval '14 days 1 hour'",
    "over": "(state = 'over') = (outcome IS NOT NULL) AND (outcome IS NULL) = (decided_at IS NULL)",
}


def upgrade() -> None:
    op.create_table(
        "near_misses",
        *_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_near_misses")),
        *_references(),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_near_misses_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index(
        "uq_near_misses_open",
        "near_misses",
        ["campaign_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'over'"),
    )
    op.create_index("ix_near_misses_campaign_id", "near_misses", ["campaign_id"])
    op.create_table(
        "near_miss_lines",
        sa.Column("near_miss_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("old_cents", sa.BigInteger(), nullable=False),
        sa.Column("new_cents", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("near_miss_id", "position", name=op.f("pk_near_miss_lines")),
        sa.ForeignKeyConstraint(
            ["near_miss_id"], ["near_misses.id"], name=op.f("fk_near_miss_lines_near_miss_id")
        ),
        sa.CheckConstraint(
            "new_cents >= 0 AND new_cents <= old_cents", name=op.f("ck_near_miss_lines_lower")
        ),
    )
    op.create_table(
        "near_miss_answers",
        sa.Column("near_miss_id", sa.Uuid(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("near_miss_id", "pledge_id", name=op.f("pk_near_miss_answers")),
        sa.ForeignKeyConstraint(
            ["near_miss_id"], ["near_misses.id"], name=op.f("fk_near_miss_answers_near_miss_id")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("fk_near_miss_answers_pledge_id")
        ),
        sa.CheckConstraint(
            "answer IN ('keep','more','back')", name=op.f("ck_near_miss_answers_answer")
        ),
    )
    op.create_index("ix_near_miss_answers_pledge_id", "near_miss_answers", ["pledge_id"])
    op.execute(FUNCTION)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.drop_table("near_miss_answers")
    op.drop_table("near_miss_lines")
    op.drop_table("near_misses")
    op.execute("DROP FUNCTION near_miss_answers_keep_final()")


def _columns() -> list[sa.Column[object]]:
    moments = ("begun_at", "plan_due_at", "review_due_at", "ends_at")
    later_moments = ("sent_at", "reviewed_at", "asked_at", "closed_at", "decided_at")
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        *[sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in moments],
        sa.Column("begun_crowd_cents", sa.BigInteger(), nullable=False),
        sa.Column("begun_match_cents", sa.BigInteger(), nullable=False),
        sa.Column("old_minimum_cents", sa.BigInteger(), nullable=False),
        sa.Column("left_out", sa.String(), server_default="", nullable=False),
        sa.Column("budget_cents", sa.BigInteger(), nullable=True),
        sa.Column("minimum_cents", sa.BigInteger(), nullable=True),
        sa.Column("asks_rest", sa.Boolean(), server_default="false", nullable=False),
        *[sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in later_moments],
        sa.Column("sent_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("decided_crowd_cents", sa.BigInteger(), nullable=True),
        sa.Column("decided_match_cents", sa.BigInteger(), nullable=True),
    ]


def _references() -> list[sa.ForeignKeyConstraint]:
    targets = {
        "campaign_id": "campaigns.id",
        "municipality_id": "municipalities.id",
        "sent_by": "persons.id",
        "reviewed_by": "persons.id",
    }
    return [
        sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_near_misses_{column}"))
        for column, target in targets.items()
    ]
