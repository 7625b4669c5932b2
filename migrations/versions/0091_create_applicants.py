"""Create who applies: the details that an applicant gives in an application."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

CHECKS = {
    "legal_form": (
        "legal_form IN ('person','group','association','foundation','cooperative','company',"
        "'sole_trader','partnership','church','other')"
    ),
    "signing_right": "signing_right IN ('self','board','power_of_attorney')",
    "kvk": "kvk = '' OR kvk ~ '^[0-9]{8}$'",
    "rsin": (
        "rsin = '' OR (rsin ~ '^[0-9]{9}$' AND legal_form NOT IN ('person','group','sole_trader'))"
    ),
    "postcode": "postcode ~ '^[1-9][0-9]{3}[A-Z]{2}$'",
    "aid": "aid_cents >= 0",
}
TEXTS = (
    *("legal_form", "organisation", "street", "house_number", "postcode", "town", "kvk", "rsin"),
    *("signer", "signing_right"),
)


def upgrade() -> None:
    op.create_table(
        "applicants",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        sa.Column("electronic", sa.Boolean(), nullable=False),
        sa.Column("aid_cents", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_applicants")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_applicants_application_id_applications"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["persons.id"], name=op.f("fk_applicants_changed_by_persons")
        ),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_applicants_{name}"))
            for name, condition in CHECKS.items()
        ),
    )
    for name in ("kvk", "rsin"):
        op.create_index(
            f"ix_applicants_{name}",
            "applicants",
            [name],
            postgresql_where=sa.text(f"{name} <> ''"),
        )


def downgrade() -> None:
    op.drop_table("applicants")
