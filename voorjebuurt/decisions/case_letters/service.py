"""Writing a letter about a case to who wants paper, and making its PDF when it is printed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.decisions.case_letters.models import CaseLetter
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.course_facts import CaseFacts, facts_of
from voorjebuurt.decisions.letters.courses import case_letter
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.posting.service import Mailing, ask_to_post, postal_address
from voorjebuurt.decisions.proof.snapshots import words_now
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import ForbiddenError
from voorjebuurt.matching.applicants.service import addressee_of
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.queries import names_of
from voorjebuurt.places.models import Municipality


@dataclass(frozen=True)
class News:
    """What there is to tell. ``number`` is the reference, of the case where it has none itself.

    ``until`` is the day that the letter names, ``before`` the one that it comes in the place of;
    ``since`` is the day of what it is about. ``about`` is a code that says more: the article of
    views, the ground or the finding of an inquiry, with its ``cause`` in words. ``cents`` is what
    is owed (eurocents). Of objections of others: see ``CaseFacts``.
    """

    number: str
    reason: str
    until: date | None = None
    before: date | None = None
    since: date | None = None
    about: str = ""
    cause: str = ""
    cents: int = 0


def write_letter(
    session: Session,
    kind: LetterKind,
    news: News,
    *,
    application: Application,
    signer_id: UUID | None,
) -> bool:
    """Keep the letter and ask officers to post it, to who wants paper; returns whether it is so.

    Who agreed to electronic letters (Awb 2:14) reads the mail, which says the same. Raises
    ``ForbiddenError`` where nobody signs.
    """
    if signer_id is None:
        raise ForbiddenError("only_officers")
    if postal_address(session, application) is None:
        return False
    facts = _facts(session, application, kind, news)
    letter = CaseLetter(
        kind=kind.value,
        number=news.number,
        application_id=application.id,
        municipality_id=application.municipality_id,
        facts=facts.text,
        written_at=clock.now(),
        signed_by=signer_id,
    )
    session.add(letter)
    session.flush()
    mailing = Mailing(kind, letter.id, news.number)
    return ask_to_post(session, mailing, application=application)


def letter_pdf(session: Session, letter_id: UUID, _actor: Actor) -> bytes | None:
    """The letter as it was written, with its day and its signer; None when there is none."""
    letter = session.get(CaseLetter, letter_id)
    return pdf_of(case_letter(*contents_of(session, letter))) if letter else None


def contents_of(session: Session, letter: CaseLetter) -> tuple[CaseFacts, Announcement]:
    """What a letter tells, and its day and signer."""
    facts = facts_of(letter.facts)
    signer = names_of(session, [letter.signed_by]).get(letter.signed_by, "")
    day = clock.local(letter.written_at).date()
    name, function = facts.house.signature(signer)
    return facts, Announcement(day, day, name, function)


def _facts(session: Session, application: Application, kind: LetterKind, news: News) -> CaseFacts:
    fund = session.get_one(Fund, application.fund_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    addressee = addressee_of(session, application)
    return CaseFacts(
        kind=kind.value,
        number=news.number,
        application=application.number,
        addressee=addressee.lines,
        name=addressee.name,
        municipality=session.get_one(Municipality, application.municipality_id).name,
        sender=fund.sender,
        fund=fund.name,
        title=campaign.title,
        reason=news.reason,
        until=news.until.isoformat() if news.until else "",
        before=news.before.isoformat() if news.before else "",
        since=news.since.isoformat() if news.since else "",
        about=news.about,
        cause=news.cause,
        cents=news.cents,
        words=words_now(session, application.municipality_id),
    )
