"""Let the board members of a draft go when the draft is erased."""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

NAME = "fk_unmatched_givers_campaign_id"


def _replace(ondelete: str | None) -> None:
    op.drop_constraint(NAME, "unmatched_givers", type_="foreignkey")
    op.create_foreign_key(
        NAME, "unmatched_givers", "campaigns", ["campaign_id"], ["id"], ondelete=ondelete
    )


def upgrade() -> None:
    _replace("CASCADE")


def downgrade() -> None:
    _replace(None)
