"""Deposits of cash: entered from the bank statement, booked by another, sent back by two."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voorjebuurt.campaigns.overview import campaign_overview
from voorjebuurt.kernel import clock
from voorjebuurt.pledges.tins import depositing, returning, reversing
from voorjebuurt.pledges.tins.queries import deposits_of, returnable
from voorjebuurt.pledges.tins.rules import NOTE_MAX_LENGTH
from voorjebuurt.pledges.tins.staff_queries import (
    arrivals_of,
    one_arrival,
    returns_of,
    reversals_of,
    tins,
)
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.fields import (
    DayField,
    Form,
    MoneyField,
    StringField,
    at_most,
    chosen,
    required,
)
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint


class ArrivalForm(Form):
    """A line of the bank statement about a deposit of cash."""

    reference = StringField(
        _l("Reference of the deposit"),
        description=_l("It begins with RF."),
        validators=[required(_l("Enter the reference of the deposit.")), at_most(40)],
    )
    amount = MoneyField(_l("Amount"), validators=[chosen(_l("Enter how much came in."))])
    received_on = DayField(
        _l("Day on the bank statement"), validators=[required(_l("Enter the day."))]
    )
    line = StringField(
        _l("Number of the line on the bank statement"),
        description=_l("As the bank calls it. Each line is entered once."),
        validators=[required(_l("Enter the number of the line.")), at_most(100)],
    )


class SentForm(Form):
    """When money was transferred back."""

    sent_on = DayField(_l("Day on the bank statement"), validators=[required(_l("Enter the day."))])


class ReversalForm(Form):
    """Why a line that was booked is taken back."""

    reason = StringField(
        _l("What was booked wrongly?"),
        description=_l("For example: it was of another campaign, or this amount never came."),
        validators=[required(_l("Say what was booked wrongly.")), at_most(NOTE_MAX_LENGTH)],
    )


@blueprint.get("/contant")
def list_cash() -> ResponseReturnValue:
    """Campaigns with deposits of cash."""
    with reading() as session:
        rows = tins(session)
    return render_template("staff/cash/list.html", rows=rows)


@blueprint.route("/contant/ontvangst", methods=["GET", "POST"])
def receive_cash() -> ResponseReturnValue:
    """Enter what the bank statement says; another member of staff books it."""
    form = ArrivalForm()
    answer = submit(
        form,
        lambda session: depositing.deposit_by_reference(
            session,
            reference=form.reference.data or "",
            cents=form.amount.data or 0,
            received_on=form.received_on.data or clock.today(),
            line=form.line.data or "",
            actor=current_actor(),
        ),
        message=_("It is entered. A colleague books it."),
        back=url_for("staff.list_cash"),
    )
    return answer or render_template("staff/cash/receive.html", form=form)


@blueprint.get("/contant/acties/<uuid:campaign_id>")
def show_cash(campaign_id: UUID) -> ResponseReturnValue:
    """The deposits of a campaign, what came of them, and what goes back."""
    return _page(campaign_id, SentForm(formdata=None))


@blueprint.post("/contant/regels/<uuid:arrival_id>/<uuid:campaign_id>/boeken")
def book_cash(arrival_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Book a line, as the second person."""
    do(
        lambda session: depositing.book_arrival(
            session, arrival_id=arrival_id, actor=current_actor()
        ),
        message=_("The money is booked."),
    )
    return redirect(url_for("staff.show_cash", campaign_id=campaign_id))


