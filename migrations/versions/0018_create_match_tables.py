"""Create claims for match money, campaign matches, pot moves and steps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "match_claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("pledge_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("donor_key", sa.String(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=True),
        sa.Column("matchable", sa.Boolean(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('gift','refund')", name=op.f("ck_match_claims_kind")),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_match_claims_amount")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_match_claims_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_match_claims_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"], ["pledges.id"], name=op.f("fk_match_claims_pledge_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_claims")),
    )
    op.create_index(
        "ix_match_claims_campaign_id", "match_claims", ["campaign_id", "seq"], unique=False
    )
    op.create_index("ix_match_claims_pledge_id", "match_claims", ["pledge_id"], unique=False)
    op.create_table(
        "campaign_matches",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("fund_name", sa.String(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("prepaid", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("match_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mark_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("started", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('open','fixed','awarded','committed','received','released')",
            name=op.f("ck_campaign_matches_status"),
        ),
        sa.CheckConstraint("match_cents >= 0", name=op.f("ck_campaign_matches_amount")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_campaign_matches_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_matches_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["fund_id"], ["funds.id"], name=op.f("fk_campaign_matches_fund_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_campaign_matches_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_campaign_matches")),
    )
    op.create_index(
        "ix_campaign_matches_campaign_id", "campaign_matches", ["campaign_id"], unique=False
    )
    op.create_index("ix_campaign_matches_fund_id", "campaign_matches", ["fund_id"], unique=False)
    op.create_table(
        "pot_moves",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("cents", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cents <> 0", name=op.f("ck_pot_moves_cents")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_pot_moves_application_id")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_pot_moves_fund_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_pot_moves_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pot_moves")),
        sa.UniqueConstraint("key", name=op.f("uq_pot_moves_key")),
    )
    op.create_index("ix_pot_moves_application_id", "pot_moves", ["application_id"], unique=False)
    op.create_index("ix_pot_moves_fund_id", "pot_moves", ["fund_id", "at"], unique=False)
    op.create_table(
        "match_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("match_cents", sa.BigInteger(), nullable=False),
        sa.Column("reserved_cents", sa.BigInteger(), nullable=False),
        sa.Column("left_cents", sa.BigInteger(), nullable=False),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column(
            "reason", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_match_steps_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["match_claims.id"], name=op.f("fk_match_steps_claim_id")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_match_steps_fund_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_match_steps_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_steps")),
        sa.UniqueConstraint(
            "application_id", "claim_id", name=op.f("uq_match_steps_application_id_claim_id")
        ),
        sa.UniqueConstraint("fund_id", "position", name=op.f("uq_match_steps_fund_id_position")),
    )
    op.create_index("ix_match_steps_claim_id", "match_steps", ["claim_id"], unique=False)


def downgrade() -> None:
    op.drop_table("match_steps")
    op.drop_table("pot_moves")
    op.drop_table("campaign_matches")
    op.drop_table("match_claims")
