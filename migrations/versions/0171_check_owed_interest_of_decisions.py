"""Check the kinds of decisions anew: a municipality can owe interest."""

from alembic import op

revision = "0171"
down_revision = "0170"
branch_labels = None
depends_on = None

BEFORE = (
    "kind IN ('award','partial_award','refusal','withdrawal','determination',"
    "'lower_determination','clawback','award_change','determination_change','interest')"
)
NOW = BEFORE.replace("'interest')", "'interest','interest_owed')")
INTEREST_BEFORE = (
    "(kind = 'interest') = (interest_until IS NOT NULL) AND "
    "(kind <> 'interest' OR amount_cents > 0)"
)
INTEREST = (
    "(kind IN ('interest','interest_owed')) = (interest_until IS NOT NULL) AND "
    "(kind NOT IN ('interest','interest_owed') OR amount_cents > 0)"
)


def upgrade() -> None:
    _check(NOW, INTEREST)


def downgrade() -> None:
    # Refused by PostgreSQL where a decision laid such interest down: none is left without its kind.
    _check(BEFORE, INTEREST_BEFORE)
    for name in ("kind", "interest"):
        op.execute(f"ALTER TABLE decisions VALIDATE CONSTRAINT ck_decisions_{name}")


def _check(kinds: str, interest: str) -> None:
    # Without validation this needs no scan of the table; the next migration looks.
    for name, condition in (("kind", kinds), ("interest", interest)):
        op.drop_constraint(op.f(f"ck_decisions_{name}"), "decisions")
        op.create_check_constraint(
            op.f(f"ck_decisions_{name}"), "decisions", condition, postgresql_not_valid=True
        )
