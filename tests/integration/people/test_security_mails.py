"""A person is mailed about the own account: password, roles, being blocked, another address."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.factories.people import PersonFactory, actor_of
from tests.support.factories.places import MunicipalityFactory
from tests.support.mailed_links import mailed_token
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import GUEST, SYSTEM, Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.mail.models import MailMessage
from voorjebuurt.people import address_changes, roles, service, sign_ins, signin
from voorjebuurt.people.factors import service as factors
from voorjebuurt.people.factors.codes import code_at
from voorjebuurt.people.models import Person
from voorjebuurt.people.rules import Role

DAYS_90 = timedelta(days=90)
PASSWORD, OTHER = "een lang genoeg wachtwoord", "nog een lang wachtwoord"


@pytest.fixture
def noor(session: Session) -> Person:
    return PersonFactory(name="Noor")


@pytest.fixture
def staff(session: Session) -> Actor:
    return actor_of(PersonFactory(), "staff")


def mails(session: Session, person: Person) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of what a person was mailed, oldest first."""
    statement = select(MailMessage).where(MailMessage.recipient == person.email)
    return [
        (mail.template, mail.context)
        for mail in session.scalars(statement.order_by(MailMessage.id))
    ]


def test_a_password_that_was_set_or_changed_is_mailed_and_one_that_was_refused_is_not(
    session: Session, noor: Person
) -> None:
    fields: dict[str, Any] = {"person_id": noor.id, "actor": actor_of(noor)}
    signin.set_password(session, **fields, password=PASSWORD, current=None)
    signin.set_password(session, **fields, password=OTHER, current=PASSWORD)
    with pytest.raises(DomainError):
        signin.set_password(session, **fields, password=PASSWORD, current="geraden wachtwoord")
    assert [template for template, _ in mails(session, noor)] == [
        "password_set",
        "password_changed",
    ]


def test_a_role_that_was_given_or_taken_is_mailed_with_those_of_now(
    session: Session, noor: Person, staff: Actor
) -> None:
    fields: dict[str, Any] = {"person_id": noor.id, "actor": SYSTEM}
    coach = roles.grant_role(session, **fields, role=Role.COACH)
    roles.grant_role(
        session,
        **fields,
        role=Role.OFFICER,
        municipality_id=MunicipalityFactory(name="Waterdam").id,
        mandate_limit_cents=5_000_000,
    )
    roles.revoke_role(session, grant_id=coach.id, actor=staff)
    coach_line = {"role": "coach", "mandate_cents": 0}
    officer_line = {
        "role": "officer",
        "mandate_cents": 5_000_000,
        "municipality": "Waterdam",
        "may_appoint": False,
    }
    assert [
        (template, context["role"], context["roles"]) for template, context in mails(session, noor)
    ] == [
        ("role_granted", coach_line, [coach_line]),
        ("role_granted", officer_line, [coach_line, officer_line]),
        ("role_revoked", coach_line, [officer_line]),
    ]


def test_who_is_blocked_reads_why_each_time_and_once(
    session: Session, noor: Person, staff: Actor
) -> None:
    fields: dict[str, Any] = {"person_id": noor.id, "actor": staff}
    for reason in ("Nepactie.", "Weer een nepactie."):
        service.block_person(session, **fields, reason=reason)
        service.block_person(session, **fields, reason="Dubbel.")
        service.unblock_person(session, **fields, reason="Uitgepraat.")
        service.unblock_person(session, **fields, reason="Dubbel.")
    assert [(template, context["reason"]) for template, context in mails(session, noor)] == [
        ("person_blocked", "Nepactie."),
        ("person_unblocked", "Uitgepraat."),
        ("person_blocked", "Weer een nepactie."),
        ("person_unblocked", "Uitgepraat."),
    ]


def test_another_address_is_mailed_to_the_old_and_the_new_one_once_it_counts(
    session: Session, noor: Person, staff: Actor
) -> None:
    old = noor.email
    address_changes.ask_address_change(
        session, person_id=noor.id, new_email="noor@elders.example", reason="Vraag", actor=staff
    )
    recipients = select(MailMessage.recipient).where(MailMessage.template == "address_changed")
    assert session.scalars(recipients).all() == []
    confirmation = MailMessage.template == "address_change_confirm"
    token = mailed_token(session, session.scalars(select(MailMessage).where(confirmation)).one())
    address_changes.confirm_change(session, token=token, actor=GUEST)
    assert sorted(session.scalars(recipients)) == sorted([old, "noor@elders.example"])


def test_every_change_of_the_second_step_is_mailed(
    session: Session, noor: Person, staff: Actor
) -> None:
    sealer = Sealer(("a key of at least thirty-two characters",))
    fields: dict[str, Any] = {"person_id": noor.id, "actor": actor_of(noor)}
    secret = factors.new_secret()
    codes = factors.add_totp(
        session, **fields, secret=secret, code=code_at(secret, clock.now()), sealer=sealer
    )
    assert factors.use_code(session, person_id=noor.id, code=codes[0], sealer=sealer)
    assert not factors.use_code(session, person_id=noor.id, code=codes[0], sealer=sealer)
    factors.renew_recovery_codes(session, **fields)
    factors.remove_totp(session, **fields)
    factors.reset_factor(session, person_id=noor.id, reason="Telefoon kwijt.", actor=staff)
    assert [context["change"] for _, context in mails(session, noor)] == [
        "app_added",
        "code_used",
        "codes_renewed",
        "app_removed",
        "cleared",
    ]


def test_a_sign_in_on_a_device_that_is_new_is_mailed_and_the_first_one_is_not(
    session: Session, noor: Person
) -> None:
    noor.verified_at = clock.now()
    for device in ("Firefox, Linux", "Firefox, Linux", "Edge, Windows", "Edge, Windows"):
        sign_ins.open_sign_in(
            session, person_id=noor.id, version=noor.session_version, device=device
        )
    assert [(template, context["device"]) for template, context in mails(session, noor)] == [
        ("new_device", "Edge, Windows")
    ]


def test_a_sign_in_after_a_long_absence_is_mailed_as_no_sign_in_is_kept_to_compare_with(
    session: Session, noor: Person
) -> None:
    fields: dict[str, Any] = {"person_id": noor.id, "version": noor.session_version}
    noor.verified_at = clock.now()
    sign_ins.open_sign_in(session, **fields, device="Firefox, Linux")
    assert mails(session, noor) == []
    with clock.at(clock.now() + timedelta(days=91)):
        assert sign_ins.forget_sign_ins(session, before=clock.now() - DAYS_90, limit=10) == 1
        sign_ins.open_sign_in(session, **fields, device="Edge, Windows")
    assert [(template, context["device"]) for template, context in mails(session, noor)] == [
        ("new_device", "Edge, Windows")
    ]
