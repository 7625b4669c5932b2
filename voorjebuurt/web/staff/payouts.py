"""Payouts: proposed by one, released by another, noted when the bank has carried them out."""

from uuid import UUID

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.kernel import clock
from voorjebuurt.payouts import queries
from voorjebuurt.payouts.bank_files import execute_payout as execute
from voorjebuurt.payouts.bank_files import return_payout as give_back
from voorjebuurt.payouts.checklist.queries import checklist_of
from voorjebuurt.payouts.proposals import cancel_payout as cancel
from voorjebuurt.payouts.proposals import obstacle_to_release, obstacles_to_proposals
from voorjebuurt.payouts.proposals import propose_payout as propose
from voorjebuurt.payouts.proposals import release_payout as release
from voorjebuurt.web.kit.actions import do
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import ExecutedForm, ReasonForm
from voorjebuurt.web.words.messages import text_of

OVER = ("executed", "cancelled", "returned")
MANY = 200


@blueprint.get("/uitbetalingen")
def list_payouts() -> ResponseReturnValue:
    """Everything under way by what it waits for, and what is over."""
    page = Page.asked(size=25)
    with reading() as session:
        over = queries.payouts(session, statuses=OVER, limit=page.limit, offset=page.offset)
        payable = queries.payable_campaigns(session)
        campaign_ids = [row.campaign_id for row in payable]
        obstacles = obstacles_to_proposals(session, campaign_ids, current_actor())
        return render_template(
            "staff/payouts/list.html",
            payable=payable,
            obstacles={key: text_of(error) for key, error in obstacles.items()},
            proposed=queries.payouts(session, statuses=["proposed"], limit=MANY),
            released=queries.payouts(session, statuses=["released"], limit=MANY),
            exported=queries.payouts(session, statuses=["exported"], limit=MANY),
            over=page.cut(over),
            page=page,
        )


@blueprint.get("/uitbetalingen/<uuid:payout_id>")
def show_payout(payout_id: UUID) -> ResponseReturnValue:
    """One payout, its steps so far and the next one."""
    return _page(payout_id, ReasonForm(), ExecutedForm(data={"executed_on": clock.today()}))


@blueprint.post("/acties/<uuid:campaign_id>/uitbetaling")
def propose_payout(campaign_id: UUID) -> ResponseReturnValue:
    """Propose to pay a campaign all it has."""
    do(
        lambda session: propose(session, campaign_id=campaign_id, actor=current_actor()),
        message=_("The payout is proposed. A colleague can release it now."),
    )
    return redirect(url_for("staff.list_payouts"))


@blueprint.post("/uitbetalingen/<uuid:payout_id>/vrijgeven")
def release_payout(payout_id: UUID) -> ResponseReturnValue:
    """Release it, as a second person."""
    do(
        lambda session: release(session, payout_id=payout_id, actor=current_actor()),
        message=_("The payout is released. It goes into the next bank file."),
    )
    return redirect(url_for("staff.show_payout", payout_id=payout_id))


@blueprint.post("/uitbetalingen/<uuid:payout_id>/annuleren")
def cancel_payout(payout_id: UUID) -> ResponseReturnValue:
    """Withdraw it, with a reason."""
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: cancel(
            session, payout_id=payout_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("The payout is cancelled. The money stays with the campaign."),
        back=url_for("staff.list_payouts"),
    )
    return answer or _page(payout_id, form, ExecutedForm(formdata=None))


@blueprint.post("/uitbetalingen/<uuid:payout_id>/uitgevoerd")
def execute_payout(payout_id: UUID) -> ResponseReturnValue:
    """Note that the bank carried it out."""
    form = ExecutedForm()
    answer = submit(
        form,
        lambda session: execute(
            session,
            payout_id=payout_id,
            executed_on=form.executed_on.data or clock.today(),
            remark=form.remark.data or "",
            actor=current_actor(),
        ),
        message=_("The payout is done. The initiator gets a mail."),
        back=url_for("staff.show_payout", payout_id=payout_id),
    )
    return answer or _page(payout_id, ReasonForm(formdata=None), form)


@blueprint.post("/uitbetalingen/<uuid:payout_id>/teruggekomen")
def return_payout(payout_id: UUID) -> ResponseReturnValue:
    """Note that the bank refused it or sent it back."""
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: give_back(
            session, payout_id=payout_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("Noted. The money can be paid out again."),
        back=url_for("staff.show_payout", payout_id=payout_id),
    )
    return answer or _page(payout_id, form, ExecutedForm(formdata=None))


def _page(payout_id: UUID, reason: ReasonForm, executed_form: ExecutedForm) -> ResponseReturnValue:
    with reading() as session:
        payout = queries.payout_by_id(session, payout_id) or abort(404)
        obstacle = obstacle_to_release(session, payout_id, current_actor())
        return render_template(
            "staff/payouts/show.html",
            payout=payout,
            reason=reason,
            executed=executed_form,
            form=executed_form if executed_form.errors else reason,
            found=checklist_of(session, payout.payee_id),
            obstacle=text_of(obstacle) if obstacle else None,
        )
