"""Payees, payouts and bank files."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.kernel.sealing import Seal


class Payee(Base):
    """An account that a campaign's money goes to, as the initiator gave it and staff checked it.

    Of a campaign that several run it is a proposal first, until another of them agrees; a trigger
    holds that two who run it did. ``signer_id`` is who signed for the campaign when the account
    began to count: who takes over confirms it (``payouts.validity``). ``payable_from`` is the end
    of the cooling-off period after a changed IBAN; ``evidence`` says how staff checked the account,
    ``refusal`` why they could not.
    The number is sealed, with what may be shown of it beside it; ``payouts.seals`` reads and writes
    both, and the plain ``iban`` of rows from before there were seals.
    """

    __tablename__ = "payees"
    __table_args__ = (
        CheckConstraint(
            "status IN ('submitted','verified','refused','replaced','proposal','lapse')",
            name="status",
        ),
        CheckConstraint("agreed_by IS NULL OR agreed_by <> submitted_by", name="agreement"),
        CheckConstraint("verified_by IS NULL OR verified_by <> agreed_by", name="agreed_eyes"),
        CheckConstraint("verified_by IS NULL OR verified_by <> submitted_by", name="four_eyes"),
        CheckConstraint("status <> 'verified' OR verified_by IS NOT NULL", name="verified"),
        CheckConstraint("status <> 'refused' OR refused_by IS NOT NULL", name="refused"),
        CheckConstraint(
            "num_nonnulls(iban, sealed_iban) = 1 AND num_nonnulls(sealed_iban, iban_mask) <> 1",
            name="iban_kept",
        ),
        CheckConstraint("sealed_iban LIKE 'gAAAA%'", name="iban_sealed"),
        CheckConstraint("iban_mask LIKE '____ •••• ____'", name="iban_masked"),
        Index(
            "uq_payees_current",
            "campaign_id",
            unique=True,
            postgresql_where=text("status IN ('submitted','verified')"),
        ),
        Index(
            "uq_payees_proposal",
            "campaign_id",
            unique=True,
            postgresql_where=text("status = 'proposal'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    holder: Mapped[str]
    iban: Mapped[str | None]
    sealed_iban: Mapped[Seal | None]
    iban_mask: Mapped[str | None]
    status: Mapped[str]
    submitted_at: Mapped[datetime]
    submitted_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    payable_from: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    signer_id: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    verified_at: Mapped[datetime | None]
    verified_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    evidence: Mapped[str] = mapped_column(server_default="", default="")
    refused_at: Mapped[datetime | None]
    refused_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    refusal: Mapped[str] = mapped_column(server_default="", default="")


class BankFile(Base):
    """A pain.001 file, kept byte for byte, and sealed: it is full of account numbers.

    ``content`` is of files from before there were seals; see ``payouts.seals``.
    """

    __tablename__ = "bank_files"
    __table_args__ = (
        CheckConstraint("num_nonnulls(content, sealed_content) = 1", name="content_kept"),
        CheckConstraint("sealed_content LIKE 'gAAAA%'", name="content_sealed"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[str] = mapped_column(unique=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    sealed_content: Mapped[Seal | None] = mapped_column(deferred=True)
    sha256: Mapped[str]
    payments: Mapped[int]
    total_cents: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))


class Payout(Base):
    """Money to an initiator (eurocents); at most one under way per campaign.

    ``executed_on`` is the day on the bank's own statement; ``remark`` what staff wrote with the
    last step.
    """

    __tablename__ = "payouts"
    __table_args__ = (
        CheckConstraint(
            "status IN ('proposed','released','exported','executed','cancelled','returned')",
            name="status",
        ),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("released_by IS NULL OR released_by <> proposed_by", name="four_eyes"),
        CheckConstraint(
            "status NOT IN ('released','exported','executed') OR released_by IS NOT NULL",
            name="released",
        ),
        CheckConstraint(
            "status NOT IN ('exported','executed') OR bank_file_id IS NOT NULL", name="exported"
        ),
        CheckConstraint("status <> 'executed' OR executed_on IS NOT NULL", name="executed"),
        Index(
            "uq_payouts_under_way",
            "campaign_id",
            unique=True,
            postgresql_where=text("status IN ('proposed','released','exported')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    payee_id: Mapped[UUID] = mapped_column(ForeignKey("payees.id"))
    amount_cents: Mapped[int]
    status: Mapped[str]
    end_to_end_id: Mapped[str] = mapped_column(unique=True)
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    bank_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("bank_files.id"))
    exported_at: Mapped[datetime | None]
    executed_on: Mapped[date | None]
    executed_at: Mapped[datetime | None]
    executed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    remark: Mapped[str] = mapped_column(server_default="", default="")


class FundReturn(Base):
    """What is left of a settled fund on its way back to its municipality (eurocents).

    The same road as a payout: proposed by one, released by another, in a bank file, seen to have
    gone. ``remark`` is what staff wrote with the last step.
    """

    __tablename__ = "fund_returns"
    __table_args__ = (
        CheckConstraint(
            "status IN ('proposed','released','exported','executed','cancelled','returned')",
            name="status",
        ),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("released_by <> proposed_by", name="four_eyes"),
        CheckConstraint(
            "status NOT IN ('released','exported','executed') OR released_by IS NOT NULL",
            name="released",
        ),
        CheckConstraint(
            "status NOT IN ('exported','executed') OR bank_file_id IS NOT NULL", name="exported"
        ),
        CheckConstraint("status <> 'executed' OR executed_on IS NOT NULL", name="executed"),
        CheckConstraint("sealed_iban LIKE 'gAAAA%'", name="iban_sealed"),
        CheckConstraint("iban_mask LIKE '____ •••• ____'", name="iban_masked"),
        Index(
            "uq_fund_returns_under_way",
            "fund_id",
            unique=True,
            postgresql_where=text("status IN ('proposed','released','exported')"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    fund_id: Mapped[UUID] = mapped_column(ForeignKey("funds.id"))
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    amount_cents: Mapped[int]
    holder: Mapped[str]
    sealed_iban: Mapped[Seal]
    iban_mask: Mapped[str]
    status: Mapped[str]
    end_to_end_id: Mapped[str] = mapped_column(unique=True)
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    released_at: Mapped[datetime | None]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    bank_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("bank_files.id"))
    exported_at: Mapped[datetime | None]
    executed_on: Mapped[date | None]
    executed_at: Mapped[datetime | None]
    executed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    returned_at: Mapped[datetime | None]
    returned_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    remark: Mapped[str] = mapped_column(server_default="", default="")
