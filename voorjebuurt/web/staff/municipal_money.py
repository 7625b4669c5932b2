"""Money of municipalities, and what initiators pay back, as seen on the bank statement."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.kernel.text import euro
from voorjebuurt.matching.pots.corrections import receive_clawback
from voorjebuurt.matching.pots.municipal_payments import receive_arrears, receive_prepayment
from voorjebuurt.matching.pots.queries import fund_money, open_clawbacks
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import (
    Form,
    MoneyField,
    StringField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.words.rehearsal_labels import language
from voorjebuurt.web.words.written import as_written

TEMPLATE = "staff/money/receive.html"


class MunicipalPaymentForm(Form):
    """What came in, and how to find it on the bank statement."""

    amount = MoneyField(_l("Amount"), validators=[chosen(_l("Enter how much came in."))])
    reference = StringField(
        _l("Reference on the bank statement"),
        validators=[required(_l("Enter the reference on the bank statement.")), at_most(100)],
    )


@blueprint.get("/gemeentegeld")
def list_money() -> ResponseReturnValue:
    """What each fund has or is owed, and what initiators must pay back."""
    with reading() as session:
        funds, clawbacks = fund_money(session), open_clawbacks(session)
    return render_template("staff/money/list.html", funds=funds, clawbacks=clawbacks)


@blueprint.route("/gemeentegeld/fondsen/<uuid:fund_id>", methods=["GET", "POST"])
def receive_fund_money(fund_id: UUID) -> ResponseReturnValue:
    """Register what a municipality paid: into its fund, or of what its fund owes."""
    form = MunicipalPaymentForm()
    with reading() as session:
        fund = next((row for row in fund_money(session) if row.fund_id == fund_id), None)
    if fund is None:
        abort(404)
    receive = receive_prepayment if fund.prepaid else receive_arrears
    says = _("This municipality pays beforehand: the money becomes free in the fund.")
    if not fund.prepaid:
        amount = euro(fund.owed_cents, language())
        says = _("The municipality still owes %(owed)s. Payouts wait for it.", owed=amount)
    return ask(
        _question(as_written(fund.name), says),
        form,
        lambda session: receive(
            session,
            fund_id=fund_id,
            cents=form.amount.data or 0,
            reference=form.reference.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/gemeentegeld/aanvragen/<uuid:application_id>", methods=["GET", "POST"])
def receive_paid_back(application_id: UUID) -> ResponseReturnValue:
    """Register what an initiator paid back."""
    form = MunicipalPaymentForm()
    with reading() as session:
        clawbacks = open_clawbacks(session)
    claim = next(
        (clawback for clawback in clawbacks if clawback.application_id == application_id), None
    )
    if claim is None:
        abort(404)
    still = euro(claim.open_cents, language())
    return ask(
        _question(
            as_written(f"{claim.number} · {claim.title}"),
            _("Still to come: %(still)s.", still=still),
        ),
        form,
        lambda session: receive_clawback(
            session,
            application_id=application_id,
            cents=form.amount.data or 0,
            reference=form.reference.data or "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


def _question(about: str, says: str) -> Question:
    return Question(
        title=_("Register money that came in"),
        about=about,
        back=url_for("staff.list_money"),
        button=_("Register the money"),
        done=_("The money is booked."),
        says=(says,),
    )
