"""Create payees, bank files and payouts."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payees",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("iban", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("payable_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("evidence", sa.String(), server_default="", nullable=False),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_by", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status <> 'verified' OR verified_by IS NOT NULL", name=op.f("ck_payees_verified")
        ),
        sa.CheckConstraint(
            "status <> 'refused' OR refused_by IS NOT NULL", name=op.f("ck_payees_refused")
        ),
        sa.CheckConstraint(
            "status IN ('submitted','verified','refused','replaced')", name=op.f("ck_payees_status")
        ),
        sa.CheckConstraint(
            "verified_by IS NULL OR verified_by <> submitted_by", name=op.f("ck_payees_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_payees_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_payees_municipality_id")
        ),
        sa.ForeignKeyConstraint(["refused_by"], ["persons.id"], name=op.f("fk_payees_refused_by")),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["persons.id"], name=op.f("fk_payees_submitted_by")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["persons.id"], name=op.f("fk_payees_verified_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payees")),
    )
    op.create_index(
        "uq_payees_current",
        "payees",
        ["campaign_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('submitted','verified')"),
    )
    op.create_table(
        "bank_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("payments", sa.BigInteger(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["persons.id"], name=op.f("fk_bank_files_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_files")),
        sa.UniqueConstraint("message_id", name=op.f("uq_bank_files_message_id")),
    )
    op.create_table(
        "payouts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("payee_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("end_to_end_id", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Uuid(), nullable=True),
        sa.Column("bank_file_id", sa.Uuid(), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("executed_on", sa.Date(), nullable=True),
        sa.Column("executed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("executed_by", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.Uuid(), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_by", sa.Uuid(), nullable=True),
        sa.Column("remark", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('proposed','released','exported','executed','cancelled','returned')",
            name=op.f("ck_payouts_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('exported','executed') OR bank_file_id IS NOT NULL",
            name=op.f("ck_payouts_exported"),
        ),
        sa.CheckConstraint(
            "status <> 'executed' OR executed_on IS NOT NULL", name=op.f("ck_payouts_executed")
        ),
        sa.CheckConstraint(
            "status NOT IN ('released','exported','executed') OR released_by IS NOT NULL",
            name=op.f("ck_payouts_released"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payouts_amount")),
        sa.CheckConstraint(
            "released_by IS NULL OR released_by <> proposed_by", name=op.f("ck_payouts_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["bank_file_id"], ["bank_files.id"], name=op.f("fk_payouts_bank_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_payouts_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["cancelled_by"], ["persons.id"], name=op.f("fk_payouts_cancelled_by")
        ),
        sa.ForeignKeyConstraint(
            ["returned_by"], ["persons.id"], name=op.f("fk_payouts_returned_by")
        ),
        sa.ForeignKeyConstraint(
            ["executed_by"], ["persons.id"], name=op.f("fk_payouts_executed_by")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_payouts_municipality_id")
        ),
        sa.ForeignKeyConstraint(["payee_id"], ["payees.id"], name=op.f("fk_payouts_payee_id")),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["persons.id"], name=op.f("fk_payouts_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["persons.id"], name=op.f("fk_payouts_released_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payouts")),
        sa.UniqueConstraint("end_to_end_id", name=op.f("uq_payouts_end_to_end_id")),
    )
    op.create_index(
        "uq_payouts_under_way",
        "payouts",
        ["campaign_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('proposed','released','exported')"),
    )


def downgrade() -> None:
    op.drop_table("payouts")
    op.drop_table("bank_files")
    op.drop_table("payees")
