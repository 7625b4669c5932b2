"""A mail server for tests, over real sockets."""

import email
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

CERTIFICATE = Path(__file__).parent / "tls" / "self-signed.crt"
"""For localhost, signed by itself; nothing but tests trusts it."""


class SmtpServer(socketserver.ThreadingTCPServer):
    """A mail server as simple as can be: it takes everything, or refuses everything."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, tls: str = "") -> None:
        """``tls`` is ``smtps``, ``starttls`` or nothing; its certificate is for localhost."""
        super().__init__(("127.0.0.1", 0), _Smtp)
        self.tls = tls
        self.received: list[EmailMessage] = []
        self.refusal = ""
        """What it answers to every recipient, when not empty: ``451 later``."""
        self.gate: threading.Event | None = None
        """What it waits for before it takes a mail."""
        self.busy = threading.Event()
        """That a mail has come in, taken or not."""

    @property
    def url(self) -> str:
        address = f"localhost:{self.server_address[1]}"
        if self.tls:
            return f"smtps://{address}" if self.tls == "smtps" else f"smtp://{address}"
        return f"smtp://{address}?starttls=0"

    def secure(self, plain: socket.socket) -> ssl.SSLSocket:
        """The same connection, over TLS."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, CERTIFICATE.with_suffix(".key"))
        return context.wrap_socket(plain, server_side=True)


class _Smtp(socketserver.StreamRequestHandler):
    server: SmtpServer

    def handle(self) -> None:
        if self.server.tls == "smtps" and not self._begin_tls():
            return
        self._say("220 test")
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()[:4]
            if verb == "DATA":
                self._say("354 go on")
                self._take()
            elif verb == "EHLO" and self.server.tls == "starttls":
                self._say("250-test")
                self._say("250 STARTTLS")
            elif verb == "STAR":
                self._say("220 go on")
                if not self._begin_tls():
                    return
            elif verb == "QUIT":
                self._say("221 bye")
                return
            elif verb == "RCPT" and self.server.refusal:
                self._say(self.server.refusal)
            else:
                self._say("250 ok")

    def _begin_tls(self) -> bool:
        """Whether the other side trusts us."""
        try:
            secure = self.server.secure(self.request)
        except OSError:
            return False
        self.rfile, self.wfile = secure.makefile("rb"), secure.makefile("wb")
        return True

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.server.busy.set()
        if self.server.gate is not None:
            assert self.server.gate.wait(timeout=20)
        self.server.received.append(email.message_from_bytes(b"".join(lines), policy=default))
        self._say("250 taken")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
        self.wfile.flush()


@contextmanager
def smtp_server(tls: str = "") -> Iterator[SmtpServer]:
    """A mail server that runs during the block."""
    with SmtpServer(tls) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
