"""Webhooks of payment providers: what they say is handed to the worker, and believed no further."""

import re

from flask import abort, request
from flask.typing import ResponseReturnValue

from voorjebuurt.payments.gateway import WebhookCall
from voorjebuurt.payments.providers import PROVIDERS
from voorjebuurt.payments.tasks import webhook_later
from voorjebuurt.web.hooks.blueprint import blueprint
from voorjebuurt.web.kit.database import writing

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}", re.ASCII)


@blueprint.post("/<provider>/<token>")
def take_webhook(provider: str, token: str) -> ResponseReturnValue:
    """Write the id down for the worker. The answer is 200 whatever it is: known, foreign or odd.

    Anybody can call this address, so nothing is fetched or looked up here, and a known payment
    takes as long as an unknown one.
    """
    gateway = PROVIDERS.get(provider) or abort(404)
    provider_id = gateway.webhook_payment_id(WebhookCall(request.form, request.get_data))
    if _TOKEN.fullmatch(token) and provider_id is not None:
        with writing() as session:
            webhook_later(session, token=token, provider_id=provider_id)
    return "", 200
