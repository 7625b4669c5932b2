"""What programs and researchers look for under ``/.well-known/``."""

from datetime import timedelta

from flask import Blueprint, Response, abort

from voorjebuurt.kernel import clock
from voorjebuurt.web.kit.database import the_settings

VALID_DAYS = 180

blueprint = Blueprint("well_known", __name__, url_prefix="/.well-known")


@blueprint.get("/security.txt")
def show_security_contact() -> Response:
    """Whom to tell of a vulnerability (RFC 9116); a practice site has nobody."""
    settings = the_settings()
    if not settings.operator.email:
        abort(404)
    expires_at = (clock.now() + timedelta(days=VALID_DAYS)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    lines = (
        f"Contact: mailto:{settings.operator.email}",
        f"Expires: {expires_at:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.base_url}/.well-known/security.txt",
    )
    return Response("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
