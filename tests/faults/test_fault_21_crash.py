"""Faults 21 and 22: the web server's process is killed while it makes a payment."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from subprocess import Popen

import pytest
import requests

from tests.support.faults.books import assert_sound
from tests.support.faults.donor import Donor
from tests.support.faults.world import World, environment_of, free_port, world_settings
from tests.support.sandbox_process import SandboxProcess, wait_for
from voorjebuurt.kernel import clock
from voorjebuurt.kernel.db import Database

Real = tuple[World, Callable[..., AbstractContextManager[Popen[bytes]]]]


@pytest.fixture
def real(
    fresh_database: Database, fresh_database_url: str, sandbox: SandboxProcess, tmp_path: Path
) -> Real:
    """A world whose site is a real process; ``with real(sandbox_url) as process`` runs it."""
    port = free_port()
    settings = world_settings(tmp_path, port, fresh_database_url, sandbox.url)
    world = World(fresh_database, settings, sandbox)

    @contextmanager
    def running(sandbox_url: str = sandbox.url) -> Iterator[Popen[bytes]]:
        environment = environment_of(tmp_path, port, fresh_database_url, sandbox_url)
        process = subprocess.Popen(
            [sys.executable, "-m", "voorjebuurt", "web"],
            env={**os.environ, **environment, "WEB_CONCURRENCY": "1"},
            start_new_session=True,
        )
        try:
            wait_for(lambda: answers(world), seconds=30)
            yield process
        finally:
            kill(process)

    return world, running


def answers(world: World) -> bool:
    try:
        return requests.get(f"{world.site}/healthz", timeout=2).status_code == 200
    except requests.ConnectionError:
        return False


def kill(process: Popen[bytes]) -> None:
    """End the server and its workers at once, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def click(donor: Donor) -> socket.socket:
    """Press the button without waiting for an answer."""
    token = donor.token_of(donor.page_address)
    cookies = "; ".join(f"{name}={value}" for name, value in donor.http.cookies.items())
    body = f"csrf_token={token}".encode()
    host, port = donor.site.removeprefix("http://").split(":")
    peer = socket.create_connection((host, int(port)), timeout=10)
    peer.sendall(
        f"POST /giften/{donor.gift}/betalen HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    return peer


@pytest.fixture
def silent_provider() -> Iterator[socket.socket]:
    """An address that takes connections and never reads: the question goes nowhere."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(15)
        yield server


def test_fault_21_crash_after_the_commit_before_the_question(
    real: Real, silent_provider: socket.socket
) -> None:
    """Killed after the attempt was committed, before the provider heard of it."""
    world, running = real
    campaign = world.campaign()
    with running(f"http://127.0.0.1:{silent_provider.getsockname()[1]}") as process:
        donor = world.giving(campaign)
        with click(donor), silent_provider.accept()[0]:
            wait_for(lambda: world.payments(donor) != [])
            kill(process)
    assert world.payment(donor).status == "creating"
    assert world.at_provider() == 0

    with running():
        assert donor.state == "to_pay"
        checkout = donor.checkout()
        assert world.at_provider() == 1
        world.sandbox.pay(checkout)
        world.work()
        assert donor.state == "booked"
        assert len(world.payments(donor)) == 1
        assert_sound(world, mails=["receipt"])


def test_fault_22_crash_after_the_question_before_its_id_is_saved(real: Real) -> None:
    """Killed when the provider had made the payment, before its id was committed."""
    world, running = real
    campaign = world.campaign()
    with running() as process:
        donor = world.giving(campaign)
        world.sandbox.switch("delay", "create_payment", when="after", seconds=8)
        with click(donor):
            wait_for(lambda: world.at_provider() == 1)
            kill(process)
    assert world.payment(donor).provider_id is None

    with running():
        assert donor.state == "to_pay"
        world.come(clock.now() + timedelta(minutes=6))
        assert world.payment(donor).status == "open", "the sweep found it by its metadata"
        checkout = donor.checkout()
        assert world.at_provider() == 1, "no second payment is made"
        world.sandbox.pay(checkout)
        world.work()
        assert donor.state == "booked"
        assert_sound(world, mails=["receipt"])
