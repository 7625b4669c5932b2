"""Reports of abuse: the queue, one report, and what staff can do with it."""

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectChoice, SelectField
from wtforms.validators import Optional

from voorjebuurt.abuse import queries, triage
from voorjebuurt.abuse.proof import open_proof
from voorjebuurt.abuse.rules import ANSWER_MAX_LENGTH, AbuseMeasure
from voorjebuurt.attachments.queries import of_abuse_report
from voorjebuurt.audit.queries import trail
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.people.queries import names_of
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, writing
from voorjebuurt.web.kit.forms.attachments import answer_with
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most, chosen, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.words.abuse_labels import MEASURES, REASONS

NOTHING = "nothing"
MINE, DECIDED = "mine", "decided"


class QueueForm(Form):
    """Which reports to see."""

    class Meta:
        csrf = False

    welke = SelectField(
        _l("Which reports"),
        choices=[
            SelectChoice("", _l("All that wait")),
            SelectChoice(MINE, _l("Mine")),
            SelectChoice(DECIDED, _l("Decided")),
        ],
        validators=[Optional()],
    )
    reden = SelectField(
        _l("What is wrong?"),
        choices=[
            SelectChoice("", _l("All")),
            *(SelectChoice(reason.value, label) for reason, label in REASONS.items()),
        ],
        validators=[Optional()],
    )


class AskForm(Form):
    """What staff want to know of who reported."""

    question = TextAreaField(
        _l("What would you like to know?"),
        validators=[
            required(_l("Write down your question.")),
            at_most(triage.STATEMENT_MAX_LENGTH),
        ],
        render_kw={"rows": 3},
    )


class DecisionForm(Form):
    """What is done, and what both sides read about it."""

    measure = RadioField(_l("What do you do?"), validators=[chosen(_l("Choose what you do."))])
    statement = TextAreaField(
        _l("Reason for who wrote it"),
        description=_l(
            "Only when you do something. Which rule or law does it break, and by which words?"
        ),
        validators=[Optional(), at_most(triage.STATEMENT_MAX_LENGTH)],
        render_kw={"rows": 4},
    )
    answer = TextAreaField(
        _l("Answer for who reported"),
        validators=[required(_l("Write your answer.")), at_most(ANSWER_MAX_LENGTH)],
        render_kw={"rows": 4},
    )
    with_others = BooleanField(_l("The same for the other reports about this"))
    in_bad_faith = BooleanField(
        _l("This report is not honest"),
        description=_l(
            "Only when you do nothing. After three, this address sends none for a while."
        ),
    )


@blueprint.get("/misbruik")
def list_abuse_reports() -> ResponseReturnValue:
    """What waits, danger first; or what was decided."""
    form, page, me = QueueForm(request.args), Page.asked(size=25), current_actor().person_id
    is_right = form.validate()
    which = form.welke.data if is_right else ""
    with reading() as session:
        if which == DECIDED:
            rows = queries.decided_reports(
                session, reader_id=me, limit=page.limit, offset=page.offset
            )
        else:
            rows = queries.waiting_reports(
                session,
                reader_id=me,
                taken_by=me if which == MINE else None,
                reason=form.reden.data or "" if is_right else "",
                limit=page.limit,
                offset=page.offset,
            )
        names = names_of(session, [row.taken_by or row.decided_by for row in rows])
    return render_template(
        "staff/abuse/list.html", form=form, reports=page.cut(rows), names=names, page=page, me=me
    )


@blueprint.get("/misbruik/<uuid:report_id>")
def show_abuse_report(report_id: UUID) -> ResponseReturnValue:
    """One report, what it is about, and what can be done."""
    return _page(report_id, AskForm(), _decision_form(report_id))


@blueprint.post("/misbruik/<uuid:report_id>/nemen")
def take_abuse_report(report_id: UUID) -> ResponseReturnValue:
    """Take it; a colleague's only when that is what the button said."""
    over = "over" in request.form
    do(
        lambda session: triage.take_report(
            session, report_id=report_id, over=over, actor=current_actor()
        ),
        message=_("You are looking at this report."),
    )
    return _back(report_id)


