"""Create the last terms to account for money of which no account came (Awb 4:44)."""

import sqlalchemy as sa
from alembic import op

revision = "0163"
down_revision = "0162"
branch_labels = None
depends_on = None

# A term is set of an award that is to be accounted for, while nobody decides; a later one is later.
BEGIN = """
    CREATE FUNCTION last_terms_begin() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM applications WHERE id = NEW.application_id AND status = 'awarded'
            AND municipality_id = NEW.municipality_id
            AND coalesce(arrangement, 'costs') IN ('activities', 'costs');
        IF NOT FOUND
           OR EXISTS (SELECT FROM decisions WHERE application_id = NEW.application_id
               AND status IN ('proposed', 'approved'))
           OR EXISTS (SELECT FROM last_terms WHERE application_id = NEW.application_id
               AND until >= NEW.until)
        THEN
            RAISE EXCEPTION 'no last term can be set until %', NEW.until
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'last_term_begin';
        END IF;
        RETURN NEW;
    END $$
"""
TRIGGERS = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON last_terms"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON last_terms"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER begin_rightly BEFORE INSERT ON last_terms"
    " FOR EACH ROW EXECUTE FUNCTION last_terms_begin()",
)


def upgrade() -> None:
    op.create_table(
        "last_terms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_last_terms_reason")),
        sa.CheckConstraint(
            "until > before AND until > (set_at AT TIME ZONE 'Europe/Amsterdam')::date",
            name=op.f("ck_last_terms_until"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_last_terms_{column}"))
            for column, table in (
                ("application_id", "applications"),
                ("municipality_id", "municipalities"),
                ("set_by", "persons"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_last_terms")),
    )
    op.create_index(
        "uq_last_terms_application_id", "last_terms", ["application_id", "until"], unique=True
    )
    for statement in (BEGIN, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("last_terms")
    op.execute("DROP FUNCTION last_terms_begin()")
