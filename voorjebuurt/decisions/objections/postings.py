"""Letters about an objection go by post to who has no account here, or wants paper (Awb 2:14)."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.decisions.models import Objection
from voorjebuurt.decisions.objections.readers import reader_of
from voorjebuurt.decisions.posting.service import Mailing, ask_to_post
from voorjebuurt.decisions.rules.letters import LetterKind, notice_of
from voorjebuurt.decisions.rules.objections import Party
from voorjebuurt.matching.models import Application


def post_notice(
    session: Session, step: str, *, subject_id: UUID, application: Application, objection: Objection
) -> bool:
    """Post the letter about a step, or about the receipt, if there is one of that kind."""
    kind = notice_of(step)
    if kind is None:
        return False
    mailing = Mailing(kind, subject_id, objection.number)
    return post_to_reader(session, mailing, application=application, objection=objection)


def post_ruling(
    session: Session,
    *,
    ruling_id: UUID,
    number: str,
    application: Application,
    objections: list[Objection],
    own_letters: Mapping[UUID, UUID],
) -> None:
    """Post the decision to everybody whose objection it answers.

    ``own_letters``: of each objection that joined, the id of the letter that is its own.
    """
    for objection in objections:
        subject_id = own_letters.get(objection.id, ruling_id)
        mailing = Mailing(LetterKind.RULING, subject_id, number)
        post_to_reader(session, mailing, application=application, objection=objection)


def post_to_reader(
    session: Session, mailing: Mailing, *, application: Application, objection: Objection
) -> bool:
    """Post a letter to who acts for the one who objects, else to them; returns whether it is.

    Another interested party has no account, so theirs always goes by post; an applicant's does
    when they did not agree to get letters electronically.
    """
    has_own_post = (
        bool(objection.agent_address) if objection.agent_name else objection.party == Party.OTHER
    )
    address = None
    if has_own_post:
        address = "\n".join(reader_of(session, objection, application).lines)
    elif objection.party == Party.OTHER:
        address = "\n".join((objection.party_name, objection.party_address))
    return ask_to_post(session, mailing, application=application, address=address)
