"""Money of municipalities, and what initiators pay back, entered from the bank statement."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Optional

from voorjebuurt.kernel import clock
from voorjebuurt.kernel.text import euro
from voorjebuurt.matching.pots.deposit_entries import enter_clawback_deposit, enter_fund_deposit
from voorjebuurt.matching.pots.deposit_queries import deposits
from voorjebuurt.matching.pots.deposit_states import WAITING, DepositStatus
from voorjebuurt.matching.pots.queries import FundMoney, fund_money, open_clawbacks
from voorjebuurt.payouts.fund_returns.queries import fund_rests, fund_returns
from voorjebuurt.payouts.rules import UNDER_WAY, PayoutStatus
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.confirmation import Question, ask
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    MoneyField,
    StringField,
    TextAreaField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import LONG
from voorjebuurt.web.words.rehearsal_labels import language
from voorjebuurt.web.words.written import as_written

TEMPLATE = "staff/money/receive.html"


class DepositForm(Form):
    """What came in, and how to find it on the bank statement."""

    amount = MoneyField(_l("Amount"), validators=[chosen(_l("Enter how much came in."))])
    reference = StringField(
        _l("Reference on the bank statement"),
        validators=[required(_l("Enter the reference on the bank statement.")), at_most(100)],
    )
    received_on = DayField(
        _l("Day on the bank statement"), validators=[required(_l("Enter the day."))]
    )
    line = MoneyField(
        _l("Amount of the whole line"),
        description=_l(
            "Only when the line on the statement is for more than one fund or application. Enter "
            "each part where it belongs, with the same amount here."
        ),
        validators=[Optional()],
    )


class PrepaymentForm(DepositForm):
    """The same from a municipality that pays beforehand: seldom more than its fund can give."""

    above_ceiling = TextAreaField(
        _l("Why more than the ceiling?"),
        description=_l("Only when it is more than the fund can give."),
        validators=[Optional(), at_most(LONG)],
        render_kw={"rows": 2},
    )


OVER = (DepositStatus.BOOKED, DepositStatus.DISMISSED, DepositStatus.REVERSED)
RETURNS_OVER = (PayoutStatus.EXECUTED, PayoutStatus.CANCELLED, PayoutStatus.RETURNED)
MANY = 200


@blueprint.get("/gemeentegeld")
def list_money() -> ResponseReturnValue:
    """What waits for a second person, what each fund has or is owed, what must be paid back."""
    page = Page.asked(size=25)
    with reading() as session:
        over = deposits(session, statuses=OVER, limit=page.limit, offset=page.offset)
        return render_template(
            "staff/money/list.html",
            waiting=deposits(session, statuses=WAITING, limit=MANY),
            over=page.cut(over),
            page=page,
            funds=fund_money(session),
            clawbacks=open_clawbacks(session),
            rests=fund_rests(session),
            returns=fund_returns(session, statuses=UNDER_WAY, limit=MANY),
            returned=fund_returns(session, statuses=RETURNS_OVER, limit=MANY),
        )


@blueprint.route("/gemeentegeld/fondsen/<uuid:fund_id>", methods=["GET", "POST"])
def receive_fund_money(fund_id: UUID) -> ResponseReturnValue:
    """Enter what a municipality paid: into its fund, or of what its fund owes."""
    with reading() as session:
        fund = next((row for row in fund_money(session) if row.fund_id == fund_id), None)
    if fund is None:
        abort(404)
    form = PrepaymentForm() if fund.prepaid else DepositForm()
    return ask(
        _question(as_written(fund.name), _says(fund)),
        form,
        lambda session: enter_fund_deposit(
            session,
            fund_id=fund_id,
            cents=form.amount.data or 0,
            reference=form.reference.data or "",
            received_on=form.received_on.data or clock.today(),
            line_cents=form.line.data,
            above_ceiling=(form.above_ceiling.data or "") if fund.prepaid else "",
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


@blueprint.route("/gemeentegeld/aanvragen/<uuid:application_id>", methods=["GET", "POST"])
def receive_paid_back(application_id: UUID) -> ResponseReturnValue:
    """Enter what an initiator paid back."""
    form = DepositForm()
    with reading() as session:
        clawbacks = open_clawbacks(session)
    claim = next((row for row in clawbacks if row.application_id == application_id), None)
    if claim is None:
        abort(404)
    still = _("Still to come: %(still)s.", still=euro(claim.open_cents, language()))
    return ask(
        _question(as_written(f"{claim.number} · {claim.title}"), still),
        form,
        lambda session: enter_clawback_deposit(
            session,
            application_id=application_id,
            cents=form.amount.data or 0,
            reference=form.reference.data or "",
            received_on=form.received_on.data or clock.today(),
            line_cents=form.line.data,
            actor=current_actor(),
        ),
        template=TEMPLATE,
    )


def _says(fund: FundMoney) -> str:
    if fund.prepaid:
        says = _("This municipality pays beforehand: the money becomes free in the fund.")
    else:
        amount = euro(fund.owed_cents, language())
        says = _("The municipality still owes %(owed)s. Payouts wait for it.", owed=amount)
    return str(says)


def _question(about: str, says: str) -> Question:
    return Question(
        title=_("Enter money that came in"),
        about=about,
        back=url_for("staff.list_money"),
        button=_("Enter the money"),
        done=_("The money is entered. A colleague books it."),
        says=(says, _("A colleague looks at the bank statement too. Only then it is booked.")),
    )
