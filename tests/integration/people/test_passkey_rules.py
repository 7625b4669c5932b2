"""What a passkey is refused for, and who may take one away. Real ones: ``tests/browser``."""

import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.certain import certain
from tests.support.factories.people import PersonFactory, RoleGrantFactory, actor_of
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.factors import passkeys
from voorjebuurt.people.factors.passkeys import DeviceAnswer, RelyingParty
from voorjebuurt.people.factors.queries import factor_state
from voorjebuurt.people.models import Passkey, Person, RecoveryCode

PARTY = RelyingParty("voorjebuurt.example", "https://voorjebuurt.example", "Voor je Buurt")
CHALLENGE = b"c" * 32


def passkey_of(session: Session, person: Person) -> UUID:
    """A passkey that nobody has the other half of."""
    passkey = Passkey(
        id=new_id(),
        person_id=person.id,
        credential_id=new_id().bytes,
        public_key=b"no key",
        sign_count=0,
        label="Laptop",
        created_at=clock.now(),
    )
    session.add(passkey)
    session.flush()
    return passkey.id


def code_of(call: Any, *arguments: Any, **keywords: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(*arguments, **keywords)
    return error.value.code


ANSWERS = [
    "",
    "{}",
    "[1]",
    "null",
    "[" * 30_000,
    json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {}}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "attestationObject": "AAAA",
                "authenticatorData": "AAAA",
                "signature": "AAAA",
            },
        }
    ),
]


@pytest.mark.parametrize("text", ANSWERS)
def test_what_no_device_answered_is_refused(session: Session, text: str) -> None:
    person = PersonFactory()
    answer = DeviceAnswer(text, CHALLENGE)
    refusal = code_of(
        passkeys.add_passkey,
        session,
        person_id=person.id,
        label="Laptop",
        answer=answer,
        party=PARTY,
        actor=actor_of(person),
    )
    assert refusal == "passkey_refused"
    assert passkeys.use_passkey(session, answer=answer, party=PARTY) is None
    assert factor_state(session, person.id) is None


def test_options_name_the_site_the_person_and_what_they_have(session: Session) -> None:
    person = PersonFactory(name="Olga")
    passkey_of(session, person)
    text = passkeys.creation_options(session, person.id, party=PARTY, challenge=CHALLENGE)
    options = json.loads(text)
    assert options["rp"] == {"id": PARTY.id, "name": PARTY.name}
    assert options["user"]["displayName"] == "Olga"
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert len(options["excludeCredentials"]) == 1
    own = json.loads(passkeys.request_options(session, person.id, party=PARTY, challenge=CHALLENGE))
    assert own["allowCredentials"] == options["excludeCredentials"]
    assert own["userVerification"] == "required"
    of_anybody = json.loads(
        passkeys.request_options(session, None, party=PARTY, challenge=CHALLENGE)
    )
    assert not of_anybody.get("allowCredentials")


def test_a_passkey_is_taken_away_by_its_owner_and_never_the_last_of_a_role(
    session: Session,
) -> None:
    person, other = PersonFactory(), PersonFactory()
    RoleGrantFactory(person_id=person.id, role="coach")
    first, second = passkey_of(session, person), passkey_of(session, person)
    with pytest.raises(NotFoundError):
        passkeys.remove_passkey(session, passkey_id=first, actor=actor_of(other))
    passkeys.remove_passkey(session, passkey_id=first, actor=actor_of(person))
    with pytest.raises(NotFoundError):
        passkeys.remove_passkey(session, passkey_id=first, actor=actor_of(person))
    refusal = code_of(passkeys.remove_passkey, session, passkey_id=second, actor=actor_of(person))
    assert refusal == "factor_needed"
    assert certain(factor_state(session, person.id)).number == 1


def test_the_last_factor_of_a_resident_takes_the_recovery_codes_along(session: Session) -> None:
    person = PersonFactory()
    passkey_id = passkey_of(session, person)
    session.add(
        RecoveryCode(id=new_id(), person_id=person.id, code_hash="x", created_at=clock.now())
    )
    session.flush()
    passkeys.remove_passkey(session, passkey_id=passkey_id, actor=actor_of(person))
    assert factor_state(session, person.id) is None
    assert session.scalars(select(RecoveryCode)).all() == []
