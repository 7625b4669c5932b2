"""What docs/deploy gives an operator to copy works as it is: nginx, and systemd units."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import requests
from flask import request

from tests.support.faults.world import free_port, served
from tests.support.production import PRODUCTION
from tests.support.smtp_server import CERTIFICATE
from voorjebuurt import paths
from voorjebuurt import settings as application_settings
from voorjebuurt.app import create_app
from voorjebuurt.kernel.db import Database
from voorjebuurt.worker.process import STOP_SECONDS

DEPLOY = paths.DOCS / "deploy"
NGINX = os.environ.get("VJB_TEST_NGINX") or shutil.which("nginx")
PATIENCE_SECONDS = 20
NAME = "voorjebuurt.example"
MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
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


def site_conf(port: int, proxy: "Proxy") -> str:
    """The block as it is in the docs, but for the ports and the certificate."""
    text = (DEPLOY / "nginx.conf").read_text()
    for wrong, right in (
        ("127.0.0.1:8000", f"127.0.0.1:{port}"),
        ("listen 80;", f"listen 127.0.0.1:{proxy.plain_port};"),
        ("listen [::]:80;", ""),
        ("listen 443 ssl", f"listen 127.0.0.1:{proxy.tls_port} ssl"),
        ("listen [::]:443 ssl http2;", ""),
        ("/etc/ssl/voorjebuurt/fullchain.pem", str(CERTIFICATE)),
        ("/etc/ssl/voorjebuurt/privkey.pem", str(CERTIFICATE.with_suffix(".key"))),
    ):
        assert wrong in text
        text = text.replace(wrong, right)
    return text


@dataclass(frozen=True)
class Proxy:
    """nginx before a production site; ``visitors`` are the addresses that the site saw."""

    tls_port: int
    plain_port: int
    visitors: list[str | None]

    def get(self, path: str, **headers: str) -> requests.Response:
        """Ask over TLS, as a browser that was led to the site by its name."""
        with requests.Session() as http:
            http.trust_env = False
            return http.get(
                f"https://127.0.0.1:{self.tls_port}{path}",
                headers={"Host": NAME, **headers},
                verify=False,
                timeout=PATIENCE_SECONDS,
            )


@pytest.fixture
def proxy(fresh_database: Database, fresh_database_url: str, tmp_path: Path) -> Iterator[Proxy]:
    """A production site behind nginx."""
    if NGINX is None:
        pytest.skip("there is no nginx on this machine (VJB_TEST_NGINX names one)")
    changes = {"VJB_HOME": str(tmp_path / "home"), "DATABASE_URL": fresh_database_url}
    settings = application_settings.load({**PRODUCTION, **changes, "TRUSTED_PROXIES": "1"})
    app, port = create_app(settings, fresh_database), free_port()
    proxy = Proxy(free_port(), free_port(), [])
    app.before_request(lambda: proxy.visitors.append(request.remote_addr))
    (tmp_path / "site.conf").write_text(site_conf(port, proxy))
    (tmp_path / "nginx.conf").write_text(MAIN.format(folder=tmp_path))
    with (
        served(app, replace(settings, port=port)),
        subprocess.Popen([NGINX, "-c", str(tmp_path / "nginx.conf"), "-p", str(tmp_path)]) as nginx,
    ):
        try:
            wait_for(proxy.tls_port)
            yield proxy
        finally:
            nginx.terminate()
            nginx.wait(PATIENCE_SECONDS)


def wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "nginx did not start"
            time.sleep(0.05)


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_pages_and_files_come_through_the_proxy_compressed_and_safe(proxy: Proxy) -> None:
    page = proxy.get("/", **{"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert page.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in page.headers["Vary"]
    assert "Strict-Transport-Security" in page.headers
    assert page.headers["Server"] == "nginx", "and not which version"
    sheet = re.findall(r'href="(/static/[^"]+\.css)"', page.text)[0]
    file = proxy.get(sheet, **{"Accept-Encoding": "br"})
    assert (file.status_code, file.headers["Content-Encoding"]) == (200, "br")
    assert "Content-Security-Policy" in file.headers


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
def test_a_visitor_can_not_choose_an_address(proxy: Proxy) -> None:
    proxy.get("/healthz", **{"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9"})
    assert proxy.visitors == ["127.0.0.1"]


def test_the_copy_leads_pages_to_tls_and_refuses_news_of_payments_without() -> None:
    plain = (DEPLOY / "nginx.conf").read_text().partition("listen 443")[0]
    assert re.search(r"location /hooks/ {\s+return 403;", plain)
    assert re.search(r"location / {\s+return 301 https:", plain)


def test_the_copy_names_only_ciphers_that_keep_what_was_said_secret() -> None:
    """With a key of its own for each connection, and nothing older than TLS 1.2."""
    text = (DEPLOY / "nginx.conf").read_text()
    (ciphers,) = re.findall(r"ssl_ciphers\s+(\S+);", text)
    assert all(re.match(r"ECDHE-.*(GCM|POLY1305)", name) for name in ciphers.split(":"))
    assert re.search(r"ssl_protocols\s+TLSv1.2 TLSv1.3;", text)


def test_who_comes_without_tls_is_led_to_it(proxy: Proxy) -> None:
    with requests.Session() as http:
        http.trust_env = False
        answer = http.get(
            f"http://127.0.0.1:{proxy.plain_port}/acties?zoek=bank",
            headers={"Host": NAME},
            allow_redirects=False,
            timeout=PATIENCE_SECONDS,
        )
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"https://{NAME}/acties?zoek=bank"


def test_units_give_the_worker_the_time_that_it_takes_to_stop() -> None:
    for name, command in (("web", "web"), ("worker", "worker")):
        unit = (DEPLOY / f"voorjebuurt-{name}.service").read_text()
        assert f"ExecStart=/opt/voorjebuurt/bin/voorjebuurt {command}\n" in unit
        seconds = int(re.findall(r"TimeoutStopSec=(\d+)", unit)[0])
        assert seconds > (STOP_SECONDS if name == "worker" else 8)
        assert "Restart=always" in unit


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd")
def test_units_are_understood_by_systemd(tmp_path: Path) -> None:
    for unit in DEPLOY.glob("*.service"):
        text = unit.read_text().replace("/opt/voorjebuurt/bin/voorjebuurt", "/bin/true")
        (tmp_path / unit.name).write_text(text)
        result = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)],
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        ours = [line for line in result.stderr.splitlines() if unit.name in line]
        assert ours == []
