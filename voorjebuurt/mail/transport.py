"""Handing a mail to the mail server."""

import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

DELIVERY_SECONDS = 60
"""A mail is handed over within this, or not at all: a server that trickles is cut off."""
_TIMEOUT_SECONDS = 20
_PERMANENT = range(500, 600)
_OUR_OWN_FAULT = frozenset({530, 534, 535, 538})
"""Answers about how we sign in there, which say nothing of this mail."""


class MailRefusedError(Exception):
    """The mail server will never take this mail."""


class MailServerError(Exception):
    """The mail server can't be reached, or can't take this mail now."""


def deliver(smtp_url: str, email: EmailMessage) -> None:
    """Hand a mail over, within ``DELIVERY_SECONDS``.

    Raises ``MailRefusedError`` or ``MailServerError``.
    """
    try:
        with _connection(smtp_url) as server, _refusals_told_apart():
            server.send_message(email)
    except OSError as error:  # of which those of smtplib are
        raise MailServerError(_name(error)) from error


@contextmanager
def _connection(smtp_url: str) -> Iterator[smtplib.SMTP]:
    """A connection to the server; what it shows to be who it is, is verified."""
    deadline = time.monotonic() + DELIVERY_SECONDS
    url = urlsplit(smtp_url)
    host, port = url.hostname or "localhost", url.port or 0
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if url.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_SECONDS, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=_TIMEOUT_SECONDS)
    with _cut_off(server, deadline), _left(server):
        if url.scheme == "smtp" and parse_qs(url.query).get("starttls", ["1"]) != ["0"]:
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
        yield server


@contextmanager
def _cut_off(server: smtplib.SMTP, deadline: float) -> Iterator[None]:
    """Shut the connection at a moment of ``time.monotonic``: what waits for it gets an error."""
    sock = server.sock
    if sock is None or deadline <= time.monotonic():
        raise TimeoutError("the mail server took too long to answer")
    timer = threading.Timer(deadline - time.monotonic(), _shut, args=[server])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(server: smtplib.SMTP) -> None:
    """STARTTLS puts another socket in the place of the first; the one of this moment counts."""
    with suppress(OSError):
        if server.sock is not None:
            server.sock.shutdown(socket.SHUT_RDWR)


@contextmanager
def _left(server: smtplib.SMTP) -> Iterator[None]:
    """Say goodbye at the end."""
    try:
        yield
    finally:
        # What the server says to our goodbye, if anything, changes nothing about the mail.
        with suppress(OSError):
            server.quit()
        server.close()


@contextmanager
def _refusals_told_apart() -> Iterator[None]:
    """What the server says to this mail; what it says to anybody is an ``OSError``."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        answers = [_answer(code, text) for code, text in error.recipients.values()]
        codes = {code for code, _ in error.recipients.values()}
        _raise(", ".join(answers), codes, error)
    except smtplib.SMTPDataError as error:
        _raise(_answer(error.smtp_code, error.smtp_error), {error.smtp_code}, error)
    except (smtplib.SMTPNotSupportedError, MessageError, UnicodeError) as error:
        raise MailRefusedError(_name(error)) from error


def _raise(answer: str, codes: set[int], error: Exception) -> None:
    permanent = all(code in _PERMANENT and code not in _OUR_OWN_FAULT for code in codes)
    raise (MailRefusedError if permanent else MailServerError)(answer) from error


def _answer(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode(errors='replace') if isinstance(text, bytes) else text}"


def _name(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
