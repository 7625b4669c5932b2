"""Unsubscribing from a kind of mail, with one press here or in a mail program (RFC 8058).

A mail program posts without cookies or a form's token, and follows no redirect. The signature in
the address is what lets anybody do it, so these pages ask for nothing else.
"""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from voorjebuurt.mail import subscriptions
from voorjebuurt.web.kit.actors import current_actor
from voorjebuurt.web.kit.database import reading, the_settings, writing

blueprint = Blueprint("unsubscribing", __name__, url_prefix="/afmelden")


@blueprint.get("/<uuid:message_id>/<signature>")
def show_subscription(message_id: UUID, signature: str) -> ResponseReturnValue:
    """Ask before it is done: a mail program may open the address by itself."""
    with reading() as session:
        mail = _mail(session, message_id, signature)
        return _page(mail, signature, subscriptions.is_unsubscribed(session, mail))


@blueprint.post("/<uuid:message_id>/<signature>")
def unsubscribe(message_id: UUID, signature: str) -> ResponseReturnValue:
    """Send no more of these mails."""
    with writing() as session:
        mail = _mail(session, message_id, signature)
        subscriptions.unsubscribe(session, message=mail, actor=current_actor())
    return _page(mail, signature, is_unsubscribed=True)


@blueprint.post("/<uuid:message_id>/<signature>/aanmelden")
def subscribe(message_id: UUID, signature: str) -> ResponseReturnValue:
    """Send these mails again."""
    with writing() as session:
        mail = _mail(session, message_id, signature)
        subscriptions.subscribe(session, message=mail, actor=current_actor())
    return _page(mail, signature, is_unsubscribed=False)


def _mail(session: Session, message_id: UUID, signature: str) -> Any:
    settings = the_settings()
    mail = subscriptions.mail_behind(
        session,
        secrets=(settings.secret_key, *settings.secret_keys_old),
        message_id=message_id,
        signature=signature,
    )
    return mail or abort(404)


def _page(mail: Any, signature: str, is_unsubscribed: bool) -> ResponseReturnValue:
    return render_template(
        "unsubscribing/page.html", mail=mail, signature=signature, is_unsubscribed=is_unsubscribed
    )
