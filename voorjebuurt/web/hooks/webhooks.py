"""Webhooks of payment providers: what they say is handed to the worker, and believed no further."""

import re

from flask import abort, request
from flask.typing import ResponseReturnValue

from voorjebuurt.payments.gateway import WebhookCall
from voorjebuurt.payments.providers import PROVIDERS
from voorjebuurt.payments.queries import payment_by_token
from voorjebuurt.payments.tasks import webhook_later
from voorjebuurt.web.hooks.blueprint import blueprint
from voorjebuurt.web.kit.database import reading, writing

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}", re.ASCII)


@blueprint.post("/<provider>/<token>")
def take_webhook(provider: str, token: str) -> ResponseReturnValue:
    """Write the id down for the worker. The answer is 200 whatever it is: ours, foreign or odd.

    Anybody can call this address, so nothing is fetched here, and for a token that is no payment's
    nothing is written. Nobody learns anything from how long that takes: a token has 256 bits.
    """
    gateway = PROVIDERS.get(provider) or abort(404)
    provider_id = gateway.webhook_payment_id(WebhookCall(request.form, request.get_data))
    if provider_id is not None and _TOKEN.fullmatch(token) and _is_ours(token):
        with writing() as session:
            webhook_later(session, token=token, provider_id=provider_id)
    return "", 200


def _is_ours(token: str) -> bool:
    with reading() as session:
        return payment_by_token(session, token) is not None
