"""In whose name gifts are, or for whom."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.mail_addresses import normal_address


class Dedication(Base):
    """In whose name a gift is, or for whom; most gifts have none, and none has two.

    ``name`` is of the group, of who is named, or of who gets the present. Triggers see to it that
    it goes with the gift of a known donor, that nobody is told of a present before its gift counts
    or after the last day, and that what was told stays as it was. ``told_at``: when the mail was
    written; its reader answers with its link, or ``email`` goes after some days.
    """

    __tablename__ = "dedications"
    __table_args__ = (
        CheckConstraint("kind IN ('group','memory','behalf','present')", name="kind"),
        CheckConstraint("length(name) BETWEEN 1 AND 80 AND length(words) <= 300", name="lengths"),
        CheckConstraint("NOT on_page OR kind IN ('memory','behalf')", name="on_page"),
        CheckConstraint(
            "kind = 'group' OR (company_number = '' AND street = '' AND postcode = ''"
            " AND town = '')",
            name="group",
        ),
        CheckConstraint("kind <> 'group' OR words = ''", name="group_words"),
        CheckConstraint("company_number ~ '^([0-9]{8})?$'", name="company_number"),
        CheckConstraint(
            "length(street) <= 100 AND length(postcode) <= 20 AND length(town) <= 80",
            name="address",
        ),
        CheckConstraint(
            "kind = 'present' OR num_nonnulls(email, tell_on, told_at, token_hash) = 0",
            name="present",
        ),
        CheckConstraint("email IS NULL OR tell_on IS NOT NULL", name="tell_on"),
        CheckConstraint("email = lower(email)", name="email"),
        CheckConstraint(
            "answer IS NULL OR (answer IN ('follow','refusal') AND told_at IS NOT NULL"
            " AND email IS NULL)",
            name="answer",
        ),
        Index("ix_dedications_email", "email", postgresql_where=text("email IS NOT NULL")),
        Index(
            "ix_dedications_tell_on",
            "tell_on",
            postgresql_where=text("told_at IS NULL AND email IS NOT NULL"),
        ),
    )

    pledge_id: Mapped[UUID] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    words: Mapped[str] = mapped_column(server_default="", default="")
    on_page: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    company_number: Mapped[str] = mapped_column(server_default="", default="")
    street: Mapped[str] = mapped_column(server_default="", default="")
    postcode: Mapped[str] = mapped_column(server_default="", default="")
    town: Mapped[str] = mapped_column(server_default="", default="")
    email: Mapped[str | None]
    tell_on: Mapped[date | None]
    told_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    token_hash: Mapped[str | None] = mapped_column(unique=True)

    @validates("email")
    def _one_spelling(self, _name: str, email: str | None) -> str | None:
        return normal_address(email) if email is not None else None


class GroupLogo(Base):
    """The logo of a group or firm that gives, and what a coach says of it.

    ``picture``: a small PNG as base64, made anew of what was uploaded. Triggers see to it that it
    goes with a group's gift that counts, waits until a coach who never ran the campaign consents or
    refuses with a reason, waits anew when the picture changes, and that no name but the one that a
    coach saw stands beside it.
    """

    __tablename__ = "group_logos"
    __table_args__ = (
        CheckConstraint("length(picture) BETWEEN 1 AND 60000", name="picture"),
        CheckConstraint("verdict IN ('consent','refusal')", name="verdict"),
        CheckConstraint("num_nonnulls(verdict, decided_at, decided_by) IN (0, 3)", name="decision"),
        CheckConstraint(
            "(coalesce(verdict, '') = 'refusal') = (reason <> '') AND length(reason) <= 1000",
            name="reason",
        ),
        Index("ix_group_logos_sent_at", "sent_at", postgresql_where=text("verdict IS NULL")),
    )

    pledge_id: Mapped[UUID] = mapped_column(
        ForeignKey("dedications.pledge_id", ondelete="CASCADE"), primary_key=True
    )
    picture: Mapped[str]
    sent_at: Mapped[datetime]
    verdict: Mapped[str | None]
    reason: Mapped[str] = mapped_column(server_default="", default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
