"""Create the papers that officers register for who applied: kept as they were written down."""

import sqlalchemy as sa
from alembic import op

revision = "0104"
down_revision = "0103"
branch_labels = None
depends_on = None

POINTS = {
    "application_id": "applications",
    "municipality_id": "municipalities",
    "registered_by": "persons",
}
CHECKS = {
    "kind": "kind IN ('application','completion','withdrawal')",
    "past": "received_at <= registered_at",
    "signer": "signer <> ''",
    "scan": "has_scan OR no_scan_reason <> ''",
}
TRIGGERS = (
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON paper_filings"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON paper_filings"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
)


def upgrade() -> None:
    op.create_table(
        "paper_filings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_time", sa.Boolean(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("has_scan", sa.Boolean(), nullable=False),
        sa.Column("no_scan_reason", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("overtaken", sa.BigInteger(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_filings")),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_paper_filings_{name}"))
            for name, condition in CHECKS.items()
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_paper_filings_{column}_{table}")
            )
            for column, table in POINTS.items()
        ),
    )
    op.create_index("ix_paper_filings_application_id", "paper_filings", ["application_id"])
    op.create_index(
        "uq_paper_filings_once",
        "paper_filings",
        ["application_id", "kind"],
        unique=True,
        postgresql_where=sa.text("kind IN ('application','withdrawal')"),
    )
    for statement in TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("paper_filings")
