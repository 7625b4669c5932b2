"""What staff do with a report: take it, ask its reporter, pause at once, dismiss it or act.

The campaign's row is held before the report's, as it is by whatever else changes its page or money.
Nobody decides on a report about their own campaign.
"""

from dataclasses import dataclass
from typing import assert_never
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from voorjebuurt.abuse import mails
from voorjebuurt.abuse.models import AbuseReport
from voorjebuurt.abuse.reporting import write_trail
from voorjebuurt.abuse.rules import (
    ANSWER_MAX_LENGTH,
    AbuseMeasure,
    AbuseOutcome,
    AbuseThing,
    measures_for,
)
from voorjebuurt.abuse.things import shown_thing
from voorjebuurt.asking.service import checked_text
from voorjebuurt.audit.actions import Action
from voorjebuurt.campaigns.funders.service import hide_remark
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.members.acting import has_part
from voorjebuurt.campaigns.models import Campaign
from voorjebuurt.campaigns.questions.service import hide_question
from voorjebuurt.campaigns.rules import CAMPAIGN_TRANSITIONS, CampaignStatus
from voorjebuurt.campaigns.service import stop_pledges
from voorjebuurt.campaigns.updates.hiding import hide_update
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import Actor
from voorjebuurt.kernel.errors import (
    DomainError,
    ForbiddenError,
    InvariantError,
    NotFoundError,
    TransitionError,
)
from voorjebuurt.people.rules import Role
from voorjebuurt.pledges.closing import cancel_campaign
from voorjebuurt.pledges.gift_words import hide_reported_words

STATEMENT_MAX_LENGTH = 1_000


@dataclass(frozen=True)
class Decision:
    """What staff decide. ``measure`` is None when nothing is done.

    ``answer`` is for who reported, ``statement`` for whose words or campaign it is;
    ``with_others``: the other reports of the same thing get the same decision.
    """

    measure: AbuseMeasure | None
    answer: str
    statement: str = ""
    in_bad_faith: bool = False
    with_others: bool = False


def take_report(session: Session, *, report_id: UUID, over: bool = False, actor: Actor) -> None:
    """Take a report to look at it; ``over``: also from a colleague. What is one's own stays so.

    Raises ``TransitionError`` when a colleague has it, or it was decided on.
    """
    report = _open(session, report_id, actor)
    if report.taken_by == actor.person_id:
        return
    if report.taken_by is not None and not over:
        raise TransitionError("abuse_taken", state="taken", action="take_report")
    report.taken_at, report.taken_by = clock.now(), actor.person_id
    write_trail(session, report, Action.ABUSE_REPORT_TAKEN, actor)


def put_back(session: Session, *, report_id: UUID, actor: Actor) -> None:
    """Put back what one took, for a colleague. Twice is once."""
    report = _open(session, report_id, actor)
    if report.taken_by is None:
        return
    if report.taken_by != actor.person_id:
        raise TransitionError("abuse_taken", state="taken", action="put_back")
    report.taken_at = report.taken_by = None
    write_trail(session, report, Action.ABUSE_REPORT_PUT_BACK, actor)


def ask_reporter(session: Session, *, report_id: UUID, text: str, actor: Actor) -> None:
    """Ask who reported for more, once. Raises ``DomainError`` when nobody can be reached."""
    report = _open(session, report_id, actor)
    if report.asked_at is not None:
        raise TransitionError("abuse_asked", state="asked", action="ask_reporter")
    if report.email is None or report.confirmed_at is None:
        raise DomainError("abuse_unreachable", field="question")
    report.question = checked_text(text, "question", "question_missing", STATEMENT_MAX_LENGTH)
    report.asked_at, report.asked_by = clock.now(), actor.person_id
    session.flush()
    mails.more_asked(session, report)
    write_trail(session, report, Action.ABUSE_REPORT_ASKED, actor)


def pause_at_once(session: Session, *, report_id: UUID, reason: str, actor: Actor) -> None:
    """Take no gifts while the report is looked at, with one press. Paused already is fine."""
    report = _open(session, report_id, actor)
    stop_pledges(session, campaign_id=report.campaign_id, reason=reason, actor=actor)
    write_trail(session, report, Action.ABUSE_REPORT_PAUSED, actor)


def decide_report(session: Session, *, report_id: UUID, decision: Decision, actor: Actor) -> None:
    """Dismiss a report, or do something about it, and tell both sides.

    Raises ``TransitionError`` when it was decided on, ``DomainError`` at a field.
    """
    report = _open(session, report_id, actor)
    answer = checked_text(decision.answer, "answer", "answer_missing", ANSWER_MAX_LENGTH)
    statement = ""
    if decision.measure is not None:
        statement = checked_text(
            decision.statement, "statement", "reason_needed", STATEMENT_MAX_LENGTH
        )
        _act(session, report, decision.measure, statement, actor)
    _close(session, report, decision, answer, statement, actor)
    if decision.with_others:
        for other in _same_thing(session, report):
            for_others = Decision(decision.measure, answer, statement)
            _close(session, other, for_others, answer, statement, actor)


