"""Persons, what they may do, the links they sign in with, and where they are signed in."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from voorjebuurt.kernel.db import Base
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.kernel.sealing import Seal

_MANDATE_KINDS = (
    "mandate_kinds IS NULL OR (role = 'officer' AND mandate_kinds <> '[]' AND mandate_kinds <@"
    ' \'["award","determination","recovery","objection","penalty","fund"]\')'
)
_MANDATE_UNTIL = "mandate_until IS NULL OR role = 'officer'"


class Person(Base):
    """Somebody who can sign in. ``session_version`` goes up to end all open sessions.

    ``erased_at``: since when nobody knows who it was. The row stays for what refers to it.
    """

    __tablename__ = "persons"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint(
            "(erased_at IS NOT NULL) = (email = id || '@erased.invalid') AND (erased_at IS NULL OR"
            " (name = '' AND num_nonnulls(password_hash, verified_at, blocked_at) = 0))",
            name="erased",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(server_default="")
    locale: Mapped[str] = mapped_column(server_default="nl")
    password_hash: Mapped[str | None]
    session_version: Mapped[int] = mapped_column(server_default="0", default=0)
    created_at: Mapped[datetime]
    verified_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]


class RoleGrant(Base):
    """A role of a person, for officers within one municipality and up to a mandate (eurocents).

    What it gives never changes: another mandate is another row, which ``replaces_id`` one that
    ended at the same moment, so that every moment keeps the mandate of then. ``may_appoint``: the
    right to propose, confirm, change and take away officers of the municipality.
    ``mandate_kinds``: for which decisions, nothing for all of them (a general mandate, Awb 10:5);
    ``mandate_until``: its last day. After it the role stays, to read and to prepare.
    """

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("role IN ('coach','officer','staff','auditor','inspector')", name="role"),
        CheckConstraint(
            "role NOT IN ('officer','inspector') OR municipality_id IS NOT NULL",
            name="officer_place",
        ),
        CheckConstraint(
            "mandate_limit_cents IS NULL OR (role = 'officer' AND mandate_limit_cents >= 0)",
            name="mandate",
        ),
        CheckConstraint("NOT may_appoint OR role = 'officer'", name="appoints"),
        CheckConstraint("replaces_id IS NULL OR role = 'officer'", name="replacement"),
        CheckConstraint(_MANDATE_KINDS, name="mandate_kinds"),
        CheckConstraint(_MANDATE_UNTIL, name="mandate_until"),
        Index("uq_role_grants_replaces_id", "replaces_id", unique=True),
        Index(
            "uq_role_grants_active",
            "person_id",
            "role",
            text("coalesce(municipality_id, '00000000-0000-0000-0000-000000000000')"),
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    role: Mapped[str]
    municipality_id: Mapped[UUID | None] = mapped_column(ForeignKey("municipalities.id"))
    mandate_limit_cents: Mapped[int | None]
    mandate_kinds: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    mandate_until: Mapped[date | None]
    may_appoint: Mapped[bool] = mapped_column(server_default="false", default=False)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("role_grants.id"))
    granted_at: Mapped[datetime]
    granted_by: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[UUID | None]


class RoleProposal(Base):
    """A role, or another mandate in it, that one person wants to give and another must confirm.

    Of officers both are officers of the municipality with the right to appoint; staff only where
    fewer than two have it, and give nothing but that right. ``proposed_as`` and ``confirmed_as``
    say which (nothing on proposals of before there was that right). ``email``: the person's address
    of then, so that who is confirmed is who was proposed. ``replaces_id``: the role as it is now.

    Nothing of it counts before. Confirmed at the earliest at ``confirmable_from``, and before
    ``lapses_at``; ``grant_id`` is the role that came of it. ``dismissed_by`` is nobody where it
    lapsed and another one took its place.
    """

    __tablename__ = "role_proposals"
    __table_args__ = (
        CheckConstraint("role IN ('officer','staff','auditor','inspector')", name="role"),
        CheckConstraint(
            "(role IN ('officer','inspector')) = (municipality_id IS NOT NULL)",
            name="officer_place",
        ),
        CheckConstraint(
            "mandate_limit_cents IS NULL OR (role = 'officer' AND mandate_limit_cents >= 0)",
            name="mandate",
        ),
        CheckConstraint("confirmed_by <> proposed_by", name="two_people"),
        CheckConstraint(
            "proposed_by <> person_id AND (confirmed_by IS NULL OR confirmed_by <> person_id)",
            name="not_oneself",
        ),
        CheckConstraint("num_nonnulls(confirmed_at, dismissed_at) <= 1", name="one_end"),
        CheckConstraint(
            "num_nonnulls(confirmed_at, confirmed_by, grant_id) IN (0, 3)", name="confirmation"
        ),
        CheckConstraint("dismissed_by IS NULL OR dismissed_at IS NOT NULL", name="dismissal"),
        CheckConstraint(
            "confirmed_at >= confirmable_from AND confirmed_at < lapses_at", name="in_time"
        ),
        CheckConstraint(
            "confirmable_from >= proposed_at AND lapses_at > confirmable_from", name="wait"
        ),
        CheckConstraint("NOT may_appoint OR role = 'officer'", name="appoints"),
        CheckConstraint("replaces_id IS NULL OR role = 'officer'", name="replacement"),
        CheckConstraint(
            "proposed_as IN ('officer','staff') AND confirmed_as IN ('officer','staff')",
            name="capacities",
        ),
        CheckConstraint(
            "role <> 'officer'"
            " OR (proposed_as = 'officer' AND (confirmed_at IS NULL OR confirmed_as = 'officer'))"
            " OR (may_appoint"
            " AND (replaces_id IS NOT NULL OR coalesce(mandate_limit_cents, 0) = 0))",
            name="municipal",
        ),
        CheckConstraint(_MANDATE_KINDS, name="mandate_kinds"),
        CheckConstraint(_MANDATE_UNTIL, name="mandate_until"),
        Index(
            "uq_role_proposals_open",
            "person_id",
            "role",
            text("coalesce(municipality_id, '00000000-0000-0000-0000-000000000000')"),
            unique=True,
            postgresql_where=text("confirmed_at IS NULL AND dismissed_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    role: Mapped[str]
    municipality_id: Mapped[UUID | None] = mapped_column(ForeignKey("municipalities.id"))
    mandate_limit_cents: Mapped[int | None]
    mandate_kinds: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    mandate_until: Mapped[date | None]
    may_appoint: Mapped[bool] = mapped_column(server_default="false", default=False)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("role_grants.id"))
    email: Mapped[str | None]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    proposed_as: Mapped[str | None]
    confirmable_from: Mapped[datetime]
    lapses_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    confirmed_as: Mapped[str | None]
    grant_id: Mapped[UUID | None] = mapped_column(ForeignKey("role_grants.id"))
    dismissed_at: Mapped[datetime | None]
    dismissed_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))

    def is_open(self, moment: datetime) -> bool:
        """Whether it can still be confirmed or dismissed, now or later."""
        return self.confirmed_at is None and self.dismissed_at is None and moment < self.lapses_at


class SignInLink(Base):
    """A link that was mailed; only the hash of its secret is kept, and it works once."""

    __tablename__ = "sign_in_links"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    next_path: Mapped[str | None]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignIn(Base):
    """Somebody signed in on a device: what a cookie of the site refers to, and can be ended here.

    ``version`` is the person's ``session_version`` of then. ``factor_at``: when the second step was
    passed last, if ever; ``wrong_codes``: how often since then it was not.
    """

    __tablename__ = "sign_ins"
    __table_args__ = (
        Index("ix_sign_ins_person_id", "person_id", "opened_at"),
        Index("ix_sign_ins_last_used_at", "last_used_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    version: Mapped[int]
    device: Mapped[str]
    opened_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    factor_at: Mapped[datetime | None]
    wrong_codes: Mapped[int] = mapped_column(server_default="0", default=0)


class TotpFactor(Base):
    """The secret that somebody's app makes its codes with (RFC 6238), sealed.

    ``last_interval``: the half minute whose code was used last; a code works once.
    """

    __tablename__ = "totp_factors"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    sealed_secret: Mapped[Seal]
    created_at: Mapped[datetime]
    last_interval: Mapped[int] = mapped_column(server_default="0", default=0)


class Passkey(Base):
    """A key pair of somebody's device or password manager (WebAuthn); only its public half is here.

    ``sign_count``: what the device counted at its last use; 0 where it does not count.
    """

    __tablename__ = "passkeys"
    __table_args__ = (Index("ix_passkeys_person_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    label: Mapped[str]
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code for who lost their app; only its hash is kept, and it works once."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index("ix_recovery_codes_person_id", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    code_hash: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class AddressChange(Base):
    """A change of somebody's address that staff asked for, of which nothing is done yet.

    The new address must confirm it, the old one can stop it; at most one of a person is open. Of
    who holds a role a second member of staff approves it before the new address can confirm.
    Only the hashes of both secrets are kept.
    """

    __tablename__ = "address_changes"
    __table_args__ = (
        CheckConstraint(
            "new_email = lower(new_email) AND new_email <> old_email", name="new_email"
        ),
        CheckConstraint("num_nonnulls(confirmed_at, stopped_at) <= 1", name="one_end"),
        CheckConstraint("num_nonnulls(approved_at, approved_by) IN (0, 2)", name="approval"),
        CheckConstraint(
            "approved_by <> asked_by AND approved_by <> person_id", name="second_person"
        ),
        Index(
            "uq_address_changes_open",
            "person_id",
            unique=True,
            postgresql_where=text("confirmed_at IS NULL AND stopped_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"))
    old_email: Mapped[str]
    new_email: Mapped[str]
    confirm_hash: Mapped[str] = mapped_column(unique=True)
    stop_hash: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    expires_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    confirmed_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]


class Team(Base):
    """Officers of a municipality who share cases, by a name. Ended, it stays to be read.

    One that has an open case, or gets a fund's applications, does not end (a trigger).
    """

    __tablename__ = "teams"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("ended_at IS NULL OR ended_at >= made_at", name="end"),
        UniqueConstraint("id", "municipality_id", name="uq_teams_id_municipality_id"),
        Index(
            "uq_teams_open_name",
            "municipality_id",
            text("lower(name)"),
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    name: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(ForeignKey("persons.id"))


class TeamMember(Base):
    """An officer in a team, for as long as they are an officer there."""

    __tablename__ = "team_members"
    __table_args__ = (Index("ix_team_members_person_id", "person_id"),)

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("persons.id"), primary_key=True)
