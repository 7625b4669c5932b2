"""Create funds, versions, pots, applications and rounds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rehearsals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=True),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("ruleset_sha256", sa.String(), nullable=False),
        sa.Column("against", sa.String(), nullable=True),
        sa.Column("against_sha256", sa.String(), nullable=True),
        sa.Column("rules_name", sa.String(), server_default="", nullable=False),
        sa.Column("against_name", sa.String(), server_default="", nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("facts_name", sa.String(), server_default="", nullable=False),
        sa.Column("facts", sa.String(), nullable=True),
        sa.Column("facts_sha256", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("progress", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("outcome", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("failure", sa.String(), server_default="", nullable=False),
        sa.Column(
            "faults", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("source IN ('past','file')", name=op.f("ck_rehearsals_source")),
        sa.CheckConstraint(
            "status <> 'done' OR outcome IS NOT NULL", name=op.f("ck_rehearsals_done")
        ),
        sa.CheckConstraint(
            "status IN ('waiting','running','done','failed')", name=op.f("ck_rehearsals_status")
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_rehearsals_progress")),
        sa.ForeignKeyConstraint(["asked_by"], ["persons.id"], name=op.f("fk_rehearsals_asked_by")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_rehearsals_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rehearsals")),
    )
    op.create_index(
        "ix_rehearsals_municipality_id", "rehearsals", ["municipality_id", "asked_at"], unique=False
    )
    op.create_table(
        "funds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), server_default="", nullable=False),
        sa.Column("legal_basis", sa.String(), server_default="", nullable=False),
        sa.Column("sender", sa.String(), server_default="", nullable=False),
        sa.Column("objection_address", sa.String(), server_default="", nullable=False),
        sa.Column("status", sa.String(), server_default="draft", nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("prepaid", sa.Boolean(), nullable=False),
        sa.Column("stacks", sa.Boolean(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_weeks", sa.BigInteger(), server_default="8", nullable=False),
        sa.Column(
            "area_codes",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.Column(
            "groups", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column(
            "checklist",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("lottery_source", sa.String(), server_default="", nullable=False),
        sa.Column("draft_rules", sa.String(), nullable=False),
        sa.Column("rehearsal_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "status IN ('draft','rehearsed','published','open','closed','divided','settled','withdrawn')",
            name=op.f("ck_funds_status"),
        ),
        sa.CheckConstraint(
            "status IN ('draft','rehearsed','withdrawn') OR (opens_at IS NOT NULL AND closes_at IS NOT NULL AND legal_basis <> '' AND published_at IS NOT NULL)",
            name=op.f("ck_funds_published"),
        ),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_funds_period")),
        sa.CheckConstraint("decision_weeks BETWEEN 1 AND 26", name=op.f("ck_funds_decision_weeks")),
        sa.ForeignKeyConstraint(["created_by"], ["persons.id"], name=op.f("fk_funds_created_by")),
        sa.ForeignKeyConstraint(["edited_by"], ["persons.id"], name=op.f("fk_funds_edited_by")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_funds_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["persons.id"], name=op.f("fk_funds_published_by")
        ),
        sa.ForeignKeyConstraint(
            ["rehearsal_id"], ["rehearsals.id"], name=op.f("fk_funds_rehearsal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funds")),
        sa.UniqueConstraint("slug", name=op.f("uq_funds_slug")),
    )
    op.create_index(
        "ix_funds_municipality_id_status", "funds", ["municipality_id", "status"], unique=False
    )
    op.create_table(
        "fund_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("ruleset_sha256", sa.String(), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.String(), server_default="", nullable=False),
        sa.Column("rehearsal_id", sa.Uuid(), nullable=True),
        sa.Column("unrehearsed_reason", sa.String(), server_default="", nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "rehearsal_id IS NOT NULL OR unrehearsed_reason <> ''",
            name=op.f("ck_fund_versions_rehearsed"),
        ),
        sa.CheckConstraint(
            "ruleset_sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_fund_versions_sha256")
        ),
        sa.CheckConstraint("ceiling_cents > 0", name=op.f("ck_fund_versions_ceiling")),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_fund_versions_fund_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_fund_versions_municipality_id"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["persons.id"], name=op.f("fk_fund_versions_published_by")
        ),
        sa.ForeignKeyConstraint(
            ["rehearsal_id"], ["rehearsals.id"], name=op.f("fk_fund_versions_rehearsal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_versions")),
        sa.UniqueConstraint("fund_id", "number", name=op.f("uq_fund_versions_fund_id_number")),
    )
    op.create_table(
        "fund_pots",
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.Column("taken_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "taken_cents >= 0 AND taken_cents <= ceiling_cents", name=op.f("ck_fund_pots_ceiling")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_fund_pots_fund_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_fund_pots_municipality_id")
        ),
        sa.PrimaryKeyConstraint("fund_id", name=op.f("pk_fund_pots")),
    )
    op.create_table(
        "fund_rounds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("facts_sha256", sa.String(), nullable=False),
        sa.Column("ruleset_sha256", sa.String(), nullable=False),
        sa.Column("outcome", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "import_ids",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ran_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_fund_rounds_fund_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_fund_rounds_municipality_id")
        ),
        sa.ForeignKeyConstraint(["ran_by"], ["persons.id"], name=op.f("fk_fund_rounds_ran_by")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["fund_versions.id"], name=op.f("fk_fund_rounds_version_id")
        ),
        sa.CheckConstraint("ceiling_cents >= 0", name=op.f("ck_fund_rounds_ceiling")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_rounds")),
        sa.UniqueConstraint("fund_id", "number", name=op.f("uq_fund_rounds_fund_id_number")),
    )
    op.create_table(
        "applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.Column("areas", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reach", sa.String(), server_default="", nullable=False),
        sa.Column(
            "groups", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column(
            "verified_groups",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("groups_evidence", sa.String(), server_default="", nullable=False),
        sa.Column("undertaking", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("de_minimis", sa.String(), server_default="", nullable=False),
        sa.Column("first_time", sa.Boolean(), nullable=True),
        sa.Column("score", sa.Numeric(), nullable=True),
        sa.Column("score_reason", sa.String(), server_default="", nullable=False),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("admitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("live_facts", sa.String(), nullable=True),
        sa.Column(
            "live_import_ids",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.CheckConstraint(
            "status IN ('received','incomplete','admitted','proposed','awarded','refused','withdrawn','revoked','accounted','determined')",
            name=op.f("ck_applications_status"),
        ),
        sa.CheckConstraint(
            "verified_groups = '[]'::jsonb OR groups_evidence <> ''",
            name=op.f("ck_applications_groups_evidence"),
        ),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["persons.id"], name=op.f("fk_applications_applicant_id")
        ),
        sa.ForeignKeyConstraint(
            ["assigned_to"], ["persons.id"], name=op.f("fk_applications_assigned_to")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_applications_campaign_id")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_applications_fund_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_applications_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["fund_rounds.id"], name=op.f("fk_applications_round_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["fund_versions.id"], name=op.f("fk_applications_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
        sa.UniqueConstraint("number", name=op.f("uq_applications_number")),
    )
    op.create_index("ix_applications_campaign_id", "applications", ["campaign_id"], unique=False)
    op.create_index(
        "ix_applications_municipality_id_status",
        "applications",
        ["municipality_id", "status", "decide_by"],
        unique=False,
    )
    op.create_index(
        "uq_applications_exclusive",
        "applications",
        ["campaign_id"],
        unique=True,
        postgresql_where=sa.text("exclusive AND status NOT IN ('withdrawn','refused','revoked')"),
    )
    op.create_index(
        "uq_applications_fund_campaign",
        "applications",
        ["fund_id", "campaign_id"],
        unique=True,
        postgresql_where=sa.text("status NOT IN ('withdrawn','refused','revoked')"),
    )


def downgrade() -> None:
    op.drop_table("applications")
    op.drop_table("fund_rounds")
    op.drop_table("fund_pots")
    op.drop_table("fund_versions")
    op.drop_table("funds")
    op.drop_table("rehearsals")
