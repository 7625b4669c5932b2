"""Create what funders who look along at a plan remark; only by a link that is open."""

import sqlalchemy as sa
from alembic import op

revision = "0239"
down_revision = "0238"
branch_labels = None
depends_on = None

CHECKS = {
    "name": "name <> '' OR removed_at IS NOT NULL",
    "body": "body <> '' OR removed_at IS NOT NULL",
    "part": (
        "part IN ('title','summary','for_whom','group_name','neighbourhood','location','budget',"
        "'goal_cents','minimum_cents','deadline_on','story','worse_off','leftovers','needs',"
        "'picture_key','picture_alt')"
    ),
    "answer": (
        "num_nonnulls(answered_at, answered_by) <> 1 AND (answered_at IS NOT NULL OR answer = '')"
    ),
    "removal": "num_nonnulls(removed_at, removed_by) <> 1",
}
# A remark that is on its way when its link is revoked comes before that, or not at all.
GUARD = """
CREATE FUNCTION funder_remarks_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    link funder_links%ROWTYPE;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.id, OLD.link_id, OLD.campaign_id, OLD.part, OLD.remarked_at)
           IS DISTINCT FROM (NEW.id, NEW.link_id, NEW.campaign_id, NEW.part, NEW.remarked_at)
           OR (OLD.name, OLD.organisation, OLD.body)
              IS DISTINCT FROM (NEW.name, NEW.organisation, NEW.body)
              AND (NEW.removed_at IS NULL OR (NEW.name, NEW.organisation, NEW.body) <> ('', '', ''))
           OR OLD.answered_at IS NOT NULL AND NEW.answer <> '' AND OLD.answer <> NEW.answer THEN
            RAISE EXCEPTION 'a remark stays as it was made, and is answered once'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'funder_remarks_keep';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO link FROM funder_links WHERE id = NEW.link_id FOR UPDATE;
    IF link.revoked_at IS NOT NULL OR link.ends_at <= NEW.remarked_at THEN
        RAISE EXCEPTION 'link % is not open any more', NEW.link_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funder_remarks_open';
    END IF;
    IF (SELECT count(*) FROM funder_remarks WHERE link_id = NEW.link_id) >= 30 THEN
        RAISE EXCEPTION 'link % has thirty remarks already', NEW.link_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funder_remarks_most';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "funder_remarks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), server_default="", nullable=False),
        sa.Column("part", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("remarked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.String(), server_default="", nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funder_remarks")),
        sa.ForeignKeyConstraint(
            ["link_id", "campaign_id"],
            ["funder_links.id", "funder_links.campaign_id"],
            name=op.f("fk_funder_remarks_link"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["persons.id"], name=op.f(f"fk_funder_remarks_{column}")
            )
            for column in ("answered_by", "removed_by")
        ),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_funder_remarks_{name}"))
            for name, check in CHECKS.items()
        ),
    )
    op.create_index("ix_funder_remarks_link_id", "funder_remarks", ["link_id"])
    op.create_index(
        "ix_funder_remarks_campaign_id", "funder_remarks", ["campaign_id", "remarked_at"]
    )
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON funder_remarks"
        " FOR EACH ROW EXECUTE FUNCTION funder_remarks_guard()"
    )


def downgrade() -> None:
    op.drop_table("funder_remarks")
    op.execute("DROP FUNCTION funder_remarks_guard()")
