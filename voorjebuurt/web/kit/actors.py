"""Who makes this request. The one place that opens and ends sessions."""

from uuid import UUID

from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people import queries as people
from voorjebuurt.people.queries import SignedIn
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.returned_forms import refuse_writing

_KEPT_AT_SIGN_IN = ("_flashes",)


class _User(UserMixin):
    """A person as Flask-Login knows them. Ending all sessions changes the id."""

    def __init__(self, person: SignedIn, version: int) -> None:
        self.person = person
        self._version = version

    def get_id(self) -> str:
        """What the session keeps: an old version no longer counts."""
        return f"{self.person.id}:{self._version}"


def init_actors(app: Flask) -> None:
    """Let Flask-Login find the person of a session."""
    manager = LoginManager()
    manager.session_protection = "strong"
    # By default the network address counts too: a phone that leaves the house would be signed
    # out in the middle of a form.
    manager._session_identifier_generator = _browser
    manager.user_loader(_load)
    manager.init_app(app)


def current_person() -> SignedIn | None:
    """The person who is signed in, if any."""
    return current_user.person if current_user.is_authenticated else None


def signed_in_person() -> SignedIn:
    """The person who is signed in, on a route whose guard lets nobody else through."""
    person: SignedIn = current_user.person
    return person


def is_kept_out() -> bool:
    """Whether this browser was signed in by somebody who is blocked now."""
    _ = current_user.is_authenticated  # it is found out when the person is looked for
    return bool(g.get("kept_out"))


def current_actor() -> Actor:
    """Who acts: the signed-in person with their roles, or a guest."""
    person = current_person()
    return GUEST if person is None else Actor("person", person.id, person.roles)


def open_session(person_id: UUID, version: int) -> bool:
    """Start a session as this person; False when they may not sign in.

    Whatever an earlier visitor of this browser left behind is thrown away, so that nobody can
    prepare a session for another.
    """
    refuse_writing()
    user = _load(f"{person_id}:{version}")
    if user is None:
        return False
    end_session()
    return bool(login_user(user))


def end_session() -> None:
    """Forget who is signed in, and all that the session held but what is to be shown next."""
    refuse_writing()
    values = {key: session[key] for key in _KEPT_AT_SIGN_IN if key in session}
    logout_user()
    session.clear()
    session.update(values)
    g.pop("csrf_token", None)


def forget_person() -> None:
    """For the rest of this request nobody is signed in: the database can't tell who it is."""
    g.nobody = True
    g.pop("_login_user", None)


def _browser() -> str:
    return token_hash(request.user_agent.string)


def _load(identity: str) -> _User | None:
    if g.get("nobody"):
        return None
    person_id, _, version = identity.partition(":")
    try:
        key = UUID(person_id), int(version)
    except ValueError:
        return None
    with reading() as session:
        person = people.person_for_session(session, *key)
        if person is None:
            g.kept_out = people.is_blocked(session, key[0])
    return None if person is None else _User(person, key[1])
