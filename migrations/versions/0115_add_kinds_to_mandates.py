"""Add to mandates, and to proposals of them, for which decisions they are and until when.

Nothing there means all decisions: a general mandate (Awb 10:5), as each was before.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0115"
down_revision = "0114"
branch_labels = None
depends_on = None

TABLES = ("role_grants", "role_proposals")
CHECKS = {
    "mandate_kinds": (
        "mandate_kinds IS NULL OR (role = 'officer' AND mandate_kinds <> '[]' AND mandate_kinds <@"
        ' \'["award","determination","recovery","objection","penalty","fund"]\')'
    ),
    "mandate_until": "mandate_until IS NULL OR role = 'officer'",
}
FIXED = """
    CREATE OR REPLACE FUNCTION role_grants_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (NEW.person_id, NEW.role, NEW.municipality_id, NEW.mandate_limit_cents,
            NEW.may_appoint, NEW.replaces_id{new})
           IS DISTINCT FROM
           (OLD.person_id, OLD.role, OLD.municipality_id, OLD.mandate_limit_cents,
            OLD.may_appoint, OLD.replaces_id{old})
           OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
        THEN
            RAISE EXCEPTION 'role % does not change: it ends, and another begins', OLD.id
                USING ERRCODE = 'integrity_constraint_violation',
                      CONSTRAINT = 'role_grant_fixed';
        END IF;
        RETURN NEW;
    END $$
"""


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("mandate_kinds", JSONB(), nullable=True))
        op.add_column(table, sa.Column("mandate_until", sa.Date(), nullable=True))
        for name, condition in CHECKS.items():
            op.create_check_constraint(op.f(f"ck_{table}_{name}"), table, condition)
    op.execute(
        FIXED.format(
            new=", NEW.mandate_kinds, NEW.mandate_until",
            old=", OLD.mandate_kinds, OLD.mandate_until",
        )
    )


def downgrade() -> None:
    op.execute(FIXED.format(new="", old=""))
    for table in TABLES:
        for name in CHECKS:
            op.drop_constraint(op.f(f"ck_{table}_{name}"), table)
        op.drop_column(table, "mandate_until")
        op.drop_column(table, "mandate_kinds")
