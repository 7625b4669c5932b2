"""The second step of signing in, as the running site takes it."""

from typing import Any
from uuid import UUID

from flask import current_app

from voorjebuurt.kernel import clock
from voorjebuurt.people import sign_ins
from voorjebuurt.people.factors.passkeys import DeviceAnswer
from voorjebuurt.people.factors.queries import factor_state, practice_codes
from voorjebuurt.web.kit.database import reading, the_database, the_sealer
from voorjebuurt.web.kit.passkeys import FIELD, relying_party, request_options


def is_practice() -> bool:
    """Whether people practise here: no mail leaves this site, and nothing real is at stake."""
    return "outbox" in current_app.blueprints


def practice_code(person_id: UUID) -> str | None:
    """The code that somebody's app would show now, on a site where people practise; else None."""
    if not is_practice():
        return None
    with reading() as session:
        codes = practice_codes(
            session, sealer=the_sealer(), moment=clock.now(), person_id=person_id
        )
    return codes[0].code if codes else None


def passes_with_code(sign_in_id: UUID, code: str) -> bool:
    """Whether a code is right; a wrong one counts, whatever form it came with."""
    with the_database().writing() as session:
        return sign_ins.pass_factor(session, sign_in_id=sign_in_id, code=code, sealer=the_sealer())


def passes_with_passkey(sign_in_id: UUID, answer: DeviceAnswer) -> bool:
    """Whether a device answered with a passkey of the person's own."""
    with the_database().writing() as session:
        return sign_ins.pass_with_passkey(
            session, sign_in_id=sign_in_id, answer=answer, party=relying_party()
        )


def passkey_request(person_id: UUID) -> dict[str, Any]:
    """What a template needs for the button to use a passkey; no options for who has none."""
    with reading() as session:
        state = factor_state(session, person_id)
    has_passkey = state is not None and bool(state.passkeys)
    return {
        "passkey_options": request_options(person_id) if has_passkey else None,
        "passkey_field": FIELD,
    }
