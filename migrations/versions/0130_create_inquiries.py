"""Create inquiries for proof, and the lots that say in which cases it is asked.

What was asked or drawn stays, and an open question holds a determination.
"""

import sqlalchemy as sa
from alembic import op

revision = "0130"
down_revision = "0129"
branch_labels = None
depends_on = None

FUNCTIONS = (
    """
    CREATE FUNCTION inquiries_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'inquiry % stays', OLD.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'inquiry_stays';
        END IF;
        IF (NEW.number, NEW.application_id, NEW.municipality_id, NEW.ground, NEW.cause,
            NEW.asked, NEW.asked_at, NEW.asked_by)
           IS DISTINCT FROM
           (OLD.number, OLD.application_id, OLD.municipality_id, OLD.ground, OLD.cause,
            OLD.asked, OLD.asked_at, OLD.asked_by)
           OR NEW.until < OLD.until
           OR (OLD.channel <> '' AND
               (NEW.until, NEW.answer, NEW.channel, NEW.received_on, NEW.answered_at,
                NEW.answered_by)
               IS DISTINCT FROM
               (OLD.until, OLD.answer, OLD.channel, OLD.received_on, OLD.answered_at,
                OLD.answered_by))
           OR OLD.finding <> ''
        THEN
            RAISE EXCEPTION 'inquiry % does not change', OLD.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'inquiry_fixed';
        END IF;
        RETURN NEW;
    END $$
    """,
    # Proof is asked only where nothing is accounted for, and not while somebody decides; for the
    # sample only where the lot fell.
    """
    CREATE FUNCTION inquiries_begin() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM applications WHERE id = NEW.application_id
            AND arrangement = 'ex_officio' AND status IN ('awarded', 'accounted');
        IF NOT FOUND
           OR EXISTS (SELECT FROM decisions WHERE application_id = NEW.application_id
               AND status IN ('proposed', 'approved'))
           OR (NEW.ground = 'sample' AND NOT EXISTS (
               SELECT FROM lots WHERE application_id = NEW.application_id AND hit))
        THEN
            RAISE EXCEPTION 'no proof can be asked for inquiry %', NEW.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'inquiry_begin';
        END IF;
        RETURN NEW;
    END $$
    """,
    # A lot is what its seed and its case make of it, at the percentage that was published.
    """
    CREATE FUNCTION lots_follow_seed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        drawn applications%ROWTYPE;
        published bigint;
    BEGIN
        SELECT * INTO drawn FROM applications WHERE id = NEW.application_id;
        SELECT sample_percent INTO published FROM fund_versions WHERE id = drawn.version_id;
        IF NEW.percent IS DISTINCT FROM published
           OR (NEW.fund_id, NEW.municipality_id) IS DISTINCT FROM
               (drawn.fund_id, drawn.municipality_id)
           OR NEW.value IS DISTINCT FROM
               ('x' || left(encode(sha256(convert_to(NEW.seed || ':' || drawn.number, 'UTF8')),
                   'hex'), 8))::bit(32)::bigint % 10000
        THEN
            RAISE EXCEPTION 'the lot of application % does not follow from its seed', drawn.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'lot_of_seed';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION inquiries_hold() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM inquiries
                WHERE application_id = NEW.application_id AND closed_at IS NULL)
           OR EXISTS (SELECT FROM lots
                WHERE lots.application_id = NEW.application_id AND hit
                  AND NOT EXISTS (SELECT FROM inquiries
                      WHERE inquiries.application_id = lots.application_id
                        AND ground = 'sample' AND finding <> 'mistake'))
           OR EXISTS (SELECT FROM applications
                JOIN fund_versions ON fund_versions.id = applications.version_id
                WHERE applications.id = NEW.application_id
                  AND applications.arrangement = 'ex_officio'
                  AND applications.status IN ('awarded', 'accounted')
                  AND fund_versions.sample_percent > 0
                  AND NOT EXISTS (SELECT FROM lots WHERE lots.application_id = applications.id))
        THEN
            RAISE EXCEPTION 'decision % waits for proof or for its lot', NEW.number
                USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'proof_first';
        END IF;
        RETURN NEW;
    END $$
    """,
)
_DETERMINES = "NEW.kind IN ('determination', 'lower_determination')"
TRIGGERS = (
    "CREATE TRIGGER fixed BEFORE UPDATE OR DELETE ON inquiries"
    " FOR EACH ROW EXECUTE FUNCTION inquiries_keep()",
    "CREATE TRIGGER fixed_truncate BEFORE TRUNCATE ON inquiries"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER begin_rightly BEFORE INSERT ON inquiries"
    " FOR EACH ROW EXECUTE FUNCTION inquiries_begin()",
    "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON lots"
    " FOR EACH ROW EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON lots"
    " FOR EACH STATEMENT EXECUTE FUNCTION vjb_refuse_change()",
    "CREATE TRIGGER follow_seed BEFORE INSERT ON lots"
    " FOR EACH ROW EXECUTE FUNCTION lots_follow_seed()",
    "CREATE TRIGGER proof_first_new BEFORE INSERT ON decisions"
    f" FOR EACH ROW WHEN ({_DETERMINES}) EXECUTE FUNCTION inquiries_hold()",
    "CREATE TRIGGER proof_first BEFORE UPDATE OF status ON decisions"
    f" FOR EACH ROW WHEN ({_DETERMINES} AND NEW.status IN ('approved', 'sent'))"
    " EXECUTE FUNCTION inquiries_hold()",
)
DROPS = (
    "DROP TRIGGER proof_first ON decisions",
    "DROP TRIGGER proof_first_new ON decisions",
    "DROP TRIGGER follow_seed ON lots",
    "DROP TRIGGER append_only_truncate ON lots",
    "DROP TRIGGER append_only ON lots",
    "DROP TRIGGER begin_rightly ON inquiries",
    "DROP TRIGGER fixed_truncate ON inquiries",
    "DROP TRIGGER fixed ON inquiries",
    "DROP FUNCTION inquiries_hold()",
    "DROP FUNCTION lots_follow_seed()",
    "DROP FUNCTION inquiries_begin()",
    "DROP FUNCTION inquiries_keep()",
)


