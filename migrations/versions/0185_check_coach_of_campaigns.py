"""Check that a campaign's coach is a person, and has it since a moment; old rows have none."""

from alembic import op

revision = "0185"
down_revision = "0184"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE campaigns ADD CONSTRAINT fk_campaigns_coach_id_persons"
        " FOREIGN KEY (coach_id) REFERENCES persons (id) NOT VALID"
    )
    op.execute(
        "ALTER TABLE campaigns ADD CONSTRAINT ck_campaigns_coach"
        " CHECK (num_nonnulls(coach_id, coach_since) <> 1) NOT VALID"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE campaigns DROP CONSTRAINT ck_campaigns_coach")
    op.execute("ALTER TABLE campaigns DROP CONSTRAINT fk_campaigns_coach_id_persons")
