"""Key unsubscriptions by their topic too: of one template there can be several."""

from alembic import op

revision = "0144"
down_revision = "0143"
branch_labels = None
depends_on = None

KEY, TABLE = "pk_mail_unsubscriptions", "mail_unsubscriptions"


def upgrade() -> None:
    op.drop_constraint(op.f(KEY), TABLE)
    op.create_primary_key(op.f(KEY), TABLE, ["email", "template", "topic"])


def downgrade() -> None:
    op.execute(f"DELETE FROM {TABLE} WHERE topic <> ''")
    op.drop_constraint(op.f(KEY), TABLE)
    op.create_primary_key(op.f(KEY), TABLE, ["email", "template"])
