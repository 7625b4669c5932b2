"""An officer states what they intend to decide, and asks the applicant for their views."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from markupsafe import Markup
from sqlalchemy.orm import Session

from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.letters.announcement import Announcement
from voorjebuurt.decisions.letters.html import html_of
from voorjebuurt.decisions.letters.intentions import intention_letter
from voorjebuurt.decisions.letters.parts import house
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.posting.service import Mailing, ask_to_post
from voorjebuurt.decisions.proof.snapshots import Proposal, Snapshot
from voorjebuurt.decisions.rules.changes import ChangeTerms, refuse_terms
from voorjebuurt.decisions.rules.kinds import DecisionKind
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.views import VIEWS_DAYS, ViewsStatus, needs_views
from voorjebuurt.decisions.rulings.proposals import decision_in_place
from voorjebuurt.decisions.views import mails
from voorjebuurt.decisions.views.answers import intention_subject
from voorjebuurt.decisions.views.queries import current_intention
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.legal_days import moved
from voorjebuurt.matching.applications.case_numbers import next_number
from voorjebuurt.matching.applications.rows import locked_application
from voorjebuurt.matching.models import Application
from voorjebuurt.people.queries import names_of

_DRAFT_NUMBER = "concept"


def state_intention(
    session: Session,
    *,
    application_id: UUID,
    kind: str,
    amount_cents: int,
    grounds: Sequence[str],
    reason: str,
    until: date,
    website: str = "",
    effect_on: date | None = None,
    actor: Actor,
) -> UUID:
    """Write to the applicant what is intended, on which facts, and until when they can answer.

    The letter goes at once; who did not agree to electronic letters gets it by post (Awb 2:14).
    ``effect_on``: of a change by Awb 4:50, the end of its reasonable term. Raises as ``propose``
    does for its kind, amount (eurocents), grounds, reason and term; ``DomainError``
    ``intention_open_already``, ``views_not_needed`` (field ``grounds``) or at ``until``.
    """
    _, application = locked_application(session, application_id)
    person_id = impartial_officer(session, application=application, actor=actor)
    if current_intention(session, application_id) is not None:
        raise DomainError("intention_open_already")
    _refuse_day(until)
    until = moved(until)
    proposal = _proposal(kind, amount_cents, grounds, reason, effect_on)
    snapshot = _snapshot(session, application, proposal)
    number = next_number(session, kind="VN")
    snapshot = _numbered(snapshot, number)
    signer = names_of(session, [person_id]).get(person_id, "")
    name, function = house(snapshot).signature(signer)
    announcement = Announcement(clock.today(), until, name, function, website=website)
    letter = pdf_of(intention_letter(snapshot, until, announcement))
    intention = Intention(
        number=number,
        application_id=application.id,
        municipality_id=application.municipality_id,
        kind=kind,
        status=ViewsStatus.OPEN.value,
        amount_cents=amount_cents,
        grounds=[ground["code"] for ground in snapshot.decision.grounds],
        reason=snapshot.decision.reason,
        until=until,
        snapshot=snapshot.text,
        letter=letter,
        letter_sha256=hashlib.sha256(letter).hexdigest(),
        announcement=announcement.text,
        stated_at=clock.now(),
        stated_by=person_id,
    )
    session.add(intention)
    session.flush()
    audit.record(
        session,
        actor=actor,
        action=Action.APPLICATION_VIEWS_ASKED,
        subject=intention_subject(application, intention),
        reason=intention.reason,
        detail={"grounds": list(intention.grounds), "until": until.isoformat()},
    )
    mails.views_asked(session, application=application, intention=intention)
    mailing = Mailing(LetterKind.INTENTION, intention.id, intention.number)
    ask_to_post(session, mailing, application=application)
    return intention.id


def draft_intention(
    session: Session,
    *,
    application_id: UUID,
    kind: str,
    amount_cents: int,
    grounds: Sequence[str],
    reason: str,
    until: date,
    effect_on: date | None = None,
) -> Markup:
    """The letter as it would go out, without a number and a date. Raises as ``state_intention``."""
    application = session.get_one(Application, application_id)
    _refuse_day(until)
    proposal = _proposal(kind, amount_cents, grounds, reason, effect_on)
    return html_of(intention_letter(_snapshot(session, application, proposal), moved(until)))


def _proposal(
    kind: str, amount_cents: int, grounds: Sequence[str], reason: str, effect_on: date | None
) -> Proposal:
    """What is intended. Raises ``DomainError`` at ``effect_on`` as its proposal does."""
    terms = ChangeTerms(effect_on=effect_on)
    if kind == DecisionKind.AWARD_CHANGE or effect_on is not None:
        refuse_terms(DecisionKind(kind), grounds, terms, today=clock.today())
    return Proposal(
        _DRAFT_NUMBER, kind, amount_cents, grounds=tuple(grounds), reason=reason, terms=terms
    )


def _snapshot(session: Session, application: Application, proposal: Proposal) -> Snapshot:
    snapshot = decision_in_place(session, application, proposal)
    if not needs_views(proposal.kind, proposal.grounds):
        raise DomainError("views_not_needed", field="grounds")
    return snapshot


def _refuse_day(until: date) -> None:
    shortest, longest = VIEWS_DAYS
    if not shortest <= (until - clock.today()).days <= longest:
        raise DomainError("views_term_wrong", field="until", shortest=shortest, longest=longest)


def _numbered(snapshot: Snapshot, number: str) -> Snapshot:
    return replace(snapshot, decision=replace(snapshot.decision, number=number))
