"""Pledges."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Identity,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, validates

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.kernel.mail_addresses import normal_address


class Pledge(Base):
    """A donor's promise (eurocents). ``token`` is the unguessable link to the gift's own page.

    ``email`` is null once the donor's data were erased; the bookkeeping stays. It is null too of
    who gave at a desk without an address of mail (``by_hand``), and is told of it on paper.
    ``erased_as``: what
    the gifts of one donor to one campaign have in common since, and nothing else has. Where the
    address is still kept after that, ``address_kept_for`` says for what.
    """

    __tablename__ = "pledges"
    __table_args__ = (
        CheckConstraint(
            "status IN ('open','booked','refunding','refunded','unclaimed','charged_back')",
            name="status",
        ),
        CheckConstraint("amount_cents > 0 AND tip_cents >= 0", name="amounts"),
        CheckConstraint("email = lower(email)", name="email"),
        CheckConstraint(
            "email IS NOT NULL OR by_hand OR (name = '' AND message = '' AND NOT name_public"
            " AND postcode IS NULL AND donor_id IS NULL)",
            name="erased",
        ),
        CheckConstraint(
            "address_kept_for IS NULL OR (address_kept_for IN ('payment','campaign')"
            " AND num_nonnulls(email, erased_as) = 2 AND name = '' AND message = ''"
            " AND NOT name_public AND postcode IS NULL AND donor_id IS NULL)",
            name="address_kept",
        ),
        CheckConstraint(
            "NOT by_hand OR num_nonnulls(email, erased_as, donor_id, postcode) = 0", name="by_hand"
        ),
        CheckConstraint("status = 'open' OR booked_at IS NOT NULL", name="booked_at"),
        CheckConstraint("no_answer IN ('back','keep')", name="no_answer"),
        Index("ix_pledges_campaign_id_status", "campaign_id", "status", "booked_at"),
        Index("ix_pledges_email", "email"),
        Index("ix_pledges_first_id", "first_id"),
        Index(
            "ix_pledges_address_kept",
            "address_kept_for",
            postgresql_where=text("address_kept_for IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token: Mapped[str] = mapped_column(unique=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    neighbourhood_id: Mapped[UUID | None] = mapped_column(ForeignKey("neighbourhoods.id"))
    donor_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    email: Mapped[str | None]
    name: Mapped[str]
    name_public: Mapped[bool]
    message: Mapped[str] = mapped_column(server_default="", default="")
    postcode: Mapped[str | None]
    locale: Mapped[str]
    amount_cents: Mapped[int]
    tip_cents: Mapped[int]
    status: Mapped[str]
    created_at: Mapped[datetime]
    booked_at: Mapped[datetime | None]
    refund_asked_at: Mapped[datetime | None]
    refund_reason: Mapped[str | None]
    refunded_at: Mapped[datetime | None]
    donor_key: Mapped[str | None]
    """Who paid, for matching rules only: a keyed hash that tells nothing by itself."""
    local_code: Mapped[str | None]
    """The buurt of the donor's postcode, where it lies in one."""
    matchable: Mapped[bool] = mapped_column(server_default=text("true"), default=True)
    no_answer: Mapped[str] = mapped_column(server_default="back", default="back")
    """What no answer means when the campaign nearly makes it, as said at pledging; a trigger
    keeps it as it was said."""
    first_id: Mapped[UUID | None] = mapped_column(ForeignKey("pledges.id"))
    """The first pledge of the same gift, where this one corrects it (``successors``)."""
    erased_as: Mapped[UUID | None]
    by_hand: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    address_kept_for: Mapped[str | None]

    @validates("email")
    def _one_spelling(self, _name: str, email: str | None) -> str | None:
        """Who gives twice is one donor, however the address was typed."""
        return normal_address(email) if email is not None else None


class MatchClaim(Base):
    """What counts of a gift (``gift``), or that it counts no longer (``refund``).

    Written in the transaction of that fact. Of a gift at most one claim stands: a refund takes the
    one before it back whole. They know no rules.
    Who writes one holds the campaign's row, so that the claims of one campaign are committed in
    the order of ``seq``: a reader that holds that row passes none over. Append-only.
    """

    __tablename__ = "match_claims"
    __table_args__ = (
        CheckConstraint("kind IN ('gift','refund')", name="kind"),
        CheckConstraint("amount_cents > 0", name="amount"),
        Index("ix_match_claims_campaign_id", "campaign_id", "seq"),
        Index("ix_match_claims_pledge_id", "pledge_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    seq: Mapped[int] = mapped_column(Identity(always=True))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"))
    kind: Mapped[str]
    amount_cents: Mapped[int]
    donor_key: Mapped[str]
    area_code: Mapped[str | None]
    matchable: Mapped[bool]
    written_at: Mapped[datetime]


