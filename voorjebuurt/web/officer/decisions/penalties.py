"""Notices of default, and the penalty for being late: of who applied and of who objected."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from wtforms import SelectChoice

from voorjebuurt.decisions.letters.objections.penalty import penalty_letter, read_penalty
from voorjebuurt.decisions.letters.pdf import pdf_of
from voorjebuurt.decisions.objections.court.penalties import (
    approve_penalty,
    pay_penalty,
    propose_penalty,
    register_default,
)
from voorjebuurt.decisions.overviews.defaults import (
    DefaultView,
    OpenObjection,
    default_view,
    open_objections,
    penalty_parts,
)
from voorjebuurt.decisions.overviews.obstacles import (
    obstacle_to_penalty,
    obstacle_to_penalty_proposal,
    obstacle_to_writing,
)
from voorjebuurt.kernel import clock, text
from voorjebuurt.matching.applications.queries import ApplicationRow
from voorjebuurt.matching.applications.states import UNDECIDED
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form
from voorjebuurt.web.kit.i18n import chosen_locale
from voorjebuurt.web.officer.blueprint import blueprint
from voorjebuurt.web.officer.cases.confirmation import (
    TEMPLATE,
    ask_about,
    case_version,
    the_application,
)
from voorjebuurt.web.officer.decisions.objections import pdf_answer
from voorjebuurt.web.officer.decisions.ruling_forms import DefaultForm, PaidForm, PenaltyForm
from voorjebuurt.web.words.messages import text_of
from voorjebuurt.web.words.objection_labels import NO_PENALTY


@blueprint.route("/aanvragen/<uuid:application_id>/ingebrekestelling", methods=["GET", "POST"])
def register_default_notice(application_id: UUID) -> ResponseReturnValue:
    """Write down a letter that says the decision is late; ``bezwaar`` chooses an objection."""
    row = the_application(application_id)
    with reading() as session:
        objections = open_objections(session, application_id)
    choice = request.args.get("bezwaar", "")
    about = choice if choice in map(str, objections) else "application"
    form = DefaultForm(data={"about": about, "received_on": clock.today()})
    form.about.choices = [
        SelectChoice("application", _("the application %(number)s", number=row.number)),
        *(SelectChoice(str(key), _objection_words(each)) for key, each in objections.items()),
    ]
    return ask_about(
        application_id,
        form,
        lambda session: register_default(
            session,
            application_id=application_id,
            objection_id=None if form.about.data == "application" else UUID(form.about.data),
            received_on=form.received_on.data or clock.today(),
            actor=current_actor(),
        ),
        part="bezwaren",
        title=_("Write down a notice of default"),
        button=_("Write it down"),
        done=_("It is written down. Who applied and wrote this gets a mail with the day."),
        says=(
            _("The law gives two weeks; then each day costs a penalty, at most 42 days."),
            _("Everybody who applied or objected has a notice and a penalty of their own."),
            *_too_early(row),
        ),
    )


def _objection_words(objection: OpenObjection) -> str:
    if not objection.party:
        return str(_("the objection %(number)s", number=objection.number))
    return str(
        _("the objection %(number)s of %(name)s", number=objection.number, name=objection.party)
    )


def _too_early(row: ApplicationRow) -> tuple[str, ...]:
    """That a letter about the application would be none yet (Awb 4:17), while its term runs."""
    if row.status not in UNDECIDED or row.decide_by < clock.today():
        return ()
    day = text.day(row.decide_by, chosen_locale())
    return (
        _(
            "The last day to decide on this application is %(day)s. A letter that came on or "
            "before it is no notice of default.",
            day=day,
        ),
    )


_PENALTY = "/aanvragen/<uuid:application_id>/ingebrekestellingen/<uuid:notice_id>"


@blueprint.get(_PENALTY)
def show_penalty(application_id: UUID, notice_id: UUID) -> ResponseReturnValue:
    """A notice of default: from when it costs, how much, and what was decided."""
    row = the_application(application_id)
    with reading() as session:
        version = case_version(session, application_id, penalty_parts(notice_id))
        view = default_view(session, application_id, notice_id, _bands()) or abort(404)
        proposer = next(iter(names_of(session, [view.notice.proposed_by]).values()), "")
        fields: dict[str, Any] = {"application_id": application_id, "actor": current_actor()}
        writing = obstacle_to_writing(session, **fields)
        proposing = obstacle = obstacle_to_penalty_proposal(session, **fields)
        if view.notice.status == "proposed":
            obstacle = obstacle_to_penalty(session, notice=view.notice, **fields)
        elif view.notice.status == "sent":
            obstacle = None
    return render_template(
        "officer/objections/penalty.html",
        application=row,
        view=view,
        obstacle=text_of(obstacle) if obstacle else None,
        may_act=writing is None,
        may_propose=proposing is None,
        proposer=proposer,
        ground=NO_PENALTY.get(view.notice.ground, ""),
        version=version,
    )


@blueprint.route(f"{_PENALTY}/vaststellen", methods=["GET", "POST"])
def propose_late_penalty(application_id: UUID, notice_id: UUID) -> ResponseReturnValue:
    """Propose the penalty."""
    form, view = PenaltyForm(), _the_view(application_id, notice_id)
    return _ask_about_penalty(
        view,
        form,
        lambda session: propose_penalty(
            session,
            notice_id=notice_id,
            ground=form.ground.data or "",
            reason=form.reason.data or "",
            bands=_bands(),
            actor=current_actor(),
        ),
        title=_("Propose the penalty for being late"),
        button=_("Propose the decision"),
        done=_("The penalty is proposed. A colleague can approve it now."),
        says=_law_says(view),
    )


@blueprint.post(f"{_PENALTY}/goedkeuren")
def approve_late_penalty(application_id: UUID, notice_id: UUID) -> ResponseReturnValue:
    """Approve the penalty, as a second officer; the letter goes out at once."""
    _the_view(application_id, notice_id)
    with reading() as session:
        version = case_version(session, application_id, penalty_parts(notice_id))
    do(
        lambda session: approve_penalty(session, notice_id=notice_id, actor=current_actor()),
        message=_("The penalty is set. Who wrote about it gets the letter."),
        version=version,
    )
    return redirect(_penalty_page(application_id, notice_id))


@blueprint.route(f"{_PENALTY}/betaald", methods=["GET", "POST"])
def pay_late_penalty(application_id: UUID, notice_id: UUID) -> ResponseReturnValue:
    """Write down that the municipality paid."""
    form, view = PaidForm(data={"paid_on": clock.today()}), _the_view(application_id, notice_id)
    return _ask_about_penalty(
        view,
        form,
        lambda session: pay_penalty(
            session,
            notice_id=notice_id,
            paid_on=form.paid_on.data or clock.today(),
            actor=current_actor(),
        ),
        title=_("Write down that the penalty was paid"),
        button=_("Write it down"),
        done=_("It is written down."),
        says=(
            _(
                "It is %(amount)s for %(name)s.",
                amount=text.euro(view.notice.penalty_cents, chosen_locale()),
                name=view.payee,
            ),
        ),
    )


@blueprint.get(f"{_PENALTY}.pdf")
def send_penalty_letter(application_id: UUID, notice_id: UUID) -> ResponseReturnValue:
    """The letter as PDF: the bytes that were sent; before that a draft."""
    view = _the_view(application_id, notice_id)
    notice = view.notice
    if not notice.snapshot:
        abort(404)
    pdf = view.letter or pdf_of(penalty_letter(read_penalty(notice.snapshot)))
    return pdf_answer(pdf, notice.number)


def _law_says(view: DefaultView) -> tuple[str, ...]:
    """What the law computes, and whose that is."""
    if view.determine_by is None:
        return (
            _(
                "It was decided in time. The municipality owes nothing. You can answer the letter "
                "with a decision without a penalty."
            ),
        )
    return (
        ngettext(
            "The law computes %(amount)s: %(num)s day.",
            "The law computes %(amount)s: %(num)s days.",
            view.days,
            amount=text.euro(view.cents, chosen_locale()),
        ),
        _("The penalty is for %(name)s.", name=view.payee),
        _("The municipality pays it itself: no money of it is on this site."),
    )


def _ask_about_penalty(
    view: DefaultView,
    form: Form,
    deed: Callable[[Session], object],
    **question: Any,
) -> ResponseReturnValue:
    """Ask about one notice; afterwards back to its page."""
    page = _penalty_page(view.notice.application_id, view.notice.id)
    about = _("Notice of default %(number)s", number=view.notice.number)
    return ask(Question(about=about, back=page, **question), form, deed, template=TEMPLATE)


def _the_view(application_id: UUID, notice_id: UUID) -> DefaultView:
    with reading() as session:
        return default_view(session, application_id, notice_id, _bands()) or abort(404)


def _penalty_page(application_id: UUID, notice_id: UUID) -> str:
    return url_for("officer.show_penalty", application_id=application_id, notice_id=notice_id)


def _bands() -> tuple[int, ...]:
    return the_settings().decisions.penalty_cents_a_day
