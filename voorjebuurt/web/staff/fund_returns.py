"""What is left of a settled fund, on its way back: proposed, released, noted when it has gone."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.text import euro
from voorjebuurt.payouts.fund_returns import execution, queries, service
from voorjebuurt.payouts.iban import HOLDER_MAX
from voorjebuurt.people.rules import Role
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_sealer
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import Form, IbanField, StringField, at_most, required
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ExecutedForm, ReasonForm
from voorjebuurt.web.words.messages import text_of
from voorjebuurt.web.words.rehearsal_labels import language
from voorjebuurt.web.words.written import as_written

_RETURN = "/gemeentegeld/terug/<uuid:return_id>"


class ReturnForm(Form):
    """The account of a municipality."""

    holder = StringField(
        _l("Name on the account"),
        description=_l("As it stands in the agreement with the municipality."),
        validators=[required(_l("Enter the name on the account.")), at_most(HOLDER_MAX)],
        render_kw={"autocomplete": "off"},
    )
    iban = IbanField(
        _l("Account number (IBAN)"),
        description=_l("For example NL91 ABNA 0417 1643 00."),
        validators=[required(_l("Enter the account number (IBAN)."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


@blueprint.route("/gemeentegeld/fondsen/<uuid:fund_id>/terug", methods=["GET", "POST"])
def propose_return(fund_id: UUID) -> ResponseReturnValue:
    """Propose to pay all back that is left in a settled fund."""
    with reading() as session:
        rests = queries.fund_rests(session)
    rest = next((row for row in rests if row.fund_id == fund_id), None)
    if rest is None:
        abort(404)
    form = ReturnForm()
    return ask(
        _question(rest),
        form,
        lambda session: service.propose_return(
            session,
            fund_id=fund_id,
            holder=form.holder.data or "",
            iban=form.iban.data or "",
            sealer=the_sealer(),
            actor=current_actor(),
        ),
        template="staff/money/receive.html",
    )


@blueprint.get(_RETURN)
def show_return(return_id: UUID) -> ResponseReturnValue:
    """One of them, its steps so far and the next one."""
    return _page(return_id, ReasonForm(), ExecutedForm(data={"executed_on": clock.today()}))


@blueprint.post(f"{_RETURN}/vrijgeven")
def release_return(return_id: UUID) -> ResponseReturnValue:
    """Release it, as a second person."""
    do(
        lambda session: service.release_return(session, return_id=return_id, actor=current_actor()),
        message=_("It is released, and goes into the next bank file."),
    )
    return redirect(url_for("staff.show_return", return_id=return_id))


@blueprint.post(f"{_RETURN}/annuleren")
def cancel_return(return_id: UUID) -> ResponseReturnValue:
    """Withdraw it, with a reason."""
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: service.cancel_return(
            session, return_id=return_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("It is cancelled. The money stays in the fund."),
        back=url_for("staff.list_money"),
    )
    return answer or _page(return_id, form, ExecutedForm(formdata=None))


@blueprint.post(f"{_RETURN}/uitgevoerd")
def execute_return(return_id: UUID) -> ResponseReturnValue:
    """Note that the bank carried it out."""
    form = ExecutedForm()
    answer = submit(
        form,
        lambda session: execution.execute_return(
            session,
            return_id=return_id,
            executed_on=form.executed_on.data or clock.today(),
            remark=form.remark.data or "",
            actor=current_actor(),
        ),
        message=_("Noted: the municipality has its money back."),
        back=url_for("staff.show_return", return_id=return_id),
    )
    return answer or _page(return_id, ReasonForm(formdata=None), form)


@blueprint.post(f"{_RETURN}/teruggekomen")
def refuse_return(return_id: UUID) -> ResponseReturnValue:
    """Note that the bank refused it or sent it back."""
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: execution.refuse_return(
            session, return_id=return_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("Noted. The money is in the fund again."),
        back=url_for("staff.show_return", return_id=return_id),
    )
    return answer or _page(return_id, form, ExecutedForm(formdata=None))


def _question(rest: queries.FundRest) -> Question:
    amount = euro(rest.free_cents, language())
    return Question(
        title=_("Pay back what is left"),
        about=as_written(f"{rest.fund} · {rest.municipality}"),
        back=url_for("staff.list_money"),
        button=_("Propose to pay it back"),
        done=_("It is proposed. A colleague can release it now."),
        warning=_disputed(rest.disputes),
        says=(
            _("%(amount)s is left in this fund.", amount=amount)
            if rest.disputes
            else _(
                "%(amount)s is left in this fund, and nothing waits for a decision.", amount=amount
            ),
            _("A colleague releases it. Then it goes into a bank file."),
        ),
    )


def _disputed(disputes: int) -> str:
    """What stands above money that may be needed after all; nothing where nobody disputes."""
    if not disputes:
        return ""
    return str(
        ngettext(
            "Nobody decided yet on %(num)s objection or appeal about this fund. The money may be "
            "needed for it. Ask the municipality first.",
            "Nobody decided yet on %(num)s objections or appeals about this fund. The money may be "
            "needed for them. Ask the municipality first.",
            disputes,
        )
    )


def _page(return_id: UUID, reason: ReasonForm, executed_form: ExecutedForm) -> ResponseReturnValue:
    with reading() as session:
        row = queries.fund_return(session, return_id) or abort(404)
        obstacle = service.obstacle_to_release(session, return_id, current_actor())
        disputes = queries.open_disputes(session, row.fund_id)
        # Whole, for who holds it against the agreement; a few digits of it for others and later.
        is_checked_now = row.status == "proposed" and Role.STAFF in current_actor().roles
        iban = (
            queries.iban_of_return(session, return_id, sealer=the_sealer())
            if is_checked_now
            else None
        )
    return render_template(
        "staff/money/return.html",
        row=row,
        warning=_disputed(disputes) if row.status in ("proposed", "released") else "",
        iban=iban,
        reason=reason,
        executed=executed_form,
        form=executed_form if executed_form.errors else reason,
        obstacle=text_of(obstacle) if obstacle else None,
    )
