"""Check the kinds of decisions anew: an award and a determination can be changed."""

from alembic import op

revision = "0110"
down_revision = "0109"
branch_labels = None
depends_on = None

KINDS = (
    "kind IN ('award','partial_award','refusal','withdrawal','determination',"
    "'lower_determination','clawback','award_change','determination_change')"
)
REASON = (
    "kind NOT IN ('refusal','partial_award','withdrawal','lower_determination','clawback',"
    "'award_change','determination_change') OR reason <> ''"
)
CHANGE = "kind NOT IN ('award_change','determination_change') OR amount_cents < before_cents"
TERMS = (
    "compensation_cents >= 0 AND (kind = 'award_change' OR "
    "(effect_on IS NULL AND compensation_cents = 0)) AND "
    "(kind = 'determination_change' OR breach_on IS NULL)"
)


def upgrade() -> None:
    op.drop_constraint(op.f("ck_decisions_kind"), "decisions")
    op.drop_constraint(op.f("ck_decisions_reason"), "decisions")
    checks = {"kind": KINDS, "reason": REASON, "change": CHANGE, "terms": TERMS}
    for name, condition in checks.items():
        # Without validation this needs no scan of the table; the next migration looks.
        op.create_check_constraint(
            op.f(f"ck_decisions_{name}"), "decisions", condition, postgresql_not_valid=True
        )


def downgrade() -> None:
    raise RuntimeError("Decisions that changed an award are never left without their kind.")
