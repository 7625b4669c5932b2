"""Money that came in for a fund: booked by a second colleague, dismissed, or taken back by two."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.matching.pots import deposits
from voorjebuurt.matching.pots.deposit_queries import deposit, obstacle_to_second
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ReasonForm
from voorjebuurt.web.words.messages import text_of

_DEPOSIT = "/gemeentegeld/ontvangsten/<uuid:deposit_id>"


@blueprint.get(_DEPOSIT)
def show_deposit(deposit_id: UUID) -> ResponseReturnValue:
    """One deposit, who did what with it, and the next step."""
    return _page(deposit_id, ReasonForm(formdata=None))


@blueprint.post(f"{_DEPOSIT}/boeken")
def book_deposit(deposit_id: UUID) -> ResponseReturnValue:
    """Book it, as the second person."""
    do(
        lambda session: deposits.book_deposit(
            session, deposit_id=deposit_id, actor=current_actor()
        ),
        message=_("The money is booked."),
    )
    return redirect(url_for("staff.show_deposit", deposit_id=deposit_id))


@blueprint.post(f"{_DEPOSIT}/afwijzen")
def dismiss_deposit(deposit_id: UUID) -> ResponseReturnValue:
    """Let nothing come of it, with a reason."""
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: deposits.dismiss_deposit(
            session, deposit_id=deposit_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("The entry is dismissed. Nothing was booked."),
        back=url_for("staff.list_money"),
    )
    return answer or _page(deposit_id, form)


@blueprint.post(f"{_DEPOSIT}/terugdraaien-vragen")
def dispute_deposit(deposit_id: UUID) -> ResponseReturnValue:
    """Ask a colleague to take the booking back, with a reason."""
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: deposits.dispute_deposit(
            session, deposit_id=deposit_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("A colleague can take the booking back now."),
        back=url_for("staff.show_deposit", deposit_id=deposit_id),
    )
    return answer or _page(deposit_id, form)


@blueprint.post(f"{_DEPOSIT}/terugdraaien")
def reverse_deposit(deposit_id: UUID) -> ResponseReturnValue:
    """Take the booking back, as the second person."""
    do(
        lambda session: deposits.reverse_deposit(
            session, deposit_id=deposit_id, actor=current_actor()
        ),
        message=_("The booking is taken back."),
    )
    return redirect(url_for("staff.show_deposit", deposit_id=deposit_id))


@blueprint.post(f"{_DEPOSIT}/laten-staan")
def uphold_deposit(deposit_id: UUID) -> ResponseReturnValue:
    """The booking was right after all."""
    do(
        lambda session: deposits.uphold_deposit(
            session, deposit_id=deposit_id, actor=current_actor()
        ),
        message=_("The booking stays as it is."),
    )
    return redirect(url_for("staff.show_deposit", deposit_id=deposit_id))


def _page(deposit_id: UUID, reason: ReasonForm) -> ResponseReturnValue:
    with reading() as session:
        row = deposit(session, deposit_id)
        if row is None:
            abort(404)
        obstacle = obstacle_to_second(session, deposit_id, current_actor())
    return render_template(
        "staff/money/deposit.html",
        deposit=row,
        reason=reason,
        obstacle=text_of(obstacle) if obstacle else "",
    )
