"""Create private links by which a funder looks along at a plan; at most ten are open at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0238"
down_revision = "0237"
branch_labels = None
depends_on = None

CHECKS = {
    "reader": "reader <> ''",
    "token_hash": "token_hash ~ '^[0-9a-f]{64}$'",
    "term": "ends_at > made_at",
    "revocation": "num_nonnulls(revoked_at, revoked_by) <> 1",
}
# Links of one plan are counted one after another, also when two people make one at once.
GUARD = """
CREATE FUNCTION funder_links_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.id, OLD.campaign_id, OLD.reader, OLD.shows_members, OLD.token_hash, OLD.made_at,
            OLD.made_by, OLD.ends_at)
           IS DISTINCT FROM
           (NEW.id, NEW.campaign_id, NEW.reader, NEW.shows_members, NEW.token_hash, NEW.made_at,
            NEW.made_by, NEW.ends_at)
           OR OLD.revoked_at IS NOT NULL AND (OLD.revoked_at, OLD.revoked_by)
              IS DISTINCT FROM (NEW.revoked_at, NEW.revoked_by) THEN
            RAISE EXCEPTION 'a link stays as it was made, and is revoked once'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'funder_links_keep';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM 1 FROM campaigns WHERE id = NEW.campaign_id FOR UPDATE;
    IF (SELECT count(*) FROM funder_links WHERE campaign_id = NEW.campaign_id
        AND revoked_at IS NULL AND ends_at > NEW.made_at) >= 10 THEN
        RAISE EXCEPTION 'ten links of a plan are open already'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'funder_links_most';
    END IF;
    RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.create_table(
        "funder_links",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("shows_members", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_funder_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_funder_links_token_hash")),
        sa.UniqueConstraint("id", "campaign_id", name=op.f("uq_funder_links_id_campaign_id")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaigns.id"],
            name=op.f("fk_funder_links_campaign_id"),
            ondelete="CASCADE",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["persons.id"], name=op.f(f"fk_funder_links_{column}")
            )
            for column in ("made_by", "revoked_by")
        ),
        *(
            sa.CheckConstraint(check, name=op.f(f"ck_funder_links_{name}"))
            for name, check in CHECKS.items()
        ),
    )
    op.create_index("ix_funder_links_campaign_id", "funder_links", ["campaign_id", "made_at"])
    op.execute(GUARD)
    op.execute(
        "CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON funder_links"
        " FOR EACH ROW EXECUTE FUNCTION funder_links_guard()"
    )


def downgrade() -> None:
    op.drop_table("funder_links")
    op.execute("DROP FUNCTION funder_links_guard()")
