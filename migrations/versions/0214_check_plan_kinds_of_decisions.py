"""Check the kinds of decisions anew: the plan of an award can change, and its amount then stays."""

from alembic import op

revision = "0214"
down_revision = "0213"
branch_labels = None
depends_on = None

BEFORE = (
    "kind IN ('award','partial_award','refusal','withdrawal','determination',"
    "'lower_determination','clawback','award_change','determination_change','interest',"
    "'interest_owed')"
)
NOW = BEFORE.replace("'interest_owed')", "'interest_owed','plan_change','plan_refusal')")
PLAN = (
    "kind NOT IN ('plan_change','plan_refusal') OR "
    "(amount_cents = before_cents AND amount_cents > 0 AND grounds = '[]'::jsonb "
    "AND (kind = 'plan_change' OR reason <> ''))"
)


def upgrade() -> None:
    # Without validation this needs no scan of the table; the next migration looks.
    _check_kinds(NOW)
    op.create_check_constraint(
        op.f("ck_decisions_plan"), "decisions", PLAN, postgresql_not_valid=True
    )


def downgrade() -> None:
    # Refused by PostgreSQL where such a decision was made: none is left without its kind.
    op.drop_constraint(op.f("ck_decisions_plan"), "decisions")
    _check_kinds(BEFORE)
    op.execute("ALTER TABLE decisions VALIDATE CONSTRAINT ck_decisions_kind")


def _check_kinds(kinds: str) -> None:
    op.drop_constraint(op.f("ck_decisions_kind"), "decisions")
    op.create_check_constraint(
        op.f("ck_decisions_kind"), "decisions", kinds, postgresql_not_valid=True
    )
