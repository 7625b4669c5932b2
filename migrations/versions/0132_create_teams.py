"""Create the teams of a municipality's officers, and who is in them."""

import sqlalchemy as sa
from alembic import op

revision = "0132"
down_revision = "0131"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("name <> ''", name=op.f("ck_teams_name")),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= made_at", name=op.f("ck_teams_end")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipalities.id"],
            name=op.f("fk_teams_municipality_id"),
        ),
        sa.ForeignKeyConstraint(["made_by"], ["persons.id"], name=op.f("fk_teams_made_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["persons.id"], name=op.f("fk_teams_ended_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("id", "municipality_id", name="uq_teams_id_municipality_id"),
    )
    op.create_index(
        "uq_teams_open_name",
        "teams",
        ["municipality_id", sa.text("lower(name)")],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_team_members_team_id")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_team_members_person_id")
        ),
        sa.PrimaryKeyConstraint("team_id", "person_id", name=op.f("pk_team_members")),
    )
    op.create_index("ix_team_members_person_id", "team_members", ["person_id"])


def downgrade() -> None:
    op.drop_table("team_members")
    op.drop_table("teams")
