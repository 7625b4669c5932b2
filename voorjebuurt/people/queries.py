"""Who somebody is and what they may do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people.models import Passkey, Person, RoleGrant, SignIn, SignInLink, TotpFactor
from voorjebuurt.people.rules import Role, is_over, normal_email


@dataclass(frozen=True)
class SignedIn:
    """A person who is signed in on a device.

    ``roles``: what they may act as now: nothing before the second step; ``held_roles``: what they
    were given. ``municipalities`` are those they may act in as an officer. ``factor_at``: when they
    passed the second step; ``has_factor``: whether they can.
    """

    id: UUID
    sign_in_id: UUID
    email: str
    name: str
    locale: str
    has_password: bool
    has_factor: bool
    factor_at: datetime | None
    last_used_at: datetime
    held_roles: frozenset[str]
    roles: frozenset[str]
    municipalities: frozenset[UUID]
    inspects: frozenset[UUID] = frozenset()
    """The municipalities that they may look into as an auditor, and do nothing in."""
    viewed_until: datetime | None = None
    """Set while it is a member of staff who sees the site as this person does: until when."""

    @property
    def reads(self) -> frozenset[UUID]:
        """The municipalities whose cases they may read."""
        return self.municipalities | self.inspects


_active = RoleGrant.revoked_at.is_(None)
_roles = func.array_agg(RoleGrant.role).filter(RoleGrant.role.is_not(None))
_places = func.array_agg(RoleGrant.municipality_id).filter(RoleGrant.role == Role.OFFICER)
_auditor_places = func.array_agg(RoleGrant.municipality_id).filter(RoleGrant.role == Role.INSPECTOR)
_signed_in = (
    select(
        Person.id,
        Person.email,
        Person.name,
        Person.locale,
        Person.password_hash.is_not(None).label("has_password"),
        or_(
            exists().where(TotpFactor.person_id == Person.id),
            exists().where(Passkey.person_id == Person.id),
        ).label("has_factor"),
        SignIn.id.label("sign_in_id"),
        SignIn.opened_at,
        SignIn.last_used_at,
        SignIn.factor_at,
        _roles.label("roles"),
        _places.label("places"),
        _auditor_places.label("inspected"),
    )
    .join(SignIn, (SignIn.person_id == Person.id) & (SignIn.version == Person.session_version))
    .outerjoin(RoleGrant, (RoleGrant.person_id == Person.id) & _active)
    .where(Person.blocked_at.is_(None), SignIn.ended_at.is_(None))
    .group_by(Person.id, SignIn.id)
)


def person_of_sign_in(session: Session, sign_in_id: UUID) -> SignedIn | None:
    """Who is signed in so; None when that was ended, is over by itself, or they are blocked."""
    row = session.execute(_signed_in.where(SignIn.id == sign_in_id)).one_or_none()
    if row is None:
        return None
    held_roles = frozenset(row.roles or ())
    if is_over(
        opened_at=row.opened_at,
        last_used_at=row.last_used_at,
        holds_role=bool(held_roles),
        moment=clock.now(),
    ):
        return None
    may_act = row.factor_at is not None
    return SignedIn(
        id=row.id,
        sign_in_id=row.sign_in_id,
        email=row.email,
        name=row.name,
        locale=row.locale,
        has_password=row.has_password,
        has_factor=row.has_factor,
        factor_at=row.factor_at,
        last_used_at=row.last_used_at,
        held_roles=held_roles,
        roles=held_roles if may_act else frozenset(),
        municipalities=frozenset(row.places or ()) if may_act else frozenset(),
        inspects=frozenset(row.inspected or ()) if may_act else frozenset(),
    )


class OpenSignIn(NamedTuple):
    """A device on which somebody is signed in."""

    id: UUID
    device: str
    opened_at: datetime
    last_used_at: datetime


def open_sign_ins(session: Session, person_id: UUID) -> list[OpenSignIn]:
    """Where a person is signed in now, the latest used first."""
    holds_role = bool(roles_of(session, person_id))
    statement = (
        select(SignIn)
        .join(Person, (Person.id == SignIn.person_id) & (SignIn.version == Person.session_version))
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None))
        .order_by(SignIn.last_used_at.desc(), SignIn.id)
    )
    return [
        OpenSignIn(each.id, each.device, each.opened_at, each.last_used_at)
        for each in session.scalars(statement)
        if not is_over(
            opened_at=each.opened_at,
            last_used_at=each.last_used_at,
            holds_role=holds_role,
            moment=clock.now(),
        )
    ]


def is_blocked(session: Session, sign_in_id: UUID) -> bool:
    """Whether staff keep out the person who was signed in so."""
    theirs = select(SignIn.person_id).where(SignIn.id == sign_in_id)
    return _any_blocked(session, Person.id.in_(theirs))


def is_address_blocked(session: Session, email: str) -> bool:
    """Whether staff keep out the person with this address. Only for who reads its mail."""
    return _any_blocked(session, Person.email == normal_email(email))


def _any_blocked(session: Session, condition: ColumnElement[bool]) -> bool:
    statement = select(Person.id).where(condition, Person.blocked_at.is_not(None))
    return session.scalar(statement) is not None


def person_by_email(session: Session, email: str) -> Person | None:
    """The person with this address, however it is spelled."""
    return session.scalar(select(Person).where(Person.email == normal_email(email)))


def person_by_id(session: Session, person_id: UUID) -> Person | None:
    """One person."""
    return session.get(Person, person_id)


def people(session: Session, *, search: str = "", limit: int = 50, offset: int = 0) -> list[Person]:
    """Persons by name and address; ``search`` is part of either."""
    statement = select(Person).where(Person.erased_at.is_(None))
    statement = statement.order_by(func.lower(Person.name), Person.email)
    if search:
        name, email = (f"%{_literal(part)}%" for part in (search, normal_email(search)))
        statement = statement.where(Person.name.ilike(name) | Person.email.ilike(email))
    return list(session.scalars(statement.limit(limit).offset(offset)))


def called(person: type[Person]) -> ColumnElement[str]:
    """SQL for what to call somebody, as ``names_of`` does; of who was erased, that they are."""
    return func.coalesce(func.nullif(person.name, ""), person.email)


def names_of(session: Session, person_ids: Iterable[UUID | None]) -> Mapping[UUID, str]:
    """What to call these persons: their name, or their address while they have none."""
    ids = {person_id for person_id in person_ids if person_id is not None}
    if not ids:
        return {}
    statement = select(Person.id, Person.name, Person.email).where(Person.id.in_(ids))
    return {row.id: row.name or row.email for row in session.execute(statement)}


def grants_of(session: Session, person_id: UUID) -> Sequence[RoleGrant]:
    """The roles a person has now, oldest first."""
    statement = select(RoleGrant).where(RoleGrant.person_id == person_id, _active)
    return session.scalars(statement.order_by(RoleGrant.granted_at, RoleGrant.id)).all()


def roles_of(session: Session, person_id: UUID) -> frozenset[str]:
    """The names of the roles a person has now."""
    return frozenset(grant.role for grant in grants_of(session, person_id))


def mandate_limit(session: Session, person_id: UUID, municipality_id: UUID) -> int | None:
    """What an officer may decide alone in a municipality, in eurocents; None is nothing at all.

    A grant without a limit is a mandate of zero: nobody decides by an empty field. So is one whose
    last day is over.
    """
    grant = officer_grant(session, person_id, municipality_id)
    return None if grant is None else cents_of(grant)


def officer_grant(session: Session, person_id: UUID, municipality_id: UUID) -> RoleGrant | None:
    """The role somebody has as an officer of a municipality now."""
    return session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.municipality_id == municipality_id,
            RoleGrant.role == Role.OFFICER,
            _active,
        )
    )


def cents_of(grant: RoleGrant, on: date | None = None) -> int:
    """Up to what an officer decides by a grant today, or on a day (eurocents)."""
    day = clock.today() if on is None else on
    is_over = grant.mandate_until is not None and grant.mandate_until < day
    return 0 if is_over else grant.mandate_limit_cents or 0


def emails_with_role(
    session: Session, role: Role, municipality_id: UUID | None = None
) -> Sequence[tuple[UUID, str, str]]:
    """Id, address and locale of everybody with a role who isn't blocked; for mails to a desk.

    Of officers: those of one municipality, or of all.
    """
    statement = (
        select(Person.id, Person.email, Person.locale)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == role, _active, Person.blocked_at.is_(None))
        .distinct()
        .order_by(Person.email)
    )
    if municipality_id is not None:
        statement = statement.where(RoleGrant.municipality_id == municipality_id)
    return [(row.id, row.email, row.locale) for row in session.execute(statement)]


class Officer(NamedTuple):
    """An officer in one municipality, and up to what they decide (eurocents)."""

    id: UUID
    name: str
    municipality_id: UUID
    mandate_cents: int


def officers(session: Session, municipality_id: UUID | None = None) -> list[Officer]:
    """The officers who aren't blocked, by name; of one municipality, or of all."""
    statement = (
        select(Person.id, Person.name, Person.email, RoleGrant)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == Role.OFFICER, _active, Person.blocked_at.is_(None))
        .order_by(func.lower(Person.name), Person.email)
    )
    if municipality_id is not None:
        statement = statement.where(RoleGrant.municipality_id == municipality_id)
    return [
        Officer(row.id, row.name or row.email, place, cents_of(row.RoleGrant))
        for row in session.execute(statement)
        if (place := row.RoleGrant.municipality_id) is not None
    ]


def email_of_open_link(session: Session, token: str) -> str | None:
    """The address that a sign-in link was mailed to, while it can still be used."""
    return session.scalar(
        select(SignInLink.email).where(
            SignInLink.token_hash == token_hash(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > clock.now(),
        )
    )


def path_of_open_link(session: Session, token: str) -> str | None:
    """Where a sign-in link leads to, while it can still be used."""
    return session.scalar(
        select(SignInLink.next_path).where(
            SignInLink.token_hash == token_hash(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > clock.now(),
        )
    )


def _literal(text: str) -> str:
    """``text`` with the wildcards of LIKE as themselves."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
