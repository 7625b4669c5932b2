"""Create clocks, decisions, objections and what goes with them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clock_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('completion_asked','completed','completion_expired','extended','decided','reopened')",
            name=op.f("ck_clock_events_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_clock_events_application_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["persons.id"], name=op.f("fk_clock_events_by")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_clock_events_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_events")),
    )
    op.create_index(
        "ix_clock_events_application_id", "clock_events", ["application_id", "at"], unique=False
    )
    op.create_table(
        "checklist_marks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_checklist_marks_application_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["persons.id"], name=op.f("fk_checklist_marks_by")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_checklist_marks_municipality_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checklist_marks")),
    )
    op.create_index(
        "ix_checklist_marks_application_id",
        "checklist_marks",
        ["application_id", "item"],
        unique=False,
    )
    op.create_table(
        "stakes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["persons.id"], name=op.f("fk_stakes_by")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_stakes_campaign_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_stakes_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_stakes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakes")),
        sa.UniqueConstraint(
            "person_id", "campaign_id", name=op.f("uq_stakes_person_id_campaign_id")
        ),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("claim_cents", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("before_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "grounds", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column("reason", sa.String(), server_default="", nullable=False),
        sa.Column("snapshot", sa.String(), nullable=False),
        sa.Column("snapshot_sha256", sa.String(), nullable=False),
        sa.Column(
            "import_ids",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default="[]",
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("dismissed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dismissed_by", sa.Uuid(), nullable=True),
        sa.Column("dismissal", sa.String(), server_default="", nullable=False),
        sa.Column("letter", sa.LargeBinary(), nullable=True),
        sa.Column("letter_sha256", sa.String(), nullable=True),
        sa.Column("announcement", sa.String(), server_default="", nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("object_until", sa.Date(), nullable=True),
        sa.Column("recalled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recalled_by", sa.Uuid(), nullable=True),
        sa.Column("recall_reason", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "kind IN ('award','partial_award','refusal','withdrawal','determination','lower_determination','clawback')",
            name=op.f("ck_decisions_kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('refusal','partial_award','withdrawal','lower_determination','clawback') OR reason <> ''",
            name=op.f("ck_decisions_reason"),
        ),
        sa.CheckConstraint(
            "status <> 'sent' OR (letter IS NOT NULL AND sent_at IS NOT NULL AND object_until IS NOT NULL)",
            name=op.f("ck_decisions_sent"),
        ),
        sa.CheckConstraint(
            "status IN ('proposed','dismissed','approved','recalled','sent')",
            name=op.f("ck_decisions_status"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('approved','recalled','sent') OR (approved_by IS NOT NULL AND approved_at IS NOT NULL)",
            name=op.f("ck_decisions_approved"),
        ),
        sa.CheckConstraint(
            "amount_cents >= 0 AND before_cents >= 0", name=op.f("ck_decisions_amounts")
        ),
        sa.CheckConstraint(
            "approved_by IS NULL OR approved_by <> proposed_by", name=op.f("ck_decisions_four_eyes")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_decisions_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["persons.id"], name=op.f("fk_decisions_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["dismissed_by"], ["persons.id"], name=op.f("fk_decisions_dismissed_by")
        ),
        sa.ForeignKeyConstraint(["fund_id"], ["funds.id"], name=op.f("fk_decisions_fund_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_decisions_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["persons.id"], name=op.f("fk_decisions_proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["recalled_by"], ["persons.id"], name=op.f("fk_decisions_recalled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("number", name=op.f("uq_decisions_number")),
    )
    op.create_index(
        "ix_decisions_application_id", "decisions", ["application_id", "proposed_at"], unique=False
    )
    op.create_index(
        "ix_decisions_municipality_id_status",
        "decisions",
        ["municipality_id", "status"],
        unique=False,
    )
    op.create_index(
        "uq_decisions_open",
        "decisions",
        ["application_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('proposed','approved')"),
    )
    op.create_table(
        "objections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("decision_id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("grounds", sa.String(), nullable=False),
        sa.Column("in_time", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("extended_reason", sa.String(), server_default="", nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "status IN ('received','upheld','rejected','inadmissible','withdrawn')",
            name=op.f("ck_objections_status"),
        ),
        sa.CheckConstraint(
            "status IN ('received','withdrawn') OR (decided_by IS NOT NULL AND outcome <> '')",
            name=op.f("ck_objections_decided"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_objections_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["persons.id"], name=op.f("fk_objections_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decisions.id"], name=op.f("fk_objections_decision_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_objections_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["persons.id"], name=op.f("fk_objections_received_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("number", name=op.f("uq_objections_number")),
    )
    op.create_index("ix_objections_decision_id", "objections", ["decision_id"], unique=False)
    op.create_index(
        "ix_objections_municipality_id_status",
        "objections",
        ["municipality_id", "status", "decide_by"],
        unique=False,
    )
    op.create_table(
        "delegations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("absent_id", sa.Uuid(), nullable=False),
        sa.Column("stand_in_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("absent_id <> stand_in_id", name=op.f("ck_delegations_persons")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_delegations_days")),
        sa.ForeignKeyConstraint(
            ["absent_id"], ["persons.id"], name=op.f("fk_delegations_absent_id")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["persons.id"], name=op.f("fk_delegations_made_by")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_delegations_municipality_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["persons.id"], name=op.f("fk_delegations_stand_in_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    op.create_index(
        "ix_delegations_municipality_id",
        "delegations",
        ["municipality_id", "until_on"],
        unique=False,
    )
    op.create_table(
        "case_notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_case_notes_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_case_notes_author_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_case_notes_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_notes")),
    )
    op.create_index(
        "ix_case_notes_application_id", "case_notes", ["application_id", "at"], unique=False
    )
    op.create_table(
        "accountings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("spent_cents", sa.BigInteger(), nullable=False),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column(
            "lines", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.Column(
            "receipts", postgresql.JSONB(astext_type=sa.Text()), server_default="[]", nullable=False
        ),
        sa.CheckConstraint("spent_cents >= 0", name=op.f("ck_accountings_spent")),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name=op.f("fk_accountings_application_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["persons.id"], name=op.f("fk_accountings_by")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_accountings_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accountings")),
    )
    op.create_index(
        "ix_accountings_application_id", "accountings", ["application_id", "at"], unique=False
    )
    op.create_table(
        "case_numbers",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "year", name=op.f("pk_case_numbers")),
    )


def downgrade() -> None:
    op.drop_table("case_numbers")
    op.drop_table("accountings")
    op.drop_table("case_notes")
    op.drop_table("delegations")
    op.drop_table("objections")
    op.drop_table("decisions")
    op.drop_table("stakes")
    op.drop_table("checklist_marks")
    op.drop_table("clock_events")
