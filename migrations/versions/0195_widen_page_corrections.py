"""Widen what is kept of corrected pages: more parts, whose correction it was, and kept for ever."""

import sqlalchemy as sa
from alembic import op

revision = "0195"
down_revision = "0194"
branch_labels = None
depends_on = None

# Staff may keep what a page said before off the page; nothing else of it changes.
KEEP = """
CREATE FUNCTION page_corrections_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
       (OLD.id, OLD.campaign_id, OLD.part, OLD.before, OLD.after, OLD.corrected_at, OLD.source)
       IS DISTINCT FROM
       (NEW.id, NEW.campaign_id, NEW.part, NEW.before, NEW.after, NEW.corrected_at, NEW.source) THEN
        RAISE EXCEPTION 'what was changed on a page stays told'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'page_corrections_keep';
    END IF;
    RETURN NEW;
END $$
"""
OLD_PARTS = "part IN ('title','summary','story')"
PARTS = "part IN ('title','summary','for_whom','story','worse_off','needs','pictures','video')"


def upgrade() -> None:
    op.add_column(
        "page_corrections",
        sa.Column("source", sa.String(), server_default="staff", nullable=False),
    )
    op.add_column(
        "page_corrections", sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.create_check_constraint(
        op.f("ck_page_corrections_source"), "page_corrections", "source IN ('staff','initiator')"
    )
    op.drop_constraint(op.f("ck_page_corrections_part"), "page_corrections")
    op.create_check_constraint(op.f("ck_page_corrections_part"), "page_corrections", PARTS)
    op.execute(KEEP)
    op.execute(
        "CREATE TRIGGER page_corrections_keep BEFORE UPDATE OR DELETE ON page_corrections"
        " FOR EACH ROW EXECUTE FUNCTION page_corrections_keep()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER page_corrections_keep ON page_corrections")
    op.execute("DROP FUNCTION page_corrections_keep()")
    op.execute(f"DELETE FROM page_corrections WHERE NOT ({OLD_PARTS})")
    op.drop_constraint(op.f("ck_page_corrections_part"), "page_corrections")
    op.create_check_constraint(op.f("ck_page_corrections_part"), "page_corrections", OLD_PARTS)
    for name in ("hidden_at", "source"):
        op.drop_column("page_corrections", name)
