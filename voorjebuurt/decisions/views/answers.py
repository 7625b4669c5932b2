"""Views come in, online or otherwise; there is more time for them; an intention is dropped."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from voorjebuurt.attachments.service import Owner, submit_drafts
from voorjebuurt.audit import service as audit
from voorjebuurt.audit.actions import Action
from voorjebuurt.audit.subjects import Subject
from voorjebuurt.decisions.case_letters.service import News, write_letter
from voorjebuurt.decisions.cases.officers import impartial_officer
from voorjebuurt.decisions.intention_models import Intention
from voorjebuurt.decisions.rules.letters import LetterKind
from voorjebuurt.decisions.rules.views import (
    VIEWS_DAYS,
    ViewsChannel,
    ViewsStatus,
    article_of_views,
)
from voorjebuurt.decisions.views import mails
from voorjebuurt.decisions.views.queries import is_decided_on, views_form
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import DomainError, NotFoundError, TransitionError
from voorjebuurt.kernel.legal_days import moved
from voorjebuurt.matching.applications.ownership import require_applicant
from voorjebuurt.matching.applications.rows import application_subject, locked_application
from voorjebuurt.matching.applications.service import written
from voorjebuurt.matching.models import Application


def give_views(session: Session, *, intention_id: UUID, answer: str, actor: Actor) -> None:
    """The applicant gives their views, with the files that were added; once.

    Raises ``ForbiddenError`` for somebody else, ``TransitionError`` when it was answered, dropped
    or decided on; ``DomainError`` at ``answer``.
    """
    application, intention = _own(session, intention_id, actor)
    answer = written(answer, "answer", "views_empty")
    _take_files(session, application, intention, actor)
    _keep(session, application, intention, answer, ViewsChannel.ONLINE, clock.today(), actor)


def waive_views(session: Session, *, intention_id: UUID, actor: Actor) -> None:
    """The applicant says that they have no views, so that nobody waits for them."""
    application, intention = _own(session, intention_id, actor)
    _keep(session, application, intention, "", ViewsChannel.ONLINE, clock.today(), actor)


def register_views(
    session: Session,
    *,
    intention_id: UUID,
    channel: str,
    received_on: date,
    answer: str,
    actor: Actor,
) -> None:
    """An officer writes down what came on paper, by telephone or at the desk (Awb 4:9), with the
    scans that they added.

    An empty ``answer`` says that the applicant has no views. Raises ``DomainError`` at ``channel``
    or ``received_on``.
    """
    application, intention = locked_intention(session, intention_id)
    impartial_officer(session, application=application, actor=actor)
    if channel not in set(ViewsChannel) - {ViewsChannel.ONLINE}:
        raise DomainError("channel_unknown", field="channel")
    if not clock.local(intention.stated_at).date() <= received_on <= clock.today():
        raise DomainError("views_day_wrong", field="received_on")
    if answer.strip():
        answer = written(answer, "answer", "views_empty")
    _take_files(session, application, intention, actor)
    _keep(
        session, application, intention, answer.strip(), ViewsChannel(channel), received_on, actor
    )


def _take_files(
    session: Session, application: Application, intention: Intention, actor: Actor
) -> None:
    submit_drafts(
        session,
        form=views_form(intention.id),
        owner=Owner(application_id=application.id),
        subject=application_subject(application),
        actor=actor,
    )


def extend_views(
    session: Session, *, intention_id: UUID, until: date, reason: str, actor: Actor
) -> None:
    """Give more time. Raises ``DomainError`` at ``until`` for a day that is not later, or too far.

    A term that has ended can be lengthened as well, as long as nothing was decided.
    """
    application, intention = locked_intention(session, intention_id)
    impartial_officer(session, application=application, actor=actor)
    _refuse_closed(session, intention)
    reason = written(reason, "reason", "reason_needed")
    latest = clock.today() + timedelta(days=VIEWS_DAYS[1])
    if not max(intention.until, clock.today()) < until <= latest:
        raise DomainError("views_extension_wrong", field="until", latest=latest)
    before, intention.until = intention.until, moved(until)
    intention.extension = reason
    _note(session, application, intention, Action.APPLICATION_VIEWS_EXTENDED, actor, reason, before)
    mails.views_extended(session, application=application, intention=intention)
    news = News(
        intention.number,
        reason,
        until=intention.until,
        before=before,
        since=clock.local(intention.stated_at).date(),
        about=article_of_views(intention.kind),
    )
    write_letter(
        session,
        LetterKind.VIEWS_EXTENSION,
        news,
        application=application,
        signer_id=actor.person_id,
    )


def drop_intention(session: Session, *, intention_id: UUID, reason: str, actor: Actor) -> None:
    """It is not intended any longer; the applicant is told, with the reason."""
    application, intention = locked_intention(session, intention_id)
    impartial_officer(session, application=application, actor=actor)
    if intention.closed_at is not None or is_decided_on(session, intention.id):
        raise TransitionError("intention_over")
    intention.drop_reason = written(reason, "reason", "reason_needed")
    intention.status, intention.closed_at = ViewsStatus.DROPPED.value, clock.now()
    intention.dropped_by = actor.person_id
    _note(session, application, intention, Action.APPLICATION_INTENTION_DROPPED, actor, reason)
    mails.intention_dropped(session, application=application, intention=intention)
    stated_on = clock.local(intention.stated_at).date()
    news = News(intention.number, intention.drop_reason, since=stated_on)
    write_letter(
        session, LetterKind.INTENTION_END, news, application=application, signer_id=actor.person_id
    )


def close_intentions(session: Session, application_id: UUID) -> None:
    """A decision was sent: what was intended before it is over."""
    session.execute(
        update(Intention)
        .where(Intention.application_id == application_id, Intention.closed_at.is_(None))
        .values(closed_at=clock.now())
        .execution_options(synchronize_session="fetch")
    )


def locked_intention(session: Session, intention_id: UUID) -> tuple[Application, Intention]:
    """Hold the campaign, then the application, then the intention. Raises ``NotFoundError``."""
    application_id = session.scalar(
        select(Intention.application_id).where(Intention.id == intention_id)
    )
    if application_id is None:
        raise NotFoundError("intention_not_found")
    _, application = locked_application(session, application_id)
    intention = session.get_one(
        Intention, intention_id, with_for_update=True, populate_existing=True
    )
    return application, intention


def intention_subject(application: Application, intention: Intention) -> Subject:
    """The intention, for the trail of its application."""
    subject = application_subject(application)
    more = {"intention": str(intention.id), "number": intention.number, "kind": intention.kind}
    detail = {**subject.detail, **more, "amount_cents": intention.amount_cents}
    return Subject(subject.kind, subject.id, subject.municipality_id, detail)


def _own(session: Session, intention_id: UUID, actor: Actor) -> tuple[Application, Intention]:
    application, intention = locked_intention(session, intention_id)
    require_applicant(session, application, actor)
    return application, intention


def _refuse_closed(session: Session, intention: Intention) -> None:
    is_open = intention.status == ViewsStatus.OPEN and intention.closed_at is None
    if not is_open or is_decided_on(session, intention.id):
        raise TransitionError("intention_over")


def _keep(
    session: Session,
    application: Application,
    intention: Intention,
    answer: str,
    channel: ViewsChannel,
    received_on: date,
    actor: Actor,
) -> None:
    _refuse_closed(session, intention)
    intention.status = (ViewsStatus.ANSWERED if answer else ViewsStatus.WAIVED).value
    intention.answer, intention.channel = answer, channel.value
    intention.received_on = received_on
    intention.answered_at, intention.answered_by = clock.now(), actor.person_id
    session.flush()
    _note(session, application, intention, Action.APPLICATION_VIEWS_RECEIVED, actor)
    mails.views_received(session, application=application, intention=intention)


def _note(
    session: Session,
    application: Application,
    intention: Intention,
    action: Action,
    actor: Actor,
    reason: str = "",
    before: date | None = None,
) -> None:
    detail = {"until": intention.until.isoformat(), "status": intention.status}
    if intention.channel:
        detail["channel"] = intention.channel
    if before is not None:
        detail["before"] = before.isoformat()
    audit.record(
        session,
        actor=actor,
        action=action,
        subject=intention_subject(application, intention),
        reason=reason or None,
        detail=detail,
    )
