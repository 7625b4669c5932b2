"""What pages show of a case, part by part, to be held against later (``kernel.versions``)."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.attachments.queries import of_application
from voorjebuurt.decisions.cases.checklist import checklist_of
from voorjebuurt.decisions.inquiry_models import Inquiry
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.last_term_models import LastTerm
from voorjebuurt.decisions.models import Accounting, Decision
from voorjebuurt.decisions.plan_models import PlanRequest
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.versions import Parts
from voorjebuurt.matching.applicants.service import details_of
from voorjebuurt.matching.applications.queries import application_by_id
from voorjebuurt.matching.models import Application
from voorjebuurt.matching.rounds.queries import round_views
from voorjebuurt.people.queries import person_by_id
from voorjebuurt.people.teams.queries import team_names


def areas_parts(session: Session, application_id: UUID) -> Parts:
    """Where a campaign has its effect. Raises ``NotFoundError``, as all of these do."""
    return {"areas": dict(_application(session, application_id).areas)}


def score_parts(session: Session, application_id: UUID) -> Parts:
    """The score and its reason."""
    application = _application(session, application_id)
    return {"score": application.score, "score_reason": application.score_reason}


def groups_parts(session: Session, application_id: UUID) -> Parts:
    """The groups that are named, those that are verified, and by which evidence."""
    application = _application(session, application_id)
    return {
        "groups": list(application.groups),
        "verified_groups": list(application.verified_groups),
        "groups_evidence": application.groups_evidence,
    }


def checklist_parts(session: Session, application_id: UUID) -> Parts:
    """The last finding on every item of the checklist."""
    application = _application(session, application_id)
    findings = checklist_of(session, application)
    return {"checklist": [[check.item, check.met, check.note] for check in findings]}


def officer_parts(session: Session, application_id: UUID) -> Parts:
    """Who handles the case, and which team has it."""
    application = _application(session, application_id)
    names = team_names(session, [application.team_id])
    team = names.get(application.team_id) if application.team_id else ""
    return {"assigned_to": _handler(session, application.assigned_to), "team": team}


def case_parts(session: Session, application_id: UUID) -> Parts:
    """All that a decision on the case rests on, and where it stands."""
    application = _application(session, application_id)
    details = details_of(session, application_id)
    return {
        **areas_parts(session, application_id),
        **score_parts(session, application_id),
        **groups_parts(session, application_id),
        **checklist_parts(session, application_id),
        **officer_parts(session, application_id),
        "reach": application.reach,
        "undertaking": application.undertaking,
        "de_minimis": application.de_minimis,
        "applicant": asdict(details) if details else None,
        "attachments": [str(row.id) for row in of_application(session, application_id)],
        "status": application.status,
        "decisions": session.scalar(
            select(func.count()).where(Decision.application_id == application_id)
        ),
        "accountings": session.scalar(
            select(func.count()).where(Accounting.application_id == application_id)
        ),
        "inquiries": [
            [str(row.id), row.channel, row.finding, row.until.isoformat()]
            for row in session.execute(
                select(Inquiry.id, Inquiry.channel, Inquiry.finding, Inquiry.until)
                .where(Inquiry.application_id == application_id)
                .order_by(Inquiry.asked_at, Inquiry.id)
            )
        ],
        "last_terms": [
            until.isoformat()
            for until in session.scalars(
                select(LastTerm.until)
                .where(LastTerm.application_id == application_id)
                .order_by(LastTerm.until)
            )
        ],
        "plan_requests": [
            [str(row.id), row.status]
            for row in session.execute(
                select(PlanRequest.id, PlanRequest.status)
                .where(PlanRequest.application_id == application_id)
                .order_by(PlanRequest.asked_at, PlanRequest.id)
            )
        ],
        "intentions": [
            [str(row.id), row.status, row.until.isoformat()]
            for row in session.execute(
                select(Intention.id, Intention.status, Intention.until)
                .where(Intention.application_id == application_id)
                .order_by(Intention.stated_at, Intention.id)
            )
        ],
    }


def round_parts(session: Session, fund_id: UUID) -> Parts:
    """The last division of a fund, and how many decisions were proposed after it."""
    rounds = round_views(session, fund_id)
    last = rounds[-1] if rounds else None
    return {
        "round": last.number if last else None,
        "awards": [[line.number, line.award_cents] for line in last.lines] if last else [],
        "decisions": session.scalar(select(func.count()).where(Decision.fund_id == fund_id)),
    }


def _handler(session: Session, person_id: UUID | None) -> str:
    """Who it is in words, so that a page can say who has it now; two may have one name."""
    person = person_by_id(session, person_id) if person_id else None
    return f"{person.name} ({person.email})" if person else ""


def _application(session: Session, application_id: UUID) -> Application:
    application = application_by_id(session, application_id)
    if application is None:
        raise NotFoundError("application_not_found")
    return application
