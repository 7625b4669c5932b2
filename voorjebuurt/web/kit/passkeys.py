"""Passkeys on a page: what its button asks the browser, and what the browser answered.

The challenge waits in the signed session and is used up by the first answer.
"""

import secrets
from urllib.parse import urlsplit
from uuid import UUID

from flask import request, session

from voorjebuurt.people.factors import passkeys
from voorjebuurt.people.factors.passkeys import DeviceAnswer, RelyingParty
from voorjebuurt.web.kit.database import reading, the_settings

FIELD = "passkey_answer"
"""The hidden field in which the answer comes along."""
_CHALLENGE = "passkey_challenge"


def relying_party() -> RelyingParty:
    """This site, as the settings name its address: never as a request does."""
    settings = the_settings()
    parts = urlsplit(settings.base_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return RelyingParty(parts.hostname or "", origin, settings.platform_name)


def creation_options(person_id: UUID) -> str:
    """What the button for a new passkey asks the browser."""
    with reading() as db:
        return passkeys.creation_options(
            db, person_id, party=relying_party(), challenge=_new_challenge()
        )


def request_options(person_id: UUID | None) -> str:
    """What the button to use a passkey asks the browser; of anybody when nobody is signed in."""
    with reading() as db:
        return passkeys.request_options(
            db, person_id, party=relying_party(), challenge=_new_challenge()
        )


def device_answer() -> DeviceAnswer | None:
    """What the device answered in this request's form, if it did, to the challenge before."""
    answer = request.form.get(FIELD)
    if not answer:
        return None
    challenge = session.pop(_CHALLENGE, "")
    return DeviceAnswer(answer, bytes.fromhex(challenge) or secrets.token_bytes(32))


def _new_challenge() -> bytes:
    challenge = secrets.token_bytes(32)
    session[_CHALLENGE] = challenge.hex()
    return challenge
