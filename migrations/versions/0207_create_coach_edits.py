"""Create what coaches changed in plans: the words before and after, and what became of it."""

import sqlalchemy as sa
from alembic import op

revision = "0207"
down_revision = "0206"
branch_labels = None
depends_on = None

CHECKS = {
    "part": "part IN ('title','summary','for_whom','story','worse_off','leftovers','needs')",
    "change": "before <> after",
    "answer": "answer IN ('acceptance','restoration','replacement','withdrawal')",
    "answered": "(answer IS NULL) = (answered_at IS NULL)",
}
# Both versions stay as they are; what became of it is said once.
KEEP = """
CREATE FUNCTION coach_edits_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.answer IS NOT NULL OR
       (OLD.id, OLD.campaign_id, OLD.part, OLD.before, OLD.after, OLD.edited_at, OLD.edited_by)
       IS DISTINCT FROM
       (NEW.id, NEW.campaign_id, NEW.part, NEW.before, NEW.after, NEW.edited_at, NEW.edited_by) THEN
        RAISE EXCEPTION 'what a coach changed stays as it was, and is answered once'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'coach_edits_keep';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "coach_edits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach_edits")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_coach_edits_campaign_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["edited_by"], ["persons.id"], name=op.f("fk_coach_edits_edited_by")
        ),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["persons.id"], name=op.f("fk_coach_edits_answered_by")
        ),
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_coach_edits_{name}"))
            for name, condition in CHECKS.items()
        ],
    )
    op.create_index(
        "uq_coach_edits_open",
        "coach_edits",
        ["campaign_id", "part"],
        unique=True,
        postgresql_where=sa.text("answer IS NULL"),
    )
    op.create_index("ix_coach_edits_campaign_id", "coach_edits", ["campaign_id", "edited_at"])
    op.execute(KEEP)
    op.execute(
        "CREATE TRIGGER coach_edits_keep BEFORE UPDATE ON coach_edits"
        " FOR EACH ROW EXECUTE FUNCTION coach_edits_keep()"
    )


def downgrade() -> None:
    op.drop_table("coach_edits")
    op.execute("DROP FUNCTION coach_edits_keep()")
