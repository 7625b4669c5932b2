"""Fault 4: a webhook that is none."""

import socket
from typing import Any

import pytest
import requests

from tests.support.faults.books import assert_sound
from tests.support.faults.world import World

IDS = (
    "",
    "tr_",
    "tr_abc",
    "TR_abcdefgh",
    "pm_abcdefgh",
    "tr_abcdefgh\n",
    "tr_abcdefgh\x00",
    "\x00",
    "tr_abc/../refunds",
    "tr_abcdefgh?x=1",
    "tr_ábcdefgh",
    "tr_" + "a" * 65,
    "tr_" + "a" * 10_000,
)


@pytest.fixture
def at(world: World) -> str:
    """A payment's webhook address."""
    donor = world.giving(world.campaign())
    donor.checkout()
    return world.payment(donor).webhook_url


def test_fault_04_malformed_ids(world: World, at: str) -> None:
    """Ids that can't be one never reach a URL of the provider, nor the queue."""
    for text in IDS:
        assert requests.post(at, data={"id": text}, timeout=10).status_code == 200
    bodies: tuple[dict[str, Any], ...] = (
        ({"json": {"id": "tr_abcdefgh"}}),
        ({"data": b"\xff\xfe\x00id=tr_abcdefgh"}),
        ({"data": b"id=%00%ff", "headers": {"Content-Type": "application/x-www-form-urlencoded"}}),
        ({"files": {"id": ("tr_abcdefgh", b"tr_abcdefgh")}}),
        ({}),
    )
    for body in bodies:
        assert requests.post(at, timeout=10, **body).status_code == 200
    assert world.work() == []
    assert world.sandbox.log("get_payment") == []
    assert_sound(world)


def test_fault_04_malformed_address(world: World, at: str) -> None:
    """A NUL or a path in the place of the token is not looked up."""
    for token in ("%00", "a" * 20 + "%00", "..%2f..%2fetc", "a" * 500):
        answer = requests.post(
            f"{world.site}/hooks/mollie/{token}", data={"id": "tr_abcdefgh"}, timeout=10
        )
        assert answer.status_code in (200, 404)
    assert world.work() == []
    assert_sound(world)


def test_fault_04_body_of_a_megabyte(world: World, at: str) -> None:
    """A body of 1 MB is refused before it is read, announced or not."""
    big = b"x=" + b"a" * 2**20 + b"&id=tr_abcdefgh"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert requests.post(at, data=big, headers=form, timeout=10).status_code == 413
    answer = requests.post(at, data=iter([b"x=y&", big]), headers=form, timeout=10)
    assert answer.status_code in (200, 413), "what is read of it is not more than fits"
    with socket.create_connection(("127.0.0.1", world.settings.port), timeout=10) as peer:
        peer.sendall(b"POST /hooks/mollie/x HTTP/1.1\r\nContent-Length: 900\r\n\r\nid=tr_")
    assert world.work() == []
    assert requests.get(f"{world.site}/healthz", timeout=10).status_code == 200
    assert_sound(world)


@pytest.mark.parametrize("path", ["%00", "a%00b", "../../etc/passwd", "'", "é"])
def test_fault_04_malformed_gift(world: World, path: str) -> None:
    """An address of a gift that can't be one is a page that does not exist."""
    for end in ("", "/terug"):
        answer = requests.get(f"{world.site}/giften/{path}{end}", timeout=10)
        assert answer.status_code == 404
