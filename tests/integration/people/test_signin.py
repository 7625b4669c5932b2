"""Signing in with links and passwords, as the domain does it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher, Type
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, signed_in_as
from tests.support.mailed_links import mailed_token
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import queries, signin
from voorjebuurt.people.models import Person, SignInLink
from voorjebuurt.people.signin import Admission

PASSWORD = "vier bomen op het plein"


def ask(
    session: Session, email: str = "Iris@Voorbeeld.example", next_path: str | None = None
) -> str:
    """Ask for a link, and take the token out of the mail."""
    signin.request_link(session, email=email, next_path=next_path, locale="nl", actor=GUEST)
    newest = select(MailMessage).order_by(MailMessage.id.desc()).limit(1)
    return mailed_token(session, session.scalars(newest).one())


def use(session: Session, token: str) -> Admission:
    return signin.use_link(session, token=token, locale="en", actor=GUEST)


def code_of(call: Callable[..., object], *arguments: object, **keywords: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(*arguments, **keywords)
    return error.value.code


def with_password(session: Session, **fields: Any) -> Person:
    person = PersonFactory(**fields)
    signin.set_password(session, person_id=person.id, password=PASSWORD, current=None, actor=SYSTEM)
    return person


def test_the_first_use_of_a_link_makes_a_person(session: Session) -> None:
    token = ask(session, next_path="/mijn/acties")
    assert queries.person_by_email(session, "iris@voorbeeld.example") is None
    admission = use(session, token)
    person = queries.person_by_email(session, "IRIS@voorbeeld.example ")
    assert admission.is_new
    assert admission.next_path == "/mijn/acties"
    assert (admission.person_id, certain(person).locale) == (certain(person).id, "en")
    assert certain(person).verified_at is not None


def test_a_second_link_leads_to_the_same_person(session: Session) -> None:
    first = use(session, ask(session))
    second = use(session, ask(session, email="IRIS@voorbeeld.example"))
    assert (second.person_id, second.is_new) == (first.person_id, False)


def test_a_link_works_once(session: Session) -> None:
    token = ask(session)
    use(session, token)
    assert code_of(use, session, token) == "sign_in_link_used"


def test_a_link_works_for_half_an_hour(session: Session) -> None:
    token = ask(session)
    with clock.at(clock.now() + timedelta(minutes=31)):
        assert queries.email_of_open_link(session, token) is None
        assert code_of(use, session, token) == "sign_in_link_used"


def test_a_link_that_never_was_is_refused(session: Session) -> None:
    assert code_of(use, session, "x" * 43) == "sign_in_link_used"


def test_looking_at_a_link_does_not_use_it_up(session: Session) -> None:
    token = ask(session)
    assert queries.email_of_open_link(session, token) == "iris@voorbeeld.example"
    assert queries.email_of_open_link(session, token) == "iris@voorbeeld.example"
    use(session, token)


def test_only_the_hash_of_a_link_is_kept(session: Session) -> None:
    token = ask(session)
    link = session.scalars(select(SignInLink)).one()
    assert token not in (link.token_hash, str(link.id))


def test_a_blocked_person_cannot_use_a_link(session: Session) -> None:
    PersonFactory(email="iris@voorbeeld.example", blocked_at=clock.now())
    assert code_of(use, session, ask(session)) == "account_blocked"


def test_expired_links_and_their_mails_are_thrown_away(session: Session) -> None:
    ask(session)
    with clock.at(clock.now() + timedelta(minutes=29)):
        signin.forget_links(session)
    assert session.scalars(select(SignInLink)).one()
    with clock.at(clock.now() + timedelta(minutes=31)):
        signin.forget_links(session)
    assert session.scalars(select(SignInLink)).all() == []
    assert session.scalars(select(MailMessage)).all() == []


def test_a_password_signs_in(session: Session) -> None:
    person = with_password(session, email="noor@voorbeeld.example")
    admission = signin.use_password(session, email="NOOR@voorbeeld.example", password=PASSWORD)
    assert (admission.person_id, admission.session_version) == (person.id, 1)
    assert PASSWORD not in certain(person.password_hash)


@pytest.mark.parametrize("case", ["unknown", "without password", "wrong", "blocked"])
def test_every_refusal_is_the_same_and_computes_one_hash(
    session: Session, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    with_password(session, email="noor@voorbeeld.example")
    with_password(session, email="weg@voorbeeld.example").blocked_at = clock.now()
    PersonFactory(email="zonder@voorbeeld.example")
    session.flush()
    email, password = {
        "unknown": ("niemand@voorbeeld.example", PASSWORD),
        "without password": ("zonder@voorbeeld.example", PASSWORD),
        "wrong": ("noor@voorbeeld.example", "iets anders helemaal"),
        "blocked": ("weg@voorbeeld.example", PASSWORD),
    }[case]
    checks = []
    verify = PasswordHasher.verify

    def counting(self: PasswordHasher, *arguments: str) -> bool:
        checks.append(case)
        return verify(self, *arguments)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    code = code_of(signin.use_password, session, email=email, password=password)
    assert (code, checks) == ("sign_in_refused", [case])


def test_a_hash_with_old_parameters_is_renewed(session: Session) -> None:
    old = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
    person = PersonFactory(password_hash=old)
    signin.use_password(session, email=person.email, password=PASSWORD)
    assert person.password_hash != old
    signin.use_password(session, email=person.email, password=PASSWORD)


def test_a_password_costs_as_much_as_it_should(site_hasher: PasswordHasher) -> None:
    """OWASP's password storage cheat sheet: Argon2id with 19 MiB and two passes at least."""
    assert site_hasher.type is Type.ID
    assert site_hasher.memory_cost >= 19 * 1024
    assert site_hasher.time_cost >= 2