def upgrade() -> None:
    op.create_table(
        "inquiries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), server_default="", nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("extension", sa.String(), server_default="", nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("channel", sa.String(), server_default="", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("finding", sa.String(), server_default="", nullable=False),
        sa.Column("finding_text", sa.String(), server_default="", nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("ground IN ('sample','cause')", name=op.f("ck_inquiries_ground")),
        sa.CheckConstraint(
            "asked <> '' AND (ground = 'cause') = (cause <> '')",
            name=op.f("ck_inquiries_content"),
        ),
        sa.CheckConstraint(
            "channel IN ('','online','letter','desk')", name=op.f("ck_inquiries_channel")
        ),
        sa.CheckConstraint(
            "num_nonnulls(answered_at, answered_by, received_on) = "
            "CASE WHEN channel = '' THEN 0 ELSE 3 END AND (channel = '') = (answer = '')",
            name=op.f("ck_inquiries_answer"),
        ),
        sa.CheckConstraint(
            "finding IN ('','proof','gap','silence','mistake')",
            name=op.f("ck_inquiries_finding"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(closed_at, closed_by) = CASE WHEN finding = '' THEN 0 ELSE 2 END "
            "AND (finding = '') = (finding_text = '')",
            name=op.f("ck_inquiries_closed"),
        ),
        sa.CheckConstraint(
            "CASE finding WHEN 'silence' THEN channel = '' AND "
            "(closed_at AT TIME ZONE 'Europe/Amsterdam')::date > until "
            "WHEN 'proof' THEN channel <> '' WHEN 'gap' THEN channel <> '' ELSE true END",
            name=op.f("ck_inquiries_basis"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_inquiries_{column}"))
            for column, table in (
                ("application_id", "applications"),
                ("municipality_id", "municipalities"),
                ("asked_by", "persons"),
                ("answered_by", "persons"),
                ("closed_by", "persons"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
        sa.UniqueConstraint("number", name=op.f("uq_inquiries_number")),
    )
    op.create_index(
        "uq_inquiries_open",
        "inquiries",
        ["application_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_inquiries_application_id", "inquiries", ["application_id", "asked_at"])
    op.create_table(
        "lots",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("fund_id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("percent", sa.BigInteger(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("hit", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_lots_percent")),
        sa.CheckConstraint(
            "value BETWEEN 0 AND 9999 AND hit = (value < percent * 100)", name=op.f("ck_lots_hit")
        ),
        sa.CheckConstraint("seed ~ '^[0-9a-f]{64}$'", name=op.f("ck_lots_seed")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_lots_{column}"))
            for column, table in (
                ("application_id", "applications"),
                ("fund_id", "funds"),
                ("municipality_id", "municipalities"),
            )
        ),
        sa.PrimaryKeyConstraint("application_id", name=op.f("pk_lots")),
    )
    op.create_index("ix_lots_fund_id", "lots", ["fund_id", "at"])
    for statement in (*FUNCTIONS, *TRIGGERS):
        op.execute(statement)


def downgrade() -> None:
    for statement in DROPS:
        op.execute(statement)
    op.drop_table("lots")
    op.drop_table("inquiries")
