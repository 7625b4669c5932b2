"""Create cash of campaigns: helpers, deposits, gifts, lines of the bank, transfers back."""

import sqlalchemy as sa
from alembic import op

revision = "0203"
down_revision = "0202"
branch_labels = None
depends_on = None

CAMPAIGN = ("campaign_id", "campaigns", False)


def upgrade() -> None:
    _create(
        "cash_helpers",
        {"joined": "(person_id IS NULL) = (joined_at IS NULL)"},
        [
            CAMPAIGN,
            ("asked_by", "persons", False),
            ("person_id", "persons", True),
        ],
        sa.Column("link_hash", sa.String(), nullable=False),
        _at("asked_at", nullable=False),
        _at("ends_at", nullable=False),
        _at("joined_at"),
        _at("ended_at"),
        sa.UniqueConstraint("link_hash", name=op.f("uq_cash_helpers_link_hash")),
    )
    op.create_index(
        "uq_cash_helpers_person",
        "cash_helpers",
        ["campaign_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    _create(
        "cash_deposits",
        {"state": "state IN ('way','bank','back','void')", "amount": "amount_cents > 0"},
        [CAMPAIGN, ("made_by", "persons", False)],
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        _cents(),
        sa.Column("state", sa.String(), nullable=False),
        _at("made_at", nullable=False),
        _at("settled_at"),
        sa.UniqueConstraint("seq", name=op.f("uq_cash_deposits_seq")),
        sa.UniqueConstraint("reference", name=op.f("uq_cash_deposits_reference")),
    )
    op.create_index("ix_cash_deposits_campaign_id", "cash_deposits", ["campaign_id"])
    _create(
        "cash_gifts",
        {
            "state": "state IN ('entry','tin','way','bank','back','home','void')",
            "giver": "giver IN ('person','stranger','collection')",
            "amount": "amount_cents > 0",
            "eyes": "confirmed_by <> entered_by",
            "confirmation": "(state IN ('entry','void')) = (confirmed_by IS NULL)"
            " AND (confirmed_by IS NULL) = (number IS NULL)"
            " AND (confirmed_by IS NULL) = (confirmed_at IS NULL)",
            "way": "state NOT IN ('way','bank','back') OR deposit_id IS NOT NULL",
            "bank": "state <> 'bank' OR pledge_id IS NOT NULL",
        },
        [
            CAMPAIGN,
            ("entered_by", "persons", False),
            ("confirmed_by", "persons", True),
            ("deposit_id", "cash_deposits", True),
            ("pledge_id", "pledges", True),
            ("over_by", "persons", True),
        ],
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        _cents(),
        sa.Column("got_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        _at("entered_at", nullable=False),
        _at("confirmed_at"),
        sa.Column("number", sa.BigInteger(), nullable=True),
        _at("over_at"),
        sa.Column("note", sa.String(), server_default="", nullable=False),
        sa.UniqueConstraint("token", name=op.f("uq_cash_gifts_token")),
        sa.UniqueConstraint("pledge_id", name=op.f("uq_cash_gifts_pledge_id")),
        sa.UniqueConstraint("campaign_id", "number", name="uq_cash_gifts_campaign_id_number"),
    )
    op.create_index("ix_cash_gifts_campaign_id_state", "cash_gifts", ["campaign_id", "state"])
    op.create_index("ix_cash_gifts_deposit_id", "cash_gifts", ["deposit_id"])
    _create(
        "cash_arrivals",
        {
            "state": "state IN ('entry','bank','void')",
            "amount": "amount_cents > 0",
            "eyes": "booked_by <> entered_by",
            "booking": "(state = 'bank') = (booked_by IS NOT NULL)",
        },
        [
            ("deposit_id", "cash_deposits", False),
            ("entered_by", "persons", False),
            ("booked_by", "persons", True),
        ],
        sa.Column("line", sa.String(), nullable=False),
        _cents(),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        _at("entered_at", nullable=False),
        _at("booked_at"),
    )
    op.create_index("ix_cash_arrivals_deposit_id", "cash_arrivals", ["deposit_id"])
    op.create_index(
        "uq_cash_arrivals_line",
        "cash_arrivals",
        ["line"],
        unique=True,
        postgresql_where=sa.text("state <> 'void'"),
    )
    _create(
        "cash_returns",
        {
            "state": "state IN ('proposal','transfer','void')",
            "amount": "amount_cents > 0",
            "eyes": "released_by <> proposed_by",
            "release": "(state = 'transfer') = (released_by IS NOT NULL)",
            "sent": "(state = 'transfer') = (sent_on IS NOT NULL)",
        },
        [CAMPAIGN, ("proposed_by", "persons", False), ("released_by", "persons", True)],
        _cents(),
        sa.Column("state", sa.String(), nullable=False),
        _at("proposed_at", nullable=False),
        _at("released_at"),
        sa.Column("sent_on", sa.Date(), nullable=True),
    )
    op.create_index(
        "uq_cash_returns_proposal",
        "cash_returns",
        ["campaign_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposal'"),
    )


def _at(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _cents() -> sa.Column[int]:
    return sa.Column("amount_cents", sa.BigInteger(), nullable=False)


def _create(
    table: str,
    checks: dict[str, str],
    links: list[tuple[str, str, bool]],
    *parts: sa.Column[object] | sa.UniqueConstraint,
) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        *[sa.Column(name, sa.Uuid(), nullable=nullable) for name, _, nullable in links],
        *parts,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *[
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}"))
            for name, other, _ in links
        ],
        *[
            sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))
            for name, condition in checks.items()
        ],
    )


def downgrade() -> None:
    for table in ("returns", "arrivals", "gifts", "deposits", "helpers"):
        op.drop_table(f"cash_{table}")