@blueprint.post("/misbruik/<uuid:report_id>/terugleggen")
def put_back_abuse_report(report_id: UUID) -> ResponseReturnValue:
    """Put back what one took."""
    do(
        lambda session: triage.put_back(session, report_id=report_id, actor=current_actor()),
        message=_("The report is back, for a colleague."),
    )
    return _back(report_id)


@blueprint.post("/misbruik/<uuid:report_id>/stilzetten")
def pause_for_abuse_report(report_id: UUID) -> ResponseReturnValue:
    """Let nobody give while the report is looked at, with one press."""
    do(
        lambda session: triage.pause_at_once(
            session,
            report_id=report_id,
            reason=_("A report of abuse is looked at."),
            actor=current_actor(),
        ),
        message=_("Giving is stopped."),
    )
    return _back(report_id)


@blueprint.post("/misbruik/<uuid:report_id>/vraag")
def ask_about_abuse(report_id: UUID) -> ResponseReturnValue:
    """Ask who reported for more."""
    form = AskForm()
    answer = submit(
        form,
        lambda session: triage.ask_reporter(
            session, report_id=report_id, text=form.question.data or "", actor=current_actor()
        ),
        message=_("Your question is mailed."),
        back=url_for("staff.show_abuse_report", report_id=report_id),
    )
    return answer or _page(report_id, form, _decision_form(report_id, is_sent=False))


@blueprint.post("/misbruik/<uuid:report_id>/besluit")
def decide_abuse_report(report_id: UUID) -> ResponseReturnValue:
    """Dismiss it, or do something about it."""
    form = _decision_form(report_id)
    answer = submit(
        form,
        lambda session: triage.decide_report(
            session, report_id=report_id, decision=_decision(form), actor=current_actor()
        ),
        message=_("The report is decided. Who can be mailed, is mailed."),
        back=url_for("staff.list_abuse_reports"),
    )
    return answer or _page(report_id, AskForm(formdata=None), form)


@blueprint.get("/misbruik/<uuid:report_id>/bestanden/<uuid:attachment_id>")
def send_abuse_proof(report_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """A file that came with a report, for who looks at it; that they opened it is written down."""
    with writing() as session:
        row = open_proof(
            session, report_id=report_id, attachment_id=attachment_id, actor=current_actor()
        )
    return answer_with(row)


def _decision(form: DecisionForm) -> triage.Decision:
    measure = form.measure.data
    return triage.Decision(
        measure=None if measure == NOTHING else AbuseMeasure(measure),
        answer=form.answer.data or "",
        statement=form.statement.data or "",
        in_bad_faith=form.in_bad_faith.data,
        with_others=form.with_others.data,
    )


def _decision_form(report_id: UUID, *, is_sent: bool = True) -> DecisionForm:
    """With what can be done now, and the version of what is decided on."""
    form = DecisionForm() if is_sent else DecisionForm(formdata=None)
    basis = PageBasis(
        SubjectKind.ABUSE_REPORT, report_id, queries.lock_report, queries.triage_parts
    )
    with reading() as session:
        form.version = PageVersion.of(session, basis)
        measures = triage.possible_measures(session, report_id)
    form.measure.choices = [
        SelectChoice(NOTHING, _("Nothing: this is allowed")),
        *(SelectChoice(measure.value, MEASURES[measure]) for measure in measures),
    ]
    return form


def _back(report_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("staff.show_abuse_report", report_id=report_id))


def _page(report_id: UUID, ask: AskForm, decide: DecisionForm) -> ResponseReturnValue:
    actor = current_actor()
    with reading() as session:
        report = queries.report_by_id(session, report_id, reader_id=actor.person_id) or abort(404)
        events = trail(session, SubjectKind.ABUSE_REPORT, report_id)
        others = queries.other_reports(session, report)
        proof = of_abuse_report(session, report_id)
        names = names_of(
            session,
            [report.taken_by, report.decided_by, *(event.actor_id for event in events)],
        )
    return render_template(
        "staff/abuse/show.html",
        report=report,
        events=events,
        others=others,
        proof=proof,
        may_open=actor.person_id in (report.taken_by, report.decided_by),
        names=names,
        me=actor.person_id,
        ask=ask,
        form=decide,
    )
