"""Shows the payment sandbox's pages under the site's own address, so that one port is enough.

Only pages for people: the sandbox's API and its control API stay out of reach from outside.
"""

import requests
from flask import Blueprint, Response, abort, request

from voorjebuurt.web.kit.database import the_settings

PREFIX = "/betaalsandbox"
PAGES = ("checkout/", "control/ui")
_TIMEOUT_SECONDS = 20
_REQUEST_HEADERS = (
    "Accept",
    "Accept-Language",
    "Content-Type",
    "Cookie",
    "Sec-Fetch-Site",
    "Origin",
)
_RESPONSE_HEADERS = (
    "Content-Type",
    "Content-Security-Policy",
    "Cache-Control",
    "Location",
    "Set-Cookie",
)

blueprint = Blueprint("sandbox", __name__, url_prefix=PREFIX)


@blueprint.route("/<path:path>", methods=["GET", "POST"])
def pass_on(path: str) -> Response:
    """One page of the sandbox."""
    if not path.startswith(PAGES) or ".." in path.split("/"):
        abort(404)
    try:
        answer = requests.request(
            request.method,
            f"{the_settings().sandbox_url}/{path}",
            params=list(request.args.items(multi=True)),
            data=request.get_data(),
            headers={
                name: request.headers[name] for name in _REQUEST_HEADERS if name in request.headers
            },
            allow_redirects=False,
            timeout=_TIMEOUT_SECONDS,
        )
    except requests.RequestException:
        abort(503)
    headers = {name: answer.headers[name] for name in _RESPONSE_HEADERS if name in answer.headers}
    return Response(answer.content, answer.status_code, headers)
