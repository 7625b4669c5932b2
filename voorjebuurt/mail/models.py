"""The outbox, and what is known of the addresses that it writes to."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id


class MailMessage(Base):
    """One mail. ``key`` makes it once only: ``receipt:<pledge>``.

    It is rendered by the worker, which knows the site's address, and kept as it was sent. It waits
    until it ends in one of three ways: sent, undeliverable, or dropped because it should not be
    sent any more. ``awaits_confirmation``: it carries words of strangers to an address that nobody
    has confirmed yet. ``failure`` is what the mail server said to the latest attempt.
    ``claimed_at``: since when somebody is handing it over; what came of it is not known yet.
    ``erased_at``: when what it said was erased, after its term; that it was sent stays known.
    """

    __tablename__ = "mail_messages"
    __table_args__ = (
        CheckConstraint("num_nonnulls(sent_at, undeliverable_at, dropped_at) <= 1", name="one_end"),
        CheckConstraint(
            "erased_at IS NULL OR (num_nonnulls(subject, text, html, failure) = 0"
            " AND num_nonnulls(sent_at, dropped_at) = 1)",
            name="erased",
        ),
        Index("ix_mail_messages_created_at", "created_at"),
        Index("ix_mail_messages_recipient", sql("lower(recipient)"), "sent_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    template: Mapped[str]
    recipient: Mapped[str]
    locale: Mapped[str]
    context: Mapped[dict[str, Any]]
    subject: Mapped[str | None]
    text: Mapped[str | None]
    html: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0", default=0)
    failure: Mapped[str | None]
    awaits_confirmation: Mapped[bool] = mapped_column(server_default="false", default=False)
    next_attempt_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    undeliverable_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class ConfirmedAddress(Base):
    """An address whose reader followed a link that was mailed there, or paid a gift with it."""

    __tablename__ = "confirmed_addresses"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("means IN ('sign_in','payment')", name="means"),
    )

    email: Mapped[str] = mapped_column(primary_key=True)
    means: Mapped[str]
    confirmed_at: Mapped[datetime]


class MailUnsubscription(Base):
    """That the reader of an address wants no more mails of one template.

    ``topic``: only of those about this, such as one campaign; empty for all of them.
    """

    __tablename__ = "mail_unsubscriptions"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    email: Mapped[str] = mapped_column(primary_key=True)
    template: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True, server_default="", default="")
    unsubscribed_at: Mapped[datetime]


class MailedFact(Base):
    """That somebody was mailed about something that waits for them: about each thing once."""

    __tablename__ = "mailed_facts"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    fact: Mapped[str] = mapped_column(primary_key=True)
    template: Mapped[str]
    mailed_at: Mapped[datetime]


class MailChoice(Base):
    """How often somebody wants mail of one kind, where they said so."""

    __tablename__ = "mail_choices"
    __table_args__ = (CheckConstraint("cadence IN ('at_once','daily','never')", name="cadence"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    cadence: Mapped[str]
    chosen_at: Mapped[datetime]
