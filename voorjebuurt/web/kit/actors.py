"""Who makes this request. The one place that opens and ends sessions."""

from datetime import datetime
from uuid import UUID

from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, Actor
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people import queries as people
from voorjebuurt.people import sign_ins
from voorjebuurt.people.queries import SignedIn
from voorjebuurt.people.rules import USE_NOTED_EVERY
from voorjebuurt.people.viewings.queries import seen_as
from voorjebuurt.web.kit.database import reading, the_database, writing
from voorjebuurt.web.kit.devices import device_name
from voorjebuurt.web.kit.returned_forms import refuse_writing

_KEPT_AT_SIGN_IN = ("_flashes",)
_SIGNED_ON = "signed_on"


class _User(UserMixin):
    """A person as Flask-Login knows them, by the device that they are signed in on."""

    def __init__(self, person: SignedIn) -> None:
        self.person = person

    def get_id(self) -> str:
        """What the session keeps: what was ended there no longer counts."""
        return str(self.person.sign_in_id)


def init_actors(app: Flask) -> None:
    """Let Flask-Login find the person of a session."""
    manager = LoginManager()
    manager.session_protection = "strong"
    # By default the network address counts too: a phone that leaves the house would be signed
    # out in the middle of a form.
    manager._session_identifier_generator = _browser
    manager.user_loader(_load)
    manager.init_app(app)


def known_person() -> SignedIn | None:
    """Who is signed in, be it half way: before the second step that they chose or must take."""
    return current_user.person if current_user.is_authenticated else None


def current_person() -> SignedIn | None:
    """The person who is signed in, if any. Half way nobody is: whoever has only the mailbox or the
    password sees and does nothing in their name.
    """
    person = known_person()
    is_half_way = person is not None and person.has_factor and person.factor_at is None
    return None if is_half_way else person


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


def open_session(person_id: UUID, version: int, *, factor_at: datetime | None = None) -> bool:
    """Start a session as this person; False when they may not sign in.

    ``factor_at`` goes along where the session replaces another of theirs. Whatever an earlier
    visitor of this browser left behind is thrown away, so that nobody can prepare a session for
    another.
    """
    with writing() as db:
        sign_in_id = sign_ins.open_sign_in(
            db,
            person_id=person_id,
            version=version,
            device=device_name(request.user_agent.string),
            factor_at=factor_at,
        )
    user = _load(str(sign_in_id))
    end_session()
    if user is None:
        return False
    return bool(login_user(user))


def end_session() -> None:
    """Forget who is signed in, here and in every copy of the cookie, and all that the session
    held but what is to be shown next.
    """
    refuse_writing()
    person = known_person()
    if person is not None:
        with writing() as db:
            sign_ins.end_sign_in(db, sign_in_id=person.sign_in_id, actor=Actor("person", person.id))
    values = {key: session[key] for key in _KEPT_AT_SIGN_IN if key in session}
    logout_user()
    session.clear()
    session.update(values)
    g.pop("csrf_token", None)


def read_person_again() -> None:
    """What the person may do was changed in this request."""
    g.pop("_login_user", None)


def forget_person() -> None:
    """For the rest of this request nobody is signed in: the database can't tell who it is."""
    g.nobody = True
    g.pop("_login_user", None)


def _renew_cookie() -> None:
    """Sign the cookie anew on each day that it is used: its signature lasts for some days only,
    and how long somebody is signed in is the database's to say.
    """
    today = clock.today().isoformat()
    if session.get(_SIGNED_ON) != today:
        session[_SIGNED_ON] = today


def _browser() -> str:
    return token_hash(request.user_agent.string)


def _load(identity: str) -> _User | None:
    if g.get("nobody"):
        return None
    try:
        sign_in_id = UUID(identity)
    except ValueError:
        return None
    with reading() as db:
        person = people.person_of_sign_in(db, sign_in_id)
        if person is None:
            g.kept_out = people.is_blocked(db, sign_in_id)
        viewer = person and seen_as(db, person)
    if person is None or viewer is None:
        return None
    if clock.now() - person.last_used_at > USE_NOTED_EVERY:
        with the_database().writing() as db:
            sign_ins.note_use(db, sign_in_id)
    _renew_cookie()
    return _User(viewer)