class CampaignMatch(Base):
    """What one fund keeps ready or has granted for a campaign (eurocents), as pledges know it.

    ``match_cents`` is what its moves and the ledger say: also what was paid and must come back.
    ``settled_cents`` is what the campaign may keep by the last determination or withdrawal, null
    before that. What people are shown is ``net_cents``.
    ``paid_on``: the day on which the bank paid it out, by its statement.
    ``granted_at``: an award was announced, of ``maximum_cents`` at most; only from then on a live
    fund matches gifts (``started``). ``fixed_cents`` is the award that is owed: what its rule came
    to when the campaign had succeeded, or to what it was changed since. ``kept_before_award``: from
    the time when live funds matched before they awarded; no new row has it. ``mark_seq`` is the
    last claim that the fund has dealt with; a campaign is not decided while a live fund that has
    awarded still has claims to deal with.
    """

    __tablename__ = "campaign_matches"
    __table_args__ = (
        CheckConstraint(
            "status IN ('open','fixed','awarded','committed','received','released')", name="status"
        ),
        CheckConstraint("match_cents >= 0", name="amount"),
        CheckConstraint("settled_cents >= 0", name="settled"),
        CheckConstraint(
            "(granted_at IS NULL) = (maximum_cents IS NULL) AND maximum_cents > 0", name="maximum"
        ),
        CheckConstraint(
            "NOT live OR match_cents = 0 OR kept_before_award OR "
            "(granted_at IS NOT NULL AND match_cents <= maximum_cents)",
            name="awarded_first",
        ),
        CheckConstraint("fixed_cents BETWEEN 0 AND maximum_cents", name="fixed"),
        Index("ix_campaign_matches_campaign_id", "campaign_id"),
        Index("ix_campaign_matches_fund_id", "fund_id"),
    )

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    fund_name: Mapped[str]
    live: Mapped[bool]
    prepaid: Mapped[bool]
    status: Mapped[str]
    match_cents: Mapped[int] = mapped_column(server_default="0", default=0)
    settled_cents: Mapped[int | None]
    mark_seq: Mapped[int] = mapped_column(server_default="0", default=0)
    started: Mapped[bool] = mapped_column(server_default="false", default=False)
    opened_at: Mapped[datetime]
    committed_at: Mapped[datetime | None]
    paid_on: Mapped[date | None]
    granted_at: Mapped[datetime | None]
    maximum_cents: Mapped[int | None]
    fixed_cents: Mapped[int | None]
    kept_before_award: Mapped[bool] = mapped_column(server_default="false", default=False)

    @hybrid_property
    def net_cents(self) -> int:
        """What the campaign has of it now: no more than the last decision lets it keep.

        That is what was determined, or the award that is owed, which can have been lowered.
        """
        bounds = (self.match_cents, self.settled_cents, self.fixed_cents)
        return min(cents for cents in bounds if cents is not None)

    @net_cents.inplace.expression
    @classmethod
    def _net_cents(cls) -> ColumnElement[int]:
        """The same in SQL, where the least leaves out what is null."""
        return func.least(cls.match_cents, cls.settled_cents, cls.fixed_cents)


class UnmatchedGiver(Base):
    """An address whose gifts count for the crowd and never for the match, as the law of funds asks.

    ``email`` is an address, or a domain with its ``@``. Without ``campaign_id`` it holds for all
    campaigns of the municipality: the funder itself. The initiator needs no row. ``erased_at``:
    since when its reader wants the address gone, which waits for the end of the campaign.
    """

    __tablename__ = "unmatched_givers"
    __table_args__ = (
        CheckConstraint("relation IN ('board','funder')", name="relation"),
        CheckConstraint("email = lower(email) AND email LIKE '%@%'", name="email"),
        CheckConstraint("(relation = 'funder') = (campaign_id IS NULL)", name="campaign"),
        UniqueConstraint(
            "municipality_id", "campaign_id", "email", postgresql_nulls_not_distinct=True
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    email: Mapped[str]
    relation: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    erased_at: Mapped[datetime | None]


class CampaignMark(Base):
    """A mark that a campaign came to while it ran; of each there is one, whatever is lost later."""

    __tablename__ = "campaign_marks"
    __table_args__ = (CheckConstraint("mark IN ('half','minimum','goal')", name="mark"),)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(primary_key=True)
    reached_at: Mapped[datetime]


class GiftNews(Base):
    """Up to which moment the initiator of a campaign was mailed about its gifts.

    There is a row from the first gift on, so that one gift only is the first.
    """

    __tablename__ = "gift_news"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    through_at: Mapped[datetime]


class HiddenWords(Base):
    """A donor's name or message that staff keep off the public page, and why.

    The gift itself keeps them: taking this row away shows them again.
    """

    __tablename__ = "hidden_words"
    __table_args__ = (
        CheckConstraint("part IN ('name','message','dedication')", name="part"),
        CheckConstraint("reason <> ''", name="reason"),
        UniqueConstraint("pledge_id", "part", name="uq_hidden_words_pledge_id_part"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"))
    part: Mapped[str]
    reason: Mapped[str]
    hidden_at: Mapped[datetime]
    hidden_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
