"""Add to objections who objects, who acts for them, and from when their term counts."""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"
branch_labels = None
depends_on = None

TEXTS = ("party_name", "party_address", "agent_name", "agent_address")
DAYS = ("posted_on", "clock_from", "first_decide_by")
CHECKS = {
    "status": "status IN"
    " ('received','upheld','partly_upheld','rejected','inadmissible','withdrawn')",
    "party": "party IN ('applicant','other')",
    "party_name": "party = 'applicant' OR party_name <> ''",
}


def upgrade() -> None:
    op.add_column(
        "objections", sa.Column("party", sa.String(), server_default="applicant", nullable=False)
    )
    for name in TEXTS:
        op.add_column("objections", sa.Column(name, sa.String(), server_default="", nullable=False))
    for name in DAYS:
        op.add_column("objections", sa.Column(name, sa.Date(), nullable=True))
    op.drop_constraint(op.f("ck_objections_status"), "objections")
    for name, condition in CHECKS.items():
        # Without validation this needs no scan of the table: the rows of before keep to it.
        op.create_check_constraint(
            op.f(f"ck_objections_{name}"), "objections", condition, postgresql_not_valid=True
        )


def downgrade() -> None:
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_objections_{name}"), "objections")
    op.create_check_constraint(
        op.f("ck_objections_status"),
        "objections",
        "status IN ('received','upheld','rejected','inadmissible','withdrawn')",
    )
    for name in (*DAYS, *TEXTS, "party"):
        op.drop_column("objections", name)
