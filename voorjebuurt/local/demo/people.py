"""The people of the demo: who works here, and who runs a campaign."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM, Actor
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.local.demo.stage import Cast
from voorjebuurt.local.demo.stories import data, email_of, stories
from voorjebuurt.mail.addresses import Means, confirm_address
from voorjebuurt.people import roles, service, signin
from voorjebuurt.people.factors import service as factors
from voorjebuurt.people.factors.codes import code_at
from voorjebuurt.people.factors.queries import factor_state
from voorjebuurt.people.models import Person
from voorjebuurt.people.queries import roles_of
from voorjebuurt.people.rules import Role
from voorjebuurt.places.queries import municipality_by_slug


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who can sign in. ``does`` says what there is to see as them."""

    name: str
    does: str
    role: Role | None = None
    municipality: str | None = None
    mandate_euros: int | None = None
    appoints: bool = False

    @property
    def email(self) -> str:
        """An address that is nobody's."""
        return email_of(self.name)


def demo_people() -> Iterator[DemoPerson]:
    """Everybody with a sign-in: the people who work here first, then the initiators."""
    for person in data("people")["person"]:
        role = Role(person["role"])
        place = person.get("municipality")
        does = f"{role}, {place}" if place else str(role)
        does += f", mandate € {person['mandate']}" if "mandate" in person else ""
        appoints = person.get("appoints", False)
        does += ", appoints officers" if appoints else ""
        yield DemoPerson(person["name"], does, role, place, person.get("mandate"), appoints)
    for story in stories():
        yield DemoPerson(story.initiator, f"resident, {story.life.status}: {story.title}")


def load_people(session: Session, sealer: Sealer) -> Cast:
    """Everybody who is not there yet, with the demo's password, their roles and a second step."""
    people: dict[DemoPerson, Person] = {}
    for account in demo_people():
        people[account] = _person(session, account, hash_of_all=_first_hash(people.values()))
    actors = {a: _actor(person, a.role) for a, person in people.items() if a.role}
    staff = tuple(actor for a, actor in actors.items() if a.role is Role.STAFF)
    coaches = tuple(actor for a, actor in actors.items() if a.role is Role.COACH)
    for account, person in people.items():
        if account.role is not None and account.role not in roles_of(session, person.id):
            _grant(session, account, person)
            _add_second_factor(session, person, sealer)
    officers = {a.name: actor for a, actor in actors.items() if a.role is Role.OFFICER}
    return Cast(coaches=coaches, staff=staff, officers=officers)


def initiator(session: Session, name: str) -> Actor:
    """Who runs a campaign, as the one who does something."""
    person = service.add_person(session, email=email_of(name), name=name, actor=SYSTEM)
    confirm_address(session, email=person.email, means=Means.SIGN_IN)
    return _actor(person, None)


def _first_hash(people: Iterable[Person]) -> str | None:
    return next((person.password_hash for person in people), None)


def _person(session: Session, account: DemoPerson, *, hash_of_all: str | None) -> Person:
    """Somebody with the password that is everybody's: a hash takes long on purpose, so the first
    one's is all of theirs.
    """
    person = service.add_person(session, email=account.email, name=account.name, actor=SYSTEM)
    confirm_address(session, email=person.email, means=Means.SIGN_IN)
    if account.role is None:
        # As by a link of a mail: they may answer an invitation to run a campaign together.
        person.verified_at = person.verified_at or clock.now()
    if person.password_hash is None and hash_of_all is not None:
        person.password_hash = hash_of_all
    elif person.password_hash is None:
        signin.set_password(
            session,
            person_id=person.id,
            password=data("people")["password"],
            current=None,
            actor=_actor(person, None),
        )
    return person


def _grant(session: Session, account: DemoPerson, person: Person) -> None:
    place = municipality_by_slug(session, account.municipality) if account.municipality else None
    roles.grant_role(
        session,
        person_id=person.id,
        role=account.role or Role.COACH,
        municipality_id=place.id if place else None,
        mandate_limit_cents=account.mandate_euros * 100 if account.mandate_euros else None,
        may_appoint=account.appoints,
        actor=SYSTEM,
    )


def _add_second_factor(session: Session, person: Person, sealer: Sealer) -> None:
    """The codes of the moment stand in the practice mailbox and where they are asked."""
    if factor_state(session, person.id) is None:
        secret = factors.new_secret()
        factors.add_totp(
            session,
            person_id=person.id,
            secret=secret,
            code=code_at(secret, clock.now()),
            sealer=sealer,
            actor=_actor(person, None),
        )


def _actor(person: Person, role: Role | None) -> Actor:
    return Actor("person", person.id, frozenset({role.value}) if role else frozenset())
