"""Add the right to appoint to roles, and which role each takes the place of; a role never changes.

Another mandate is another row, so that what was decided keeps the mandate it was decided under.
"""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

CHECKS = {
    "appoints": "NOT may_appoint OR role = 'officer'",
    "replacement": "replaces_id IS NULL OR role = 'officer'",
}


def upgrade() -> None:
    op.add_column(
        "role_grants",
        sa.Column("may_appoint", sa.Boolean(), nullable=False, server_default="false"),
    )
    op.add_column("role_grants", sa.Column("replaces_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_role_grants_replaces_id"), "role_grants", "role_grants", ["replaces_id"], ["id"]
    )
    op.create_index("uq_role_grants_replaces_id", "role_grants", ["replaces_id"], unique=True)
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_role_grants_{name}"), "role_grants", condition)
    op.execute(
        """
        CREATE FUNCTION role_grants_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF (NEW.person_id, NEW.role, NEW.municipality_id, NEW.mandate_limit_cents,
                NEW.may_appoint, NEW.replaces_id)
               IS DISTINCT FROM
               (OLD.person_id, OLD.role, OLD.municipality_id, OLD.mandate_limit_cents,
                OLD.may_appoint, OLD.replaces_id)
               OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
            THEN
                RAISE EXCEPTION 'role % does not change: it ends, and another begins', OLD.id
                    USING ERRCODE = 'integrity_constraint_violation',
                          CONSTRAINT = 'role_grant_fixed';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER role_grants_fixed BEFORE UPDATE ON role_grants"
        " FOR EACH ROW EXECUTE FUNCTION role_grants_refuse_change()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER role_grants_fixed ON role_grants")
    op.execute("DROP FUNCTION role_grants_refuse_change()")
    for name in CHECKS:
        op.drop_constraint(op.f(f"ck_role_grants_{name}"), "role_grants")
    op.drop_index("uq_role_grants_replaces_id", "role_grants")
    op.drop_constraint(op.f("fk_role_grants_replaces_id"), "role_grants")
    op.drop_column("role_grants", "replaces_id")
    op.drop_column("role_grants", "may_appoint")
