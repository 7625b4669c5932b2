"""What the second step of signing in needs of the running site."""

from uuid import UUID

from flask import current_app

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.sealing import Sealer
from voorjebuurt.people.factors.queries import practice_codes
from voorjebuurt.web.kit.database import reading, the_settings


def the_sealer() -> Sealer:
    """What opens the secrets of this site."""
    return Sealer(the_settings().data_keys)


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
