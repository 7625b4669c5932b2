"""Check the kinds of decisions anew: interest can be laid down, up to a day and above nothing."""

from alembic import op

revision = "0123"
down_revision = "0122"
branch_labels = None
depends_on = None

BEFORE = (
    "kind IN ('award','partial_award','refusal','withdrawal','determination',"
    "'lower_determination','clawback','award_change','determination_change')"
)
NOW = BEFORE.replace("'determination_change')", "'determination_change','interest')")
INTEREST = (
    "(kind = 'interest') = (interest_until IS NOT NULL) AND "
    "(kind <> 'interest' OR amount_cents > 0)"
)


def upgrade() -> None:
    # Without validation this needs no scan of the table; the next migration looks.
    op.drop_constraint(op.f("ck_decisions_kind"), "decisions")
    op.create_check_constraint(
        op.f("ck_decisions_kind"), "decisions", NOW, postgresql_not_valid=True
    )
    op.create_check_constraint(
        op.f("ck_decisions_interest"), "decisions", INTEREST, postgresql_not_valid=True
    )


def downgrade() -> None:
    # Refused by PostgreSQL where a decision laid interest down: none is left without its kind.
    op.drop_constraint(op.f("ck_decisions_interest"), "decisions")
    op.drop_constraint(op.f("ck_decisions_kind"), "decisions")
    op.create_check_constraint(op.f("ck_decisions_kind"), "decisions", BEFORE)
