"""Who sends much, slowly or nothing at all is the proxy's visitor; the site does not notice."""

import time
from contextlib import ExitStack

import pytest

from tests.support.proxy import Proxy, answer_on

MEGABYTE = 1024 * 1024
OFFICIAL_FILES = "/beheer/gebieden/inlezen"


def test_a_body_that_is_too_large_is_refused_before_it_comes(proxy: Proxy) -> None:
    for path, length in (("/inloggen", 49 * MEGABYTE), (OFFICIAL_FILES, 401 * MEGABYTE)):
        with proxy.post(path, length) as connection:
            assert answer_on(connection) == "HTTP/1.1 413 Request Entity Too Large"
    with proxy.post(OFFICIAL_FILES, 390 * MEGABYTE) as connection:
        connection.settimeout(0.5)
        with pytest.raises(TimeoutError):
            answer_on(connection)
    assert proxy.seen == []


def test_bodies_that_come_slowly_do_not_reach_the_site_before_they_are_whole(
    patient_proxy: Proxy,
) -> None:
    """Twelve of them held all threads of the site; each piece comes in time here."""
    pieces = 12
    with ExitStack() as stack:
        peers = [stack.enter_context(patient_proxy.post("/inloggen", pieces)) for _ in range(12)]
        for number in range(pieces - 1):
            for peer in peers:
                peer.sendall(b"a")
            time.sleep(0.3)
            if number % 4 == 0:
                begin = time.monotonic()
                assert patient_proxy.get("/healthz").status_code == 200
                assert time.monotonic() - begin < 5
        assert {path for _, path in patient_proxy.seen} == {"/healthz"}
        for peer in peers:
            peer.sendall(b"a")
            assert answer_on(peer).startswith("HTTP/1.1 ")
    assert len([path for _, path in patient_proxy.seen if path == "/inloggen"]) == 12


def test_a_body_that_stalls_is_dropped(impatient_proxy: Proxy) -> None:
    with impatient_proxy.post("/inloggen", 1000) as peer:
        peer.sendall(b"email=")
        begin = time.monotonic()
        assert answer_on(peer) in ("", "HTTP/1.1 408 Request Time-out")
        assert 1.5 < time.monotonic() - begin < 15
    assert impatient_proxy.seen == []


@pytest.mark.parametrize("words", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_who_does_not_say_what_they_want_is_let_go(impatient_proxy: Proxy, words: bytes) -> None:
    with impatient_proxy.connect() as peer:
        peer.sendall(words)
        begin = time.monotonic()
        assert answer_on(peer) in ("", "HTTP/1.1 408 Request Time-out")
        assert time.monotonic() - begin < 15
    assert impatient_proxy.seen == []


def test_a_room_of_people_fits_and_one_address_is_bounded(patient_proxy: Proxy) -> None:
    with ExitStack() as stack:
        for _ in range(80):
            stack.enter_context(patient_proxy.post("/inloggen", 10))
        assert patient_proxy.get("/healthz").status_code == 200
        for _ in range(25):
            stack.enter_context(patient_proxy.post("/inloggen", 10))
        time.sleep(0.5)
        assert patient_proxy.get("/healthz").status_code == 429
    assert {path for _, path in patient_proxy.seen} == {"/healthz"}
