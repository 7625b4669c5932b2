"""The letter that confirms a paper, for who does not get letters electronically (Awb 2:14)."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.decisions.cases.term_queries import term_events
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.confirmations import Confirmation, confirmation_letter
from voorjebuurt.decisions.letters.dutch import euros
from voorjebuurt.decisions.letters.house import house_of
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.models import Accounting
from voorjebuurt.decisions.paper_models import PaperFiling
from voorjebuurt.decisions.proof.snapshots import words_now
from voorjebuurt.decisions.rules.accounting import determine_by
from voorjebuurt.decisions.rules.papers import PaperKind
from voorjebuurt.decisions.rules.terms import TermEventKind
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.matching.applicants.service import addressee_of
from voorjebuurt.matching.models import Application, Fund
from voorjebuurt.people.queries import names_of
from voorjebuurt.places.models import Municipality


def confirmation_pdf(session: Session, filing_id: UUID, actor: Actor) -> bytes | None:
    """The letter about a paper, signed by who prints it; None when there is no such paper."""
    filing = session.get(PaperFiling, filing_id)
    if filing is None:
        return None
    names = names_of(session, [actor.person_id])
    signer = names.get(actor.person_id, "") if actor.person_id else ""
    today, facts = clock.today(), confirmation_of(session, filing)
    name, function = house_of(facts.municipality, facts.words).signature(signer)
    announcement = Announcement(today, today, name, function)
    return pdf_of(confirmation_letter(facts, announcement))


def confirmation_of(session: Session, filing: PaperFiling) -> Confirmation:
    """What the letter says, as it is now."""
    application = session.get_one(Application, filing.application_id)
    fund = session.get_one(Fund, application.fund_id)
    campaign = session.get_one(Campaign, application.campaign_id)
    addressee = addressee_of(session, application)
    arrival = clock.local(filing.received_at)
    is_running = fund.live and campaign.status == CampaignStatus.LIVE
    is_application = filing.kind == PaperKind.APPLICATION
    until = campaign.deadline_on if is_running and is_application else None
    decide_by, spent_cents = application.decide_by, None
    if filing.kind == PaperKind.ACCOUNTING:
        decide_by = determine_by(arrival.date(), weeks=fund.decision_weeks)
        statement = select(Accounting.spent_cents).where(Accounting.paper_id == filing.id)
        spent_cents = session.scalar(statement)
    return Confirmation(
        kind=filing.kind,
        number=application.number,
        addressee=addressee.lines,
        name=addressee.name,
        municipality=session.get_one(Municipality, application.municipality_id).name,
        sender=fund.sender,
        fund=fund.name,
        title=campaign.title,
        received_on=arrival.date().isoformat(),
        time=arrival.strftime("%H.%M") if filing.has_time else "",
        decide_by=decide_by.isoformat(),
        runs_again=any(
            event.kind == TermEventKind.COMPLETED and event.at == filing.received_at
            for event in term_events(session, application.id)
        ),
        award_until=until.isoformat() if until else "",
        spent="" if spent_cents is None else euros(spent_cents),
        words=words_now(session, application.municipality_id),
    )
