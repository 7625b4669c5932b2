"""Idempotency keys: the answer to the first request is the answer to its repetitions."""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from voorjebuurt.local.sandbox.clock import text
from voorjebuurt.local.sandbox.context import Sandbox
from voorjebuurt.local.sandbox.errors import ApiError


@dataclass(frozen=True)
class Answer:
    """What is sent back: a status and a JSON body, or None for no body at all."""

    status: int
    body: dict[str, Any] | None
    replayed: bool = False


def fingerprint(method: str, path: str, body: bytes) -> str:
    """What makes two requests the same one."""
    return hashlib.sha256(b"\n".join((method.encode(), path.encode(), body))).hexdigest()


def begin(sandbox: Sandbox, key: str, print_: str) -> Answer | None:
    """Take ``key`` for a request; gives the earlier answer if this is a repetition.

    Raises 400 when the key belongs to another request, and 409 while the first is being handled.
    What was begun must be ended with ``end``.
    """
    with sandbox.store.transaction():
        _forget_old(sandbox)
        rows = sandbox.store.rows("SELECT * FROM answers WHERE key = ?", key)
        if rows and rows[0]["fingerprint"] != print_:
            detail = "The idempotency key was used before for a request with other parameters."
            raise ApiError(400, detail)
        if rows:
            return Answer(rows[0]["status"], json.loads(rows[0]["body"]), replayed=True)
        if key in sandbox.keys_in_flight:
            raise ApiError(409, "A request with this idempotency key is still being processed.")
        sandbox.keys_in_flight.add(key)
    return None


def keep(sandbox: Sandbox, key: str, print_: str, answer: Answer) -> None:
    """Keep the answer to a request that succeeded, in the transaction of its effects."""
    sandbox.store.insert(
        "answers",
        key=key,
        fingerprint=print_,
        created_at=sandbox.clock.stamp(),
        status=answer.status,
        body=json.dumps(answer.body),
    )


def end(sandbox: Sandbox, key: str) -> None:
    """Let go of ``key``: its request was handled."""
    sandbox.keys_in_flight.discard(key)


def _forget_old(sandbox: Sandbox) -> None:
    oldest = sandbox.clock.now() - timedelta(seconds=sandbox.options.key_lifetime)
    sandbox.store.execute("DELETE FROM answers WHERE created_at <= ?", text(oldest))
