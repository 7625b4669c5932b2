"""The sandbox as a WSGI application."""

from flask import Flask, Response, request
from jinja2 import StrictUndefined
from werkzeug.exceptions import HTTPException

from voorjebuurt import paths
from voorjebuurt.local.sandbox import api, checkout, control, control_ui, mandate_api, merchant_api
from voorjebuurt.local.sandbox.calls import respond_error, the_sandbox
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.errors import ApiError
from voorjebuurt.local.sandbox.lifecycle import advance
from voorjebuurt.local.sandbox.request_log import note_request

LARGEST_BODY = 1_000_000


def create_app(sandbox: Sandbox) -> Flask:
    """The API, the checkout page and the controls of ``sandbox``."""
    app = Flask(
        "voorjebuurt.local.sandbox", template_folder=str(paths.TEMPLATES), static_folder=None
    )
    app.jinja_env.undefined = StrictUndefined
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.extensions["sandbox"] = sandbox
    for module in (api, mandate_api, merchant_api, checkout, control, control_ui):
        app.register_blueprint(module.blueprint)
    app.before_request(_advance)
    app.register_error_handler(ApiError, respond_error)
    app.register_error_handler(HTTPException, _http_error)
    return app


def _advance() -> None:
    advance(the_sandbox())


def _http_error(error: HTTPException) -> Response | HTTPException:
    """Errors before an operation was found: JSON where programs ask, a page for people."""
    if not request.path.startswith(("/v2/", "/control/")) or request.path.startswith("/control/ui"):
        return error
    details = {404: f"There is nothing at {request.path}.", 405: "The method is not allowed."}
    status = error.code or 500
    return note_request(respond_error(ApiError(status, details.get(status, str(error.name)))))
