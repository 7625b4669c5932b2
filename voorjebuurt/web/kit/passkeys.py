"""Passkeys on a page: what its button asks the browser, and what the browser answered.

The challenges of the pages that are open wait in the signed session, a few of them: each tab has
its own. One is used up by the first answer.
"""

import secrets
from urllib.parse import urlsplit
from uuid import UUID

from flask import request, session

from voorjebuurt.kernel import clock, counters
from voorjebuurt.kernel.ids import token_hash
from voorjebuurt.people.factors import passkeys
from voorjebuurt.people.factors.passkeys import DeviceAnswer, RelyingParty
from voorjebuurt.web.kit.database import reading, the_database, the_settings
from voorjebuurt.web.kit.returned_forms import returned_reason

FIELD = "passkey_answer"
"""The hidden field in which the answer comes along."""
CHALLENGE_SECONDS = 600
_CHALLENGES = "passkey_challenges"
_MOST_OPEN = 6
"""So many tabs can wait for an answer at once; the oldest gives way."""
_TIME_BYTES = 5


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
    """What the device answered in this request's form, if it did, to the challenge before.

    Nothing of a form that only goes back. A challenge is good for one answer, within
    ``CHALLENGE_SECONDS``: the cookie that carries it can be sent again, so that the database says
    whether it was used. An answer to none answers one that nobody gave.
    """
    answer = request.form.get(FIELD)
    if not answer or returned_reason() is not None:
        return None
    text = passkeys.challenge_of(answer).hex()
    waiting = list(session.get(_CHALLENGES, []))
    if text not in waiting:
        return DeviceAnswer(answer, secrets.token_bytes(32))
    session[_CHALLENGES] = [each for each in waiting if each != text]
    challenge = bytes.fromhex(text)
    issued_at = int.from_bytes(challenge[:_TIME_BYTES], "big")
    age = int(clock.now().timestamp()) - issued_at
    is_good = 0 <= age <= CHALLENGE_SECONDS and _is_first_use(text)
    return DeviceAnswer(answer, challenge if is_good else secrets.token_bytes(32))


def _is_first_use(challenge: str) -> bool:
    with the_database().writing() as db:
        key = f"challenge:{token_hash(challenge)}"
        return counters.count(db, key=key, seconds=2 * CHALLENGE_SECONDS, amount=1) == 1


def _new_challenge() -> bytes:
    """The second it was made in, and 224 random bits."""
    moment = int(clock.now().timestamp()).to_bytes(_TIME_BYTES, "big")
    challenge = moment + secrets.token_bytes(32 - _TIME_BYTES)
    session[_CHALLENGES] = [*session.get(_CHALLENGES, []), challenge.hex()][-_MOST_OPEN:]
    return challenge
