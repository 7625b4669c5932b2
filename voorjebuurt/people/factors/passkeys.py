"""Passkeys (WebAuthn, level 2): made by a device, proved by a signature over our challenge.

The person is verified by the device (a finger, a face, a code), so that a passkey alone is both
steps of signing in.
"""

import json
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError
from voorjebuurt.kernel.ids import new_id
from voorjebuurt.people.factors.queries import factor_state
from voorjebuurt.people.factors.service import forget_factors, replace_recovery_codes
from voorjebuurt.people.models import Passkey, Person
from voorjebuurt.people.queries import roles_of
from voorjebuurt.people.rules import PASSKEY_LABEL_MAX_LENGTH
from voorjebuurt.people.security_mails import FactorChange, factor_changed
from voorjebuurt.people.service import locked_person, person_subject

MOST_BYTES = 20_000
"""An answer of a device is some hundreds; with an attestation some thousands."""
_REFUSALS = (WebAuthnException, ValueError, RecursionError, LookupError, TypeError, AttributeError)
"""What an answer can be refused for. The library reads CBOR that a stranger wrote, and trips over
keys that lack and values of another kind.
"""
_VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class RelyingParty:
    """The site as devices know it: its domain, its whole address, and its name."""

    id: str
    origin: str
    name: str


class DeviceAnswer(NamedTuple):
    """What a device answered (JSON), and to which challenge."""

    json: str
    challenge: bytes


def challenge_of(answer: str) -> bytes:
    """To which challenge a device says that it answers; nothing when it says none.

    What it says is only believed once the signature over it was checked.
    """
    try:
        client_data = json.loads(answer[:MOST_BYTES])["response"]["clientDataJSON"]
        return base64url_to_bytes(json.loads(base64url_to_bytes(client_data))["challenge"])
    except _REFUSALS:
        return b""


def creation_options(
    session: Session, person_id: UUID, *, party: RelyingParty, challenge: bytes
) -> str:
    """What the browser needs to make a passkey, as JSON; not a second one on the same device."""
    person = session.get_one(Person, person_id)
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.name or person.email,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
        exclude_credentials=_descriptors(session, person.id),
    )
    return options_to_json(options)


def request_options(
    session: Session, person_id: UUID | None, *, party: RelyingParty, challenge: bytes
) -> str:
    """What the browser needs to use a passkey, as JSON: of a person, or of whoever has one."""
    descriptors = _descriptors(session, person_id) if person_id is not None else None
    options = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        allow_credentials=descriptors,
        user_verification=_VERIFIED,
    )
    return options_to_json(options)


def add_passkey(
    session: Session,
    *,
    person_id: UUID,
    label: str,
    answer: DeviceAnswer,
    party: RelyingParty,
    actor: Actor,
) -> list[str]:
    """Keep a new passkey; the recovery codes when it is the first factor, else none.

    Raises ``DomainError`` (``passkey_refused``; ``passkey_label_missing`` at ``label``).
    """
    label = label.strip()[:PASSKEY_LABEL_MAX_LENGTH]
    if not label:
        raise DomainError("passkey_label_missing", field="label")
    person = locked_person(session, person_id)
    is_first = factor_state(session, person.id) is None
    try:
        proof = verify_registration_response(
            credential=answer.json[:MOST_BYTES],
            expected_challenge=answer.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _REFUSALS as error:
        raise DomainError("passkey_refused") from error
    if _by_credential(session, proof.credential_id) is not None:
        raise DomainError("passkey_refused")
    passkey = Passkey(
        id=new_id(),
        person_id=person.id,
        credential_id=proof.credential_id,
        public_key=proof.credential_public_key,
        sign_count=proof.sign_count,
        label=label,
        created_at=clock.now(),
    )
    session.add(passkey)
    session.flush()
    _record(session, person.id, Action.PERSON_PASSKEY_ADDED, actor)
    factor_changed(session, person, FactorChange.PASSKEY_ADDED)
    return replace_recovery_codes(session, person.id) if is_first else []


def use_passkey(session: Session, *, answer: DeviceAnswer, party: RelyingParty) -> UUID | None:
    """Whose passkey signed the challenge; None when the signature, or the passkey, is none.

    A device whose count went back was copied: it is refused (WebAuthn, 6.1.1).
    """
    try:
        credential = parse_authentication_credential_json(answer.json[:MOST_BYTES])
        passkey = _by_credential(session, credential.raw_id)
        if passkey is None:
            return None
        proof = verify_authentication_response(
            credential=credential,
            expected_challenge=answer.challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except _REFUSALS:
        return None
    passkey.sign_count, passkey.last_used_at = proof.new_sign_count, clock.now()
    return passkey.person_id


def remove_passkey(session: Session, *, passkey_id: UUID, actor: Actor) -> None:
    """Forget a passkey, by its owner. Raises ``NotFoundError`` for what is not theirs.

    Raises ``DomainError`` (``factor_needed``) for the last factor of who holds a role.
    """
    owner_id = session.scalar(select(Passkey.person_id).where(Passkey.id == passkey_id))
    if owner_id is None or owner_id != actor.person_id:
        raise NotFoundError("passkey_not_found")
    person = locked_person(session, owner_id)
    state = factor_state(session, owner_id)
    if state is not None and state.number == 1 and roles_of(session, owner_id):
        raise DomainError("factor_needed")
    if state is not None and state.number == 1:
        forget_factors(session, owner_id)
    session.execute(delete(Passkey).where(Passkey.id == passkey_id))
    _record(session, owner_id, Action.PERSON_PASSKEY_REMOVED, actor)
    factor_changed(session, person, FactorChange.PASSKEY_REMOVED)


def _by_credential(session: Session, credential_id: bytes) -> Passkey | None:
    """The passkey with this id, held until the commit: its count is compared and written."""
    return session.scalar(
        select(Passkey)
        .where(Passkey.credential_id == credential_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def _descriptors(session: Session, person_id: UUID) -> list[PublicKeyCredentialDescriptor]:
    statement = select(Passkey.credential_id).where(Passkey.person_id == person_id)
    return [PublicKeyCredentialDescriptor(id=each) for each in session.scalars(statement)]


def _record(session: Session, person_id: UUID, action: Action, actor: Actor) -> None:
    audit.record(session, actor=actor, action=action, subject=person_subject(person_id))
