"""Timed work on cases: sending decisions, ending terms, and reminding people of what is due."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from voorjebuurt.audit.turns import in_turn
from voorjebuurt.decisions.cases.terms import incomplete_applications, lapse_completion
from voorjebuurt.decisions.inquiries.draws import draw_lot, due_for_draw, new_seeds
from voorjebuurt.decisions.interest.service import settle_interest as settle
from voorjebuurt.decisions.objections.proceedings.steps import lapse_answers as lapse_unanswered
from voorjebuurt.decisions.objections.rulings import sending as rulings
from voorjebuurt.decisions.officer_mails import bundles, looks
from voorjebuurt.decisions.overviews import clawbacks, reminders
from voorjebuurt.decisions.rulings.plan_requests import end_plan_request as end_request
from voorjebuurt.decisions.rulings.sending import alert_not_sent, due_decisions, send_decision
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.actor import SYSTEM
from voorjebuurt.kernel.batches import BATCH, in_batches
from voorjebuurt.kernel.errors import DomainError
from voorjebuurt.kernel.jobs import Runtime, task
from voorjebuurt.mail.bundles import forget_facts as forget_mailed_facts
from voorjebuurt.mail.cadences import Cadence
from voorjebuurt.matching.applications.rows import AWARD_ENDED
from voorjebuurt.settings import PayoutSettings

_log = structlog.get_logger()


@task("decisions.send")
def send(runtime: Runtime, decision_id: str) -> None:
    """Send one approved decision whose time to be recalled is over."""
    _send(runtime, UUID(decision_id))


@task("decisions.send_due", cron="*/5 * * * *")
def send_due(runtime: Runtime) -> None:
    """Send what is due and was not sent by its own job."""
    with runtime.database.reading() as session:
        due = due_decisions(session)
    for decision_id in due:
        _send(runtime, decision_id)


def _send(runtime: Runtime, decision_id: UUID) -> None:
    """Send a decision; one that can't be carried out becomes somebody's task, once."""
    try:
        with runtime.database.writing() as session:
            was_due = send_decision(
                session,
                decision_id=decision_id,
                pay_to=_account_of(runtime.settings.payouts),
                website=runtime.settings.base_url,
            )
    except DomainError as error:
        _log.warning("decision_not_sent", decision_id=str(decision_id), code=error.code)
        with runtime.database.writing() as session:
            alert_not_sent(session, decision_id=decision_id, code=error.code)
        return
    if was_due:
        _log.info("decision_sent", decision_id=str(decision_id))


@task(AWARD_ENDED)
def end_plan_request(runtime: Runtime, application_id: str) -> None:
    """End what was asked to change of an award that ended by itself."""
    with runtime.database.writing() as session:
        end_request(session, application_id=UUID(application_id))


@task("decisions.send_ruling")
def send_ruling(runtime: Runtime, ruling_id: str) -> None:
    """Send one approved decision on an objection whose time to be recalled is over."""
    _send_ruling(runtime, UUID(ruling_id))


@task("decisions.send_due_rulings", cron="*/5 * * * *")
def send_due_rulings(runtime: Runtime) -> None:
    """Send the decisions on objections that are due and were not sent by their own job."""
    with runtime.database.reading() as session:
        due = rulings.due_rulings(session)
    for ruling_id in due:
        _send_ruling(runtime, ruling_id)


def _send_ruling(runtime: Runtime, ruling_id: UUID) -> None:
    try:
        with runtime.database.writing() as session:
            was_due = rulings.send_ruling(
                session,
                ruling_id=ruling_id,
                pay_to=_account_of(runtime.settings.payouts),
                website=runtime.settings.base_url,
            )
    except DomainError as error:
        _log.warning("ruling_not_sent", ruling_id=str(ruling_id), code=error.code)
        with runtime.database.writing() as session:
            rulings.alert_ruling_not_sent(session, ruling_id=ruling_id, code=error.code)
        return
    if was_due:
        _log.info("ruling_sent", ruling_id=str(ruling_id))


@task("decisions.lapse_answers", cron="9 * * * *")
def lapse_answers(runtime: Runtime) -> None:
    """Let the clock of an objection run again where the term to mend it ended unused."""
    with runtime.database.writing() as session:
        count = lapse_unanswered(session)
    _log.info("objections_lapsed", count=count)


def _account_of(payouts: PayoutSettings) -> str:
    """The platform's account as a letter shows it: name, and IBAN in groups of four."""
    iban = payouts.debtor_iban
    groups = " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
    return f"{payouts.debtor_name}\n{groups}"


@task("decisions.lapse_completions", cron="7 * * * *")
def lapse_completions(runtime: Runtime) -> None:
    """Let the clock run again where the term to complete an application ended unused."""
    with runtime.database.reading() as session:
        waiting = incomplete_applications(session)
    in_turn(
        runtime.database,
        waiting,
        lambda session, key: lapse_completion(session, application_id=key),
        task="decisions.lapse_completions",
    )


@task("decisions.draw_lots", cron="17 * * * *")
def draw_lots(runtime: Runtime) -> None:
    """Draw in which cases that became due proof is asked: one seed for those of a fund."""
    with runtime.database.reading() as session:
        due = due_for_draw(session)
    seeds = new_seeds(due)
    in_turn(
        runtime.database,
        list(due),
        lambda session, key: draw_lot(session, application_id=key, seed=seeds[due[key]]),
        task="decisions.draw_lots",
    )