def possible_measures(session: Session, report_id: UUID) -> tuple[AbuseMeasure, ...]:
    """What can be done about what a report is about, as things are now."""
    report = session.get(AbuseReport, report_id)
    if report is None:
        return ()
    campaign = session.get_one(Campaign, report.campaign_id)
    thing, status = AbuseThing(report.thing), CampaignStatus(campaign.status)
    return measures_for(
        thing,
        is_live=status is CampaignStatus.LIVE,
        can_stop=CAMPAIGN_TRANSITIONS.allowed(status, "cancel"),
        is_shown=shown_thing(session, thing, report.thing_id) is not None,
    )


def _act(
    session: Session, report: AbuseReport, measure: AbuseMeasure, statement: str, actor: Actor
) -> None:
    if measure not in possible_measures(session, report.id):
        raise DomainError("abuse_measure_not_possible", field="measure")
    campaign_id = report.campaign_id
    match measure:
        case AbuseMeasure.HIDE:
            _hide(session, report, statement, actor)
            return
        case AbuseMeasure.PAUSE:
            stop_pledges(session, campaign_id=campaign_id, reason=statement, actor=actor)
        case AbuseMeasure.STOP:
            cancel_campaign(session, campaign_id=campaign_id, reason=statement, actor=actor)
        case _:
            assert_never(measure)
    mails.measure_taken(session, report, measure, statement)


def _hide(session: Session, report: AbuseReport, statement: str, actor: Actor) -> None:
    """Each has a mail of its own to whose words they are, with the reason."""
    thing = AbuseThing(report.thing)
    match thing:
        case AbuseThing.UPDATE:
            hide_update(
                session,
                campaign_id=report.campaign_id,
                update_id=report.thing_id,
                reason=statement,
                actor=actor,
            )
        case AbuseThing.QUESTION:
            hide_question(session, question_id=report.thing_id, reason=statement, actor=actor)
        case AbuseThing.GIFT_MESSAGE:
            hide_reported_words(session, pledge_id=report.thing_id, reason=statement, actor=actor)
        case AbuseThing.FUNDER_REMARK:
            hide_remark(session, remark_id=report.thing_id, actor=actor)
        case AbuseThing.CAMPAIGN:
            raise InvariantError("the page of a campaign can't be hidden")
        case _:
            assert_never(thing)


def _close(
    session: Session,
    report: AbuseReport,
    decision: Decision,
    answer: str,
    statement: str,
    actor: Actor,
) -> None:
    outcome = AbuseOutcome.DISMISSAL if decision.measure is None else AbuseOutcome.MEASURE
    report.outcome, report.decided_at, report.decided_by = (
        outcome.value,
        clock.now(),
        actor.person_id,
    )
    report.measure = decision.measure.value if decision.measure else None
    report.answer, report.statement = answer, statement
    report.in_bad_faith = decision.in_bad_faith and decision.measure is None
    session.flush()
    mails.decided(session, report)
    is_dismissal = outcome is AbuseOutcome.DISMISSAL
    action = Action.ABUSE_REPORT_DISMISSED if is_dismissal else Action.ABUSE_REPORT_ACTED_ON
    write_trail(session, report, action, actor, answer if is_dismissal else statement)


def _same_thing(session: Session, report: AbuseReport) -> list[AbuseReport]:
    statement = (
        select(AbuseReport)
        .where(
            AbuseReport.thing == report.thing,
            AbuseReport.thing_id == report.thing_id,
            AbuseReport.id != report.id,
            AbuseReport.outcome.is_(None),
        )
        .order_by(AbuseReport.id)
        .with_for_update()
    )
    return list(session.scalars(statement.execution_options(populate_existing=True)))


def _open(session: Session, report_id: UUID, actor: Actor) -> AbuseReport:
    """The campaign first, then its report: that nobody decided on yet."""
    if Role.STAFF not in actor.roles or actor.person_id is None:
        raise ForbiddenError("only_staff")
    campaign_id = session.scalar(select(AbuseReport.campaign_id).where(AbuseReport.id == report_id))
    if campaign_id is None:
        raise NotFoundError("abuse_report_not_found")
    campaign = locked_campaign(session, campaign_id)
    if has_part(session, campaign.id, actor.person_id):
        raise ForbiddenError("own_campaign")
    report = session.get_one(AbuseReport, report_id, with_for_update=True, populate_existing=True)
    if report.outcome is not None:
        raise TransitionError("abuse_decided", state=report.outcome, action="triage")
    return report
