"""Mail that could not be delivered: mending its address, and sending it again."""

from datetime import datetime
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.mail import queries
from voorjebuurt.mail.service import send_again
from voorjebuurt.people.signin import request_link
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.paging import Page
from voorjebuurt.web.staff.blueprint import blueprint
from voorjebuurt.web.staff.forms import RecipientForm


@blueprint.get("/mail")
def list_mails() -> ResponseReturnValue:
    """Undeliverable mails, the latest first."""
    page = Page.asked(size=40)
    with reading() as session:
        rows = queries.undeliverable_mails(session, limit=page.limit, offset=page.offset)
    return render_template("staff/mails/list.html", mails=page.cut(rows), page=page)


@blueprint.route("/mail/<uuid:message_id>", methods=["GET", "POST"])
def mend_mail(message_id: UUID) -> ResponseReturnValue:
    """One mail with what the mail server said, and the form to send it again."""
    with reading() as session:
        mail = queries.mail_by_id(session, message_id) or abort(404)
    form = RecipientForm(data={"email": mail.recipient})
    answer = submit(
        form,
        lambda session: _send_again(
            session,
            message_id=message_id,
            recipient=form.email.data or "",
            written_at=mail.created_at,
            locale=mail.locale,
        ),
        message=_("The mail is sent again."),
        back=url_for("staff.list_mails"),
    )
    return answer or render_template("staff/mails/show.html", mail=mail, form=form)


def _send_again(
    session: Session, *, message_id: UUID, recipient: str, written_at: datetime, locale: str
) -> None:
    """An address that nobody confirmed gets a link to sign in first: by that it is confirmed."""
    actor = current_actor()
    if send_again(session, message_id=message_id, recipient=recipient, actor=actor):
        request_link(
            session,
            email=recipient,
            next_path=None,
            locale=locale,
            actor=actor,
            waiting_mail_on=written_at,
        )
