"""Check that what is public has a short code, and that it can be typed."""

from alembic import op

revision = "0153"
down_revision = "0152"
branch_labels = None
depends_on = None

CODE = "short_code ~ '^[2-9cdfghjkmnpqrtvwxy]{4,12}$'"
ADDRESS = (
    "status NOT IN ('live','closing','near_miss','succeeded','failed','cancelled','paid_out')"
    " OR short_code IS NOT NULL"
)


def upgrade() -> None:
    op.create_check_constraint(op.f("ck_campaigns_short_code"), "campaigns", CODE)
    op.create_check_constraint(op.f("ck_campaigns_short_address"), "campaigns", ADDRESS)


def downgrade() -> None:
    op.drop_constraint(op.f("ck_campaigns_short_address"), "campaigns")
    op.drop_constraint(op.f("ck_campaigns_short_code"), "campaigns")
