"""One request to the API, from its key to its answer, spoilt by the switches in force."""

import json
import socket
import struct
import time
from collections.abc import Callable, Iterator
from typing import Any

from flask import Response, current_app, g, request

from voorjebuurt.local.sandbox import idempotency
from voorjebuurt.local.sandbox.bodies import HAL, Urls
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.errors import ApiError, error_body
from voorjebuurt.local.sandbox.idempotency import Answer
from voorjebuurt.local.sandbox.payments import change_status, payment_by_id
from voorjebuurt.local.sandbox.switches import Switch

Execute = Callable[[], Answer]

BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>"
FURTHER = ("paidAt", "amountRefunded", "amountRemaining", "amountChargedBack", "settlementAmount")


def the_sandbox() -> Sandbox:
    """The sandbox that this process plays."""
    sandbox: Sandbox = current_app.extensions["sandbox"]
    return sandbox


def the_urls() -> Urls:
    """Where the API is for this caller, and the checkout page for browsers."""
    own = request.host_url.rstrip("/")
    return Urls(api=f"{own}/v2", public=the_sandbox().options.public_url or own)


def perform(operation: str, execute: Execute, *, payment_id: str | None = None) -> Response:
    """Answer a request to ``operation``; ``execute`` does it, in one transaction."""
    sandbox = the_sandbox()
    g.operation = operation
    key = request.headers.get("Idempotency-Key", "") if request.method == "POST" else ""
    print_ = idempotency.fingerprint(request.method, request.full_path, request.get_data())
    earlier = idempotency.begin(sandbox, key, print_) if key else None
    try:
        for switch in sandbox.switches.take("before", operation=operation, payment_id=payment_id):
            if spoilt := _spoil(switch):
                return spoilt
        answer = earlier or _execute(sandbox, execute, key, print_)
    finally:
        if key and earlier is None:
            idempotency.end(sandbox, key)
    return _spoilt_after(sandbox, operation, answer, payment_id)


def respond(answer: Answer) -> Response:
    """An answer as it is meant to be."""
    if answer.body is None:
        return Response(status=answer.status)
    response = Response(json.dumps(answer.body), answer.status, content_type=HAL)
    if answer.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    return response


def respond_error(error: ApiError) -> Response:
    """An error as the provider writes it."""
    return respond(Answer(error.status, error_body(error.status, error.detail, error.field)))


def _execute(sandbox: Sandbox, execute: Execute, key: str, print_: str) -> Answer:
    """Execute, and keep the answer with its key: both are on disk, or neither."""
    with sandbox.store.transaction():
        answer = execute()
        if key:
            idempotency.keep(sandbox, key, print_, answer)
    return answer


def _spoilt_after(
    sandbox: Sandbox, operation: str, answer: Answer, payment_id: str | None
) -> Response:
    """The answer to something that was executed, with the switches' say."""
    body = answer.body or {}
    about_payment = payment_id or (body.get("id") if body.get("resource") == "payment" else None)
    switches = sandbox.switches.take(
        "after",
        operation=operation,
        payment_id=about_payment,
        applies=lambda switch: switch.behaviour != "stale" or body.get("status") != "open",
    )
    for switch in switches:
        if switch.behaviour == "webhook_first" and about_payment:
            _send_webhook_first(sandbox, about_payment, switch.values)
        elif switch.behaviour in ("alter", "stale"):
            answer = Answer(answer.status, _altered(answer.body or {}, switch), answer.replayed)
        elif spoilt := _spoil(switch, answer):
            return spoilt
    return respond(answer)


def _spoil(switch: Switch, answer: Answer | None = None) -> Response | None:
    """What ``switch`` answers instead; None when the request goes on."""
    values = switch.values
    if switch.behaviour == "delay":
        time.sleep(float(values.get("seconds", 15)))
        return None
    if switch.behaviour == "reset":
        return _reset()
    if switch.behaviour == "bad_gateway":
        return Response(BAD_GATEWAY, 502, content_type="text/html")
    if switch.behaviour == "no_content":
        return Response(status=204)
    if switch.behaviour in ("cut_json", "cut_connection"):
        return _cut(answer, with_break=switch.behaviour == "cut_connection")
    return _error(switch.behaviour, values)


def _error(behaviour: str, values: dict[str, Any]) -> Response:
    status, detail = {
        "rate_limit": (429, "You have exceeded the rate limit. Please slow down your requests."),
        "unauthorized": (401, "Missing authentication, or failed to authenticate"),
        "not_found": (404, f"No payment exists with token {request.path.rsplit('/', 1)[-1]}."),
        "in_flight": (409, "A request with this idempotency key is still being processed."),
    }.get(behaviour, (int(values.get("status", 500)), "An internal server error occurred"))
    response = respond_error(ApiError(status, str(values.get("detail", detail))))
    if values.get("retry_after") is not None:
        response.headers["Retry-After"] = str(values["retry_after"])
    return response


def _send_webhook_first(sandbox: Sandbox, payment_id: str, values: dict[str, Any]) -> None:
    payment = payment_by_id(sandbox, payment_id)
    if values.get("status"):
        payment = change_status(sandbox, payment, str(values["status"]))
    sandbox.webhooks.send_now(payment)


def _altered(body: dict[str, Any], switch: Switch) -> dict[str, Any]:
    if switch.behaviour == "stale":
        fields = {name: value for name, value in body.items() if name not in FURTHER}
        return fields | {"status": "open", "isCancelable": False}
    fields = dict(body)
    for name, value in dict(switch.values.get("set", {})).items():
        old = fields.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            fields[name] = {**old, **value}
        else:
            fields[name] = value
    return fields


def _cut(answer: Answer | None, *, with_break: bool) -> Response:
    """Half of the body; ``with_break``: the connection ends before what was announced."""
    whole = json.dumps(answer.body if answer else {"resource": "payment"}).encode()
    half = whole[: len(whole) // 2]
    if not with_break:
        return Response(half, answer.status if answer else 200, content_type=HAL)

    response = Response(_breaking_off(half), answer.status if answer else 200, content_type=HAL)
    response.headers["Content-Length"] = str(len(whole))
    return response


def _reset() -> Response:
    """An answer that is never sent: the server drops the connection at the first byte."""
    peer = request.environ.get("werkzeug.socket")
    if isinstance(peer, socket.socket):
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.shutdown(socket.SHUT_RDWR)

    return Response(_breaking_off(), 200)


def _breaking_off(*parts: bytes) -> Iterator[bytes]:
    """The parts, then the end of the connection."""
    yield from parts
    raise ConnectionResetError
