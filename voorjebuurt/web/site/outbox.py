"""Mail that this site wrote, readable in the browser: only where no mail is really sent."""

from uuid import UUID

from flask import Blueprint, Response, abort, make_response, render_template

from voorjebuurt.kernel import clock
from voorjebuurt.mail import queries as mail
from voorjebuurt.people.factors.queries import practice_codes
from voorjebuurt.web.kit.database import reading, the_sealer

MAX_MESSAGES = 100
_HTML_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation"
)

blueprint = Blueprint("outbox", __name__, url_prefix="/postbus")


@blueprint.get("")
def show_outbox() -> str:
    """The latest mails, and the codes that the apps of people would show."""
    with reading() as session:
        messages = mail.latest_mail(session, limit=MAX_MESSAGES)
        codes = practice_codes(session, sealer=the_sealer(), moment=clock.now())
    return render_template(
        "outbox/outbox.html",
        messages=messages,
        codes=[(each.email, each.code) for each in codes],
    )


@blueprint.get("/<uuid:message_id>")
def show_mail(message_id: UUID) -> str:
    """One mail."""
    with reading() as session:
        message = mail.mail_by_id(session, message_id)
    if message is None or message.subject is None:
        abort(404)
    return render_template("outbox/mail.html", mail=message)


@blueprint.get("/<uuid:message_id>/html")
def show_mail_html(message_id: UUID) -> Response:
    """A mail as a mail program shows it, for the frame on its page; its links open outside."""
    with reading() as session:
        message = mail.mail_by_id(session, message_id)
    if message is None or message.html is None:
        abort(404)
    response = make_response(message.html.replace("<head>", '<head><base target="_top">', 1))
    response.headers["Content-Security-Policy"] = _HTML_POLICY
    return response
