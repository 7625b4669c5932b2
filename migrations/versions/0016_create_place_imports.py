"""Create place imports and what they bring."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place_imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("vintage", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), server_default="", nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("progress", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "report", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False
        ),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rolled_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rolled_back_by", sa.Uuid(), nullable=True),
        sa.Column("rollback_reason", sa.String(), server_default="", nullable=False),
        sa.CheckConstraint(
            "kind IN ('kwb','ses_woa','addresses','shapes')", name=op.f("ck_place_imports_kind")
        ),
        sa.CheckConstraint(
            "rolled_back_at IS NULL OR status = 'done'", name=op.f("ck_place_imports_rolled_back")
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("ck_place_imports_sha256")),
        sa.CheckConstraint(
            "status IN ('waiting','running','done','refused')", name=op.f("ck_place_imports_status")
        ),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_place_imports_progress")),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["persons.id"], name=op.f("fk_place_imports_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["rolled_back_by"], ["persons.id"], name=op.f("fk_place_imports_rolled_back_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_imports")),
    )
    op.create_index(
        "uq_place_imports_content",
        "place_imports",
        ["kind", "vintage", "sha256", "scope"],
        unique=True,
        postgresql_where=sa.text("status = 'done' AND rolled_back_at IS NULL"),
    )
    op.add_column("neighbourhoods", sa.Column("import_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_neighbourhoods_import_id"),
        "neighbourhoods",
        "place_imports",
        ["import_id"],
        ["id"],
    )
    op.create_table(
        "area_figures",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["place_imports.id"], name=op.f("fk_area_figures_import_id")
        ),
        sa.PrimaryKeyConstraint(
            "import_id", "area_code", "indicator", name=op.f("pk_area_figures")
        ),
    )
    op.create_index(
        "ix_area_figures_area_code", "area_figures", ["area_code", "indicator"], unique=False
    )
    op.create_table(
        "area_shapes",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("area_code", sa.String(), nullable=False),
        sa.Column("geometry", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["place_imports.id"], name=op.f("fk_area_shapes_import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "area_code", name=op.f("pk_area_shapes")),
    )
    op.create_table(
        "address_areas",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("buurt_code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["place_imports.id"], name=op.f("fk_address_areas_import_id")
        ),
        sa.PrimaryKeyConstraint(
            "import_id", "postcode", "number", "buurt_code", name=op.f("pk_address_areas")
        ),
    )
    op.create_index(
        "ix_address_areas_postcode", "address_areas", ["postcode", "number"], unique=False
    )


def downgrade() -> None:
    op.drop_table("address_areas")
    op.drop_table("area_shapes")
    op.drop_table("area_figures")
    op.drop_column("neighbourhoods", "import_id")
    op.drop_table("place_imports")
