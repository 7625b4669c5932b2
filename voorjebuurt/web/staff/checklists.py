"""The list of what staff look at before money goes to an account, with proof of each."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice

from voorjebuurt.attachments.queries import of_payee, of_payee_checks, payee_check_form
from voorjebuurt.attachments.service import Place
from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.payouts import checking
from voorjebuurt.payouts.checklist.queries import check_parts, checklist_of, payee_of_waiver
from voorjebuurt.payouts.checklist.rules import (
    WITH_PROOF,
    CheckItem,
    Verdict,
    WaiverAnswer,
    verdicts_of,
)
from voorjebuurt.payouts.payee_queries import PayeeRow, payee_by_id
from voorjebuurt.payouts.payee_rows import locked_payee
from voorjebuurt.payouts.rules import CURRENT_PAYEE
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.attachments import attachments_field, files_of, sent_with_files
from voorjebuurt.web.kit.forms.fields import Form, TextAreaField, at_most, chosen, required
from voorjebuurt.web.kit.forms.submission import carried_out, gone_on, submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import LONG
from voorjebuurt.web.words.check_labels import SLUGS, VERDICT_CHOICES

ITEMS = {slug: item for item, slug in SLUGS.items()}


class CheckForm(Form):
    """What was found of one item."""

    verdict = RadioField(
        _l("What did you find out?"), validators=[chosen(_l("Choose what you found."))]
    )
    note = TextAreaField(
        _l("What did you look at?"),
        description=_l(
            "Write where you looked, and on which day the source is from. Staff and auditors"
            " read this, and nobody else."
        ),
        validators=[required(_l("Write down what you looked at.")), at_most(LONG)],
        render_kw={"rows": 3},
    )
    attachments = attachments_field(
        _l("Proof"), _l("For example an extract, a bank statement or a picture of the screen.")
    )


class WaiverForm(Form):
    """Why money may go without the whole list."""

    reason = TextAreaField(
        _l("Why can't the whole list be done?"),
        description=_l("A colleague reads this and decides. An auditor can read it as well."),
        validators=[required(_l("Give a reason.")), at_most(LONG)],
        render_kw={"rows": 3},
    )


@blueprint.get("/rekeningen/<uuid:payee_id>/controlelijst")
def show_checklist(payee_id: UUID) -> ResponseReturnValue:
    """What was found of one account, by whom, and what is still to do."""
    return _page(payee_id, WaiverForm())


@blueprint.route("/rekeningen/<uuid:payee_id>/controlelijst/<slug>", methods=["GET", "POST"])
def check_payee(payee_id: UUID, slug: str) -> ResponseReturnValue:
    """Note what was found of one item, with proof."""
    item = ITEMS.get(slug) or abort(404)
    with reading() as session:
        payee = payee_by_id(session, payee_id) or abort(404)
    form = _check_form(payee, item)
    place = Place(payee_check_form(payee_id, item), payee.campaign_id)
    if sent_with_files(form, place) and carried_out(
        form,
        lambda session: checking.tick_item(
            session,
            payee_id=payee_id,
            item=item,
            verdict=Verdict(form.verdict.data),
            note=form.note.data or "",
            actor=current_actor(),
        ),
    ):
        return gone_on(
            message=_("What you found is on the list."),
            back=url_for("staff.show_checklist", payee_id=payee_id),
        )
    with reading() as session:
        checklist = checklist_of(session, payee_id)
        own_proof = of_payee(session, payee_id)
        may_check = checking.may_check(session, payee_id, current_actor())
    return render_template(
        "staff/payees/check.html",
        payee=payee,
        item=item,
        ticks=checklist.ticks[item],
        form=form,
        files=files_of(place),
        own_proof=own_proof,
        needs_proof=item in WITH_PROOF and not own_proof,
        may_check=may_check,
    )


@blueprint.post("/rekeningen/<uuid:payee_id>/ontheffing")
def ask_waiver(payee_id: UUID) -> ResponseReturnValue:
    """Ask a colleague to let money go without the whole list."""
    form = WaiverForm()
    answer = submit(
        form,
        lambda session: checking.ask_waiver(
            session, payee_id=payee_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("A colleague decides about it now."),
        back=url_for("staff.show_checklist", payee_id=payee_id),
    )
    return answer or _page(payee_id, form)


@blueprint.post("/ontheffingen/<uuid:waiver_id>/toestaan")
def approve_waiver(waiver_id: UUID) -> ResponseReturnValue:
    """Let money go without the whole list, as a second person."""
    return _answer(
        waiver_id, WaiverAnswer.GRANT, _("Paying out without the whole list is allowed.")
    )


@blueprint.post("/ontheffingen/<uuid:waiver_id>/weigeren")
def refuse_waiver(waiver_id: UUID) -> ResponseReturnValue:
    """Refuse it: the list must be done."""
    return _answer(waiver_id, WaiverAnswer.REFUSAL, _("The list must be done before money goes."))


def _answer(waiver_id: UUID, answer: WaiverAnswer, message: str) -> ResponseReturnValue:
    with reading() as session:
        payee_id = payee_of_waiver(session, waiver_id) or abort(404)
    do(
        lambda session: checking.answer_waiver(
            session, waiver_id=waiver_id, answer=answer, actor=current_actor()
        ),
        message=message,
    )
    return redirect(url_for("staff.show_checklist", payee_id=payee_id))


def _check_form(payee: PayeeRow, item: CheckItem) -> CheckForm:
    form = CheckForm()
    basis = PageBasis(
        SubjectKind.CAMPAIGN,
        payee.campaign_id,
        lambda session, _id: locked_payee(session, payee.id),
        lambda session, _id: check_parts(session, payee.id, item),
    )
    with reading() as session:
        form.version = PageVersion.of(session, basis)
    form.verdict.choices = [
        SelectChoice(verdict.value, VERDICT_CHOICES[verdict]) for verdict in verdicts_of(item)
    ]
    return form


def _page(payee_id: UUID, waiver_form: WaiverForm) -> ResponseReturnValue:
    actor = current_actor()
    with reading() as session:
        payee = payee_by_id(session, payee_id) or abort(404)
        checklist = checklist_of(session, payee_id)
        files = of_payee_checks(session, payee_id)
        own_proof = of_payee(session, payee_id)
        may_check = checking.may_check(session, payee_id, actor)
    waiver = checklist.waiver
    return render_template(
        "staff/payees/checklist.html",
        payee=payee,
        found=checklist,
        files={
            item: [row for row in files if row.form == payee_check_form(payee_id, item)]
            for item in CheckItem
        },
        own_proof=own_proof,
        counts_now=payee.status in CURRENT_PAYEE,
        may_check=may_check,
        may_answer=may_check and waiver is not None and waiver.asked_by != actor.person_id,
        form=waiver_form,
    )
