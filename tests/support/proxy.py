"""nginx before a production site, with the block that docs/deploy gives an operator to copy."""

import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import requests
from flask import request

from tests.support import nginx
from tests.support.faults.world import free_port, served
from tests.support.production import PRODUCTION
from tests.support.smtp_server import CERTIFICATE
from voorjebuurt import paths
from voorjebuurt import settings as application_settings
from voorjebuurt.app import create_app
from voorjebuurt.kernel.db import Database

DEPLOY = paths.DOCS / "deploy"
PATIENCE_SECONDS = 20
NAME = "voorjebuurt.example"
MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    default_type application/octet-stream;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """The ports that it listens on; ``seen`` is what arrived at the site: visitor and path."""

    tls_port: int
    plain_port: int
    seen: list[tuple[str | None, str]]

    @property
    def address(self) -> str:
        """By the name that its certificate is for."""
        return f"https://localhost:{self.tls_port}"

    def get(self, path: str, **headers: str) -> requests.Response:
        """Ask over TLS, as a browser that was led to the site by its name."""
        with requests.Session() as http:
            http.trust_env = False
            return http.get(
                f"{self.address}{path}",
                headers={"Host": NAME, **headers},
                verify=str(CERTIFICATE),
                timeout=PATIENCE_SECONDS,
            )

    def connect(self) -> ssl.SSLSocket:
        """A connection on which nothing was said yet."""
        context = ssl.create_default_context(cafile=str(CERTIFICATE))
        plain = socket.create_connection(("127.0.0.1", self.tls_port), timeout=PATIENCE_SECONDS)
        return context.wrap_socket(plain, server_hostname="localhost")

    def post(self, path: str, length: int) -> ssl.SSLSocket:
        """A connection that announced a body of so many bytes, and did not send one of them."""
        connection = self.connect()
        head = f"POST {path} HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {length}\r\n"
        connection.sendall(
            f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode()
        )
        return connection


def answer_on(connection: ssl.SSLSocket) -> str:
    """The first line of what comes back, or nothing when the connection is ended."""
    try:
        return connection.recv(1000).decode().partition("\r\n")[0]
    except ConnectionResetError:
        return ""


def site_conf(port: int, proxy: Proxy, changes: Mapping[str, str]) -> str:
    """The block as it is in the docs, but for the ports, the certificate and these changes."""
    text = (DEPLOY / "nginx.conf").read_text()
    for wrong, right in {
        "127.0.0.1:8000": f"127.0.0.1:{port}",
        "listen 80;": f"listen 127.0.0.1:{proxy.plain_port};",
        "listen [::]:80;": "",
        "listen 443 ssl": f"listen 127.0.0.1:{proxy.tls_port} ssl",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/voorjebuurt/fullchain.pem": f'"{CERTIFICATE}"',  # its path may have a space
        "/etc/ssl/voorjebuurt/privkey.pem": f'"{CERTIFICATE.with_suffix(".key")}"',
        **changes,
    }.items():
        assert wrong in text, wrong
        text = text.replace(wrong, right)
    return text


@contextmanager
def nginx_before(
    port: int, proxy: Proxy, folder: Path, changes: Mapping[str, str]
) -> Iterator[None]:
    """nginx before whatever answers on ``port``."""
    program = nginx.find()
    assert program is not None
    (folder / "site.conf").write_text(site_conf(port, proxy, changes))
    user = "user root;" if Path.home() == Path("/root") else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    log = folder / "error.log"
    command = [program, "-e", str(log), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    with subprocess.Popen(command) as process:
        try:
            _wait_for(proxy.tls_port, log)
            yield
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)


@contextmanager
def proxied_site(
    database: Database, database_url: str, folder: Path, changes: Mapping[str, str]
) -> Iterator[Proxy]:
    """A production site behind nginx, whose block has these changes."""
    values = {"VJB_HOME": str(folder / "home"), "DATABASE_URL": database_url}
    settings = application_settings.load({**PRODUCTION, **values, "TRUSTED_PROXIES": "1"})
    app, port = create_app(settings, database), free_port()
    proxy = Proxy(free_port(), free_port(), [])
    # Before everything else, so that what is refused was seen as well.
    app.before_request_funcs.setdefault(None, []).insert(
        0, lambda: proxy.seen.append((request.remote_addr, request.path))
    )
    with served(app, replace(settings, port=port)), nginx_before(port, proxy, folder, changes):
        yield proxy


def _wait_for(port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            text = log.read_text() if log.exists() else ""
            assert time.monotonic() < deadline, f"nginx did not start: {text}"
            time.sleep(0.05)
