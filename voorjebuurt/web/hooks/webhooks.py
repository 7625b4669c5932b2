"""Mollie's webhook: it says only that something happened, and is believed nothing more."""

import re

from flask import request
from flask.typing import ResponseReturnValue

from voorjebuurt.payments.rules import valid_payment_id
from voorjebuurt.payments.tasks import webhook_later
from voorjebuurt.web.hooks.blueprint import blueprint
from voorjebuurt.web.kit.database import writing

_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}", re.ASCII)


@blueprint.post("/mollie/<token>")
def take_mollie_webhook(token: str) -> ResponseReturnValue:
    """Write the id down for the worker. The answer is 200 whatever it is: known, foreign or odd.

    Anybody can call this address, so nothing is fetched or looked up here, and a known payment
    takes as long as an unknown one.
    """
    provider_id = request.form.get("id", "")
    if _TOKEN.fullmatch(token) and valid_payment_id(provider_id):
        with writing() as session:
            webhook_later(session, token=token, provider_id=provider_id)
    return "", 200
