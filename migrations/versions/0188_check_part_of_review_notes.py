"""Check the parts of plans that notes of a review are about; a few hundred rows, all without."""

from alembic import op

revision = "0188"
down_revision = "0187"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE review_notes ADD CONSTRAINT ck_review_notes_part CHECK ("
        "part IS NULL OR kind IN ('question','returned') AND part IN ('title','summary',"
        "'for_whom','group_name','neighbourhood','location','budget','goal_cents',"
        "'minimum_cents','deadline_on','story','worse_off','leftovers','needs','picture_key',"
        "'picture_alt'))"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE review_notes DROP CONSTRAINT ck_review_notes_part")
