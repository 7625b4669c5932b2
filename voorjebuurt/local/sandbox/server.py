"""The process: a port, its threads, and its end."""

import ctypes
import fcntl
import logging
import os
import signal
import socket
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import IO

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from voorjebuurt.local.sandbox import lifecycle
from voorjebuurt.local.sandbox.app import create_app
from voorjebuurt.local.sandbox.context import Sandbox, open_sandbox
from voorjebuurt.local.sandbox.options import Options

PR_SET_PDEATHSIG = 1
PARENT_CHECK = 1.0
"""Seconds between looks at the parent, where the system does not tell of its death."""
BACKLOG = 128
LOCK_PATIENCE = 3.0
"""Seconds that an earlier sandbox, which may be on its way out, gets to let go."""

log = logging.getLogger("voorjebuurt.local.sandbox")


class StartError(Exception):
    """The sandbox can't start; the message is one line for a person."""


class QuietHandler(WSGIRequestHandler):
    """No line per request, and none for a connection that the other side dropped."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Pass over what isn't an error."""
        if type == "error":
            log.error(message, *args)


def serve(options: Options) -> None:
    """Serve until told to stop (SIGTERM, SIGINT, or the parent's death)."""
    if options.die_with_parent:
        _die_with_parent()
    guard = _alone(options.state)
    sandbox = open_sandbox(options)
    server = _listen(sandbox)
    _write_port(options, server.port)
    for name, work in (
        ("webhooks", lambda: sandbox.webhooks.run(sandbox.stopping)),
        ("lifecycle", lambda: lifecycle.run(sandbox)),
    ):
        threading.Thread(target=work, name=name, daemon=True).start()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    log.info("The payment sandbox listens on http://%s:%s", options.host, server.port)
    try:
        server.serve_forever()
    except _StopSignal:
        log.info("The payment sandbox stops.")
    guard.close()
    # What is known is on disk. A webhook to a silent address must not hold up the end.
    os._exit(0)


class _StopSignal(BaseException):
    """Told to stop."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise _StopSignal


def _alone(state: Path) -> IO[str]:
    """Hold the state file's lock: two sandboxes on one memory would send webhooks twice."""
    try:
        state.parent.mkdir(parents=True, exist_ok=True)
        guard = state.with_name(f"{state.name}.lock").open("w")
    except OSError as error:
        raise StartError(f"The sandbox can't use {state}: {error.strerror}.") from error
    patience = time.monotonic() + LOCK_PATIENCE
    while True:
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > patience:
                raise StartError(f"Another payment sandbox uses {state}.") from None
            time.sleep(0.1)
        else:
            return guard


def _listen(sandbox: Sandbox) -> BaseWSGIServer:
    """On the port that was asked for; for 0 on the port of last time, or else any."""
    options, app = sandbox.options, create_app(sandbox)
    ports = [options.port] if options.port else [*_earlier_port(options), 0]
    for port in ports:
        try:
            listener = socket.create_server((options.host, port), backlog=BACKLOG)
        except OSError:
            continue
        with listener:
            return make_server(
                options.host,
                port,
                app,
                threaded=True,
                request_handler=QuietHandler,
                fd=listener.fileno(),
            )
    raise StartError(f"The sandbox can't listen on port {options.port}.")


def _earlier_port(options: Options) -> list[int]:
    if options.port_file is None or not options.port_file.exists():
        return []
    text = options.port_file.read_text().strip()
    return [int(text)] if text.isdecimal() and 0 < int(text) < 65536 else []


def _write_port(options: Options, port: int) -> None:
    if options.port_file is None:
        return
    beside = options.port_file.with_name(f"{options.port_file.name}.{os.getpid()}")
    beside.write_text(f"{port}\n")
    beside.replace(options.port_file)


def _die_with_parent() -> None:
    """End when the process that started this one does, however it ended."""
    parent = os.getppid()
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent or parent == 1:
        raise StartError("The process that started the sandbox is gone.")

    def watch() -> None:
        while not threading.Event().wait(PARENT_CHECK):
            if os.getppid() != parent:
                os._exit(0)

    threading.Thread(target=watch, name="parent", daemon=True).start()
