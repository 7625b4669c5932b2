"""What docs/deploy gives an operator to copy works as it is: nginx, and systemd units."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from tests.support.proxy import DEPLOY, NAME, PATIENCE_SECONDS, Proxy
from voorjebuurt.worker.process import STOP_SECONDS


def test_pages_and_files_come_through_the_proxy_compressed_and_safe(proxy: Proxy) -> None:
    page = proxy.get("/", **{"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert page.headers["Content-Encoding"] == "gzip"
    assert "Strict-Transport-Security" in page.headers
    assert page.headers["Server"] == "nginx", "and not which version"
    sheet = re.findall(r'href="(/static/[^"]+\.css)"', page.text)[0]
    file = proxy.get(sheet, **{"Accept-Encoding": "br"})
    assert (file.status_code, file.headers["Content-Encoding"]) == (200, "br")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert file.headers[name] == page.headers[name]
    assert "immutable" in file.headers["Cache-Control"]


def test_a_cache_keeps_apart_what_differs(proxy: Proxy) -> None:
    page = proxy.get("/", **{"Accept-Encoding": "gzip"})
    plain = proxy.get("/", **{"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    for answer in (page, plain):
        varies = {each.strip() for each in answer.headers["Vary"].split(",")}
        assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= varies
    sheet = re.findall(r'href="(/static/[^"]+\.css)"', page.text)[0]
    assert "Accept-Encoding" in proxy.get(sheet).headers["Vary"]


def test_pages_of_who_has_a_session_are_not_compressed(proxy: Proxy) -> None:
    """Their length would tell what is in them, to who may choose a part of it: docs/adr/0029."""
    first = proxy.get("/inloggen", **{"Accept-Encoding": "gzip"})
    name, value = first.headers["Set-Cookie"].partition(";")[0].split("=", 1)
    for cookies in (f"{name}={value}", f"taal=nl; {name}={value}", f"{name}=x;taal=nl"):
        page = proxy.get("/acties?zoek=bank", **{"Accept-Encoding": "gzip", "Cookie": cookies})
        assert page.status_code == 200
        assert "Content-Encoding" not in page.headers, cookies
    for cookies in ("taal=nl", "other__Host-sessie=x"):
        page = proxy.get("/acties?zoek=bank", **{"Accept-Encoding": "gzip", "Cookie": cookies})
        assert page.headers["Content-Encoding"] == "gzip"


def test_a_visitor_can_not_choose_an_address(proxy: Proxy) -> None:
    proxy.get("/healthz", **{"X-Forwarded-For": "203.0.113.9", "X-Real-IP": "203.0.113.9"})
    assert proxy.seen == [("127.0.0.1", "/healthz")]


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
