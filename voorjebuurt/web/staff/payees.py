"""Checking the accounts that money may go to."""

from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from voorjebuurt.attachments.queries import attachment_by_id, of_payee
from voorjebuurt.payouts.checklist.queries import checklist_of
from voorjebuurt.payouts.payee_queries import campaign_payees, payee_by_id, payees, whole_iban
from voorjebuurt.payouts.payees import refuse_payee as refuse
from voorjebuurt.payouts.payees import verify_payee as verify
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_sealer
from voorjebuurt.web.kit.forms.attachments import answer_with
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import EvidenceForm, ReasonForm

DECIDED_STATUSES = ("verified", "refused", "replaced")


@blueprint.get("/rekeningen")
def list_payees() -> ResponseReturnValue:
    """Accounts that wait for a check, and those that had one."""
    page = Page.asked(size=25)
    with reading() as session:
        waiting = payees(session, statuses=["submitted"], limit=100)
        rows = payees(session, statuses=DECIDED_STATUSES, limit=page.limit, offset=page.offset)
    return render_template(
        "staff/payees/list.html", waiting=waiting, decided=page.cut(rows), page=page
    )


@blueprint.get("/rekeningen/<uuid:payee_id>")
def show_payee(payee_id: UUID) -> ResponseReturnValue:
    """One account, whole, with what to hold it against."""
    return _page(payee_id, EvidenceForm(), ReasonForm())


@blueprint.post("/rekeningen/<uuid:payee_id>/goedkeuren")
def verify_payee(payee_id: UUID) -> ResponseReturnValue:
    """Approve it, with how it was checked."""
    form = EvidenceForm()
    answer = submit(
        form,
        lambda session: verify(
            session, payee_id=payee_id, evidence=form.evidence.data or "", actor=current_actor()
        ),
        message=_("The account is approved. The initiator gets a mail."),
        back=url_for("staff.list_payees"),
    )
    return answer or _page(payee_id, form, ReasonForm(formdata=None))


@blueprint.post("/rekeningen/<uuid:payee_id>/afwijzen")
def refuse_payee(payee_id: UUID) -> ResponseReturnValue:
    """Turn it down, with the reason that the initiator will read."""
    form = ReasonForm()
    answer = submit(
        form,
        lambda session: refuse(
            session, payee_id=payee_id, reason=form.reason.data or "", actor=current_actor()
        ),
        message=_("The account is turned down. The initiator gets a mail with the reason."),
        back=url_for("staff.list_payees"),
    )
    return answer or _page(payee_id, EvidenceForm(formdata=None), form)


@blueprint.get("/rekeningen/<uuid:payee_id>/bewijs/<uuid:attachment_id>")
def send_payee_attachment(payee_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """A file that came with the account, once the scanner found it clean."""
    with reading() as session:
        row = attachment_by_id(session, attachment_id)
    if row is None or row.payee_id != payee_id:
        abort(404)
    return answer_with(row)


def _page(payee_id: UUID, approve: EvidenceForm, turn_down: ReasonForm) -> ResponseReturnValue:
    with reading() as session:
        payee = payee_by_id(session, payee_id) or abort(404)
        iban = whole_iban(session, payee_id, sealer=the_sealer())
        earlier = campaign_payees(session, payee.campaign_id)
        proof = of_payee(session, payee_id)
        checklist = checklist_of(session, payee_id)
    return render_template(
        "staff/payees/show.html",
        payee=payee,
        iban=iban,
        proof=proof,
        found=checklist,
        earlier=[row for row in earlier if row.id != payee.id],
        approve=approve,
        turn_down=turn_down,
        form=turn_down if turn_down.errors else approve,
        own=current_actor().person_id in (payee.submitted_by, payee.agreed_by),
    )