def test_changing_a_password_needs_the_present_one(session: Session) -> None:
    person = with_password(session)
    change: dict[str, Any] = {
        "person_id": person.id,
        "password": "een heel nieuw woord",
        "actor": SYSTEM,
    }
    assert code_of(signin.set_password, session, current="fout", **change) == "password_wrong"
    assert code_of(signin.set_password, session, current=None, **change) == "password_wrong"
    signin.set_password(session, current=PASSWORD, **change)
    signin.use_password(session, email=person.email, password="een heel nieuw woord")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kort", "password_too_short"),
        ("x" * 201, "password_too_long"),
        ("wachtwoord1234", "password_guessable"),
        ("noor@voorbeeld.example", "password_guessable"),
    ],
)
def test_passwords_are_long_and_hard_to_guess(session: Session, password: str, code: str) -> None:
    person = PersonFactory(email="noor@voorbeeld.example")
    assert code == code_of(
        signin.set_password,
        session,
        person_id=person.id,
        password=password,
        current=None,
        actor=SYSTEM,
    )


def test_a_new_password_and_signing_out_everywhere_end_open_sessions(session: Session) -> None:
    person = PersonFactory()
    first = signed_in_as(session, person)
    assert queries.person_of_sign_in(session, first) is not None
    admission = signin.set_password(
        session, person_id=person.id, password=PASSWORD, current=None, actor=SYSTEM
    )
    assert queries.person_of_sign_in(session, first) is None
    assert admission.session_version == person.session_version
    second = signed_in_as(session, person)
    assert queries.person_of_sign_in(session, second) is not None
    signin.end_sessions(session, person_id=person.id, actor=Actor("person", person.id))
    assert queries.person_of_sign_in(session, second) is None


def test_signing_in_is_written_down(session: Session) -> None:
    use(session, ask(session))
    person = session.scalars(select(Person)).one()
    session.flush()
    statement = text("SELECT action FROM audit_events WHERE subject_id = :id ORDER BY id")
    actions = session.scalars(statement, {"id": person.id}).all()
    assert actions == ["person.added", "person.signed_in"]


def test_signing_out_everywhere_and_a_new_password_end_open_links(session: Session) -> None:
    for ending in (
        lambda person: signin.end_sessions(session, person_id=person.id, actor=SYSTEM),
        lambda person: signin.set_password(
            session, person_id=person.id, password=PASSWORD, current=None, actor=SYSTEM
        ),
    ):
        person = PersonFactory()
        token = ask(session, person.email)
        ending(person)
        assert code_of(signin.use_link, session, token=token, locale="nl", actor=SYSTEM) == (
            "sign_in_link_used"
        )
