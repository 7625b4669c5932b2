"""The provider's error answers."""

from typing import Any

TITLES = {
    400: "Bad Request",
    401: "Unauthorized Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    410: "Gone",
    422: "Unprocessable Entity",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
DOCUMENTATION = "https://docs.mollie.com/errors"


class ApiError(Exception):
    """A request that is refused: an HTTP status, a sentence, and the field it is about."""

    def __init__(self, status: int, detail: str, *, field: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.field = field


def error_body(status: int, detail: str, field: str | None = None) -> dict[str, Any]:
    """The JSON body of an error."""
    body: dict[str, Any] = {
        "status": status,
        "title": TITLES.get(status, "Error"),
        "detail": detail,
    }
    if field:
        body["field"] = field
    body["_links"] = {"documentation": {"href": DOCUMENTATION, "type": "text/html"}}
    return body