@task("decisions.remind_applicants", cron="12 6 * * *")
def remind_applicants(runtime: Runtime) -> None:
    """Remind applicants to complete, to give views and proof, and to account for the money."""
    with runtime.database.writing() as session:
        completing = reminders.remind_to_complete(session)
    with runtime.database.writing() as session:
        accounting = reminders.ask_for_accountings(session)
    with runtime.database.writing() as session:
        views = reminders.remind_of_views(session)
    with runtime.database.writing() as session:
        proof = reminders.remind_of_proof(session)
    with runtime.database.writing() as session:
        last_terms = reminders.remind_of_last_terms(session)
    _log.info(
        "applicants_reminded",
        completing=completing,
        accounting=accounting,
        views=views,
        proof=proof,
        last_terms=last_terms,
    )


@task("decisions.remind_of_clawbacks", cron="22 6 * * *")
def remind_of_clawbacks(runtime: Runtime) -> None:
    """Remind who owes money that was claimed back, and give notice after the last day."""
    with runtime.database.writing() as session:
        count = clawbacks.remind_of_clawbacks(session)
    _log.info("clawbacks_reminded", count=count)


@task("decisions.mail_clawback_payment")
def mail_clawback_payment(
    runtime: Runtime,
    *,
    application_id: str,
    cents: int,
    open_cents: int,
    deposit_id: str,
    interest_cents: int = 0,
) -> None:
    """Tell an applicant that (part of) what was claimed back came in."""
    with runtime.database.writing() as session:
        clawbacks.mail_payment(
            session,
            application_id=UUID(application_id),
            cents=cents,
            open_cents=open_cents,
            deposit_id=UUID(deposit_id),
            interest_cents=interest_cents,
        )


@task("decisions.mail_clawback_return")
def mail_clawback_return(
    runtime: Runtime, *, application_id: str, cents: int, open_cents: int, source_id: str
) -> None:
    """Tell an applicant that a payout which came back paid (part of) what was claimed."""
    with runtime.database.writing() as session:
        clawbacks.mail_return(
            session,
            application_id=UUID(application_id),
            cents=cents,
            open_cents=open_cents,
            source_id=UUID(source_id),
        )


@task("decisions.mail_clawback_reversal")
def mail_clawback_reversal(
    runtime: Runtime, *, application_id: str, cents: int, open_cents: int, deposit_id: str
) -> None:
    """Tell an applicant that a payment back was noted by mistake."""
    with runtime.database.writing() as session:
        clawbacks.mail_reversal(
            session,
            application_id=UUID(application_id),
            cents=cents,
            open_cents=open_cents,
            deposit_id=UUID(deposit_id),
        )


@task("decisions.settle_interest")
def settle_interest(runtime: Runtime, *, application_id: str) -> None:
    """Write off what was laid down of interest above what is due, after a payment of before."""
    with runtime.database.writing() as session:
        cents = settle(session, application_id=UUID(application_id), actor=SYSTEM)
    _log.info("interest_settled", application_id=application_id, cents=cents)


@task("decisions.remind_officers", cron="42 5 * * 1-5")
def remind_officers(runtime: Runtime) -> None:
    """Tell officers on a working day what is due soon on their desks."""
    with runtime.database.reading() as session:
        everybody = reminders.officers_to_remind(session)
    for officer_id, municipality_id in everybody:
        with runtime.database.writing() as session:
            reminders.remind_officer(
                session, officer_id=officer_id, municipality_id=municipality_id
            )


@task("decisions.mail_officers", cron="*/5 * * * *")
def mail_officers(runtime: Runtime) -> None:
    """Mail officers what waits for them since the last mail, where they want that at once."""
    _mail_officers(runtime, Cadence.AT_ONCE)


@task("decisions.summarise_for_officers", cron="32 5 * * 1-5")
def summarise_for_officers(runtime: Runtime) -> None:
    """Mail officers on a working day what else waits for them since the last summary."""
    _mail_officers(runtime, Cadence.DAILY)


def _mail_officers(runtime: Runtime, cadence: Cadence) -> None:
    with runtime.database.reading() as session:
        places_of = bundles.places_by_officer(session)
        turns = looks.due(session, places_of) if cadence is Cadence.AT_ONCE else {}
        if cadence is Cadence.AT_ONCE:
            places_of = {officer_id: places_of[officer_id] for officer_id in turns}
        places = sorted({place for places in places_of.values() for place in places})
        waiting = {place: bundles.waiting_in(session, place) for place in places}

    def look(session: Session, officer_id: UUID) -> None:
        bundles.mail_officer(
            session,
            officer_id=officer_id,
            waiting={place: waiting[place] for place in places_of[officer_id]},
            cadence=cadence,
        )
        looks.note(session, turns.get(officer_id))

    in_turn(runtime.database, places_of, look, task="decisions.mail_officers")


@task("decisions.forget_facts", cron="20 3 * * *")
def forget_facts(runtime: Runtime) -> None:
    """Forget about what officers were mailed, after the settings' term, once it waits no more."""
    before = clock.now() - timedelta(days=runtime.settings.retention.mailed_fact_days)
    with runtime.database.reading() as session:
        waiting = bundles.waiting_facts(session)
    forget = partial(
        forget_mailed_facts,
        templates=f"{bundles.TEMPLATE}:",
        waiting=waiting,
        before=before,
        limit=BATCH,
    )
    in_batches(runtime.database, forget)