@blueprint.post("/contant/regels/<uuid:arrival_id>/<uuid:campaign_id>/afwijzen")
def dismiss_cash(arrival_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Let nothing come of a line that nobody booked."""
    do(
        lambda session: depositing.void_arrival(
            session, arrival_id=arrival_id, actor=current_actor()
        ),
        message=_("The entry is dismissed. Nothing was booked."),
    )
    return redirect(url_for("staff.show_cash", campaign_id=campaign_id))


@blueprint.route(
    "/contant/regels/<uuid:arrival_id>/<uuid:campaign_id>/terugdraaien", methods=["GET", "POST"]
)
def propose_cash_reversal(arrival_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Propose to take back a line that was booked wrongly, and say why."""
    form = ReversalForm()
    answer = submit(
        form,
        lambda session: reversing.propose_reversal(
            session,
            arrival_id=arrival_id,
            campaign_id=campaign_id,
            reason=form.reason.data or "",
            actor=current_actor(),
        ),
        message=_("It is proposed. A colleague books it."),
        back=url_for("staff.show_cash", campaign_id=campaign_id),
    )
    if answer is not None:
        return answer
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        row = one_arrival(session, campaign_id, arrival_id) or abort(404)
    return render_template("staff/cash/reverse.html", campaign=campaign, row=row, form=form)


@blueprint.post("/contant/terugdraaien/<uuid:reversal_id>/<uuid:campaign_id>/boeken")
def reverse_cash(reversal_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Take the line back, as the second person."""
    do(
        lambda session: reversing.release_reversal(
            session, reversal_id=reversal_id, campaign_id=campaign_id, actor=current_actor()
        ),
        message=_("The line is reversed. Cash that counted because of it does not count now."),
    )
    return redirect(url_for("staff.show_cash", campaign_id=campaign_id))


@blueprint.post("/contant/terugdraaien/<uuid:reversal_id>/<uuid:campaign_id>/intrekken")
def drop_cash_reversal(reversal_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Take the proposal back: the line stays booked."""
    do(
        lambda session: reversing.drop_reversal(
            session, reversal_id=reversal_id, campaign_id=campaign_id, actor=current_actor()
        ),
        message=_("The proposal is withdrawn. Nothing was booked."),
    )
    return redirect(url_for("staff.show_cash", campaign_id=campaign_id))


@blueprint.post("/contant/acties/<uuid:campaign_id>/terug")
def propose_cash_return(campaign_id: UUID) -> ResponseReturnValue:
    """Propose to transfer back what does not count."""
    do(
        lambda session: returning.propose_cash_return(
            session, campaign_id=campaign_id, actor=current_actor()
        ),
        message=_("It is proposed. A colleague books it after the transfer."),
    )
    return redirect(url_for("staff.show_cash", campaign_id=campaign_id))


@blueprint.post("/contant/terug/<uuid:return_id>/<uuid:campaign_id>/vrijgeven")
def release_cash_return(return_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Book, as the second person, that it was transferred."""
    form = SentForm()
    answer = submit(
        form,
        lambda session: returning.release_cash_return(
            session,
            return_id=return_id,
            sent_on=form.sent_on.data or clock.today(),
            actor=current_actor(),
        ),
        message=_("It is booked that this money went back."),
        back=url_for("staff.show_cash", campaign_id=campaign_id),
    )
    return answer or _page(campaign_id, form)


@blueprint.post("/contant/terug/<uuid:return_id>/<uuid:campaign_id>/intrekken")
def drop_cash_return(return_id: UUID, campaign_id: UUID) -> ResponseReturnValue:
    """Take a proposal back."""
    do(
        lambda session: returning.drop_cash_return(
            session, return_id=return_id, actor=current_actor()
        ),
        message=_("The proposal is withdrawn. Nothing was booked."),
    )
    return redirect(url_for("staff.show_cash", campaign_id=campaign_id))


def _page(campaign_id: UUID, form: SentForm) -> ResponseReturnValue:
    with reading() as session:
        campaign = campaign_overview(session, campaign_id) or abort(404)
        deposits = deposits_of(session, campaign_id)
        arrivals = arrivals_of(session, campaign_id)
        returns = returns_of(session, campaign_id)
        reversals = reversals_of(session, campaign_id)
        back_cents = returnable(session, campaign_id)
    return render_template(
        "staff/cash/show.html",
        campaign=campaign,
        deposits=deposits,
        arrivals=arrivals,
        returns=returns,
        reversals=reversals,
        in_reversal={row.arrival_id for row in reversals if row.state == "proposal"},
        back_cents=back_cents,
        me=current_actor().person_id,
        form=form,
    )
