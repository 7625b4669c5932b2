"""The sandbox as a process: what it remembers, where it listens, how it ends."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.support.fixtures_sandbox import Receiver, mollie_client
from tests.support.sandbox_process import SandboxProcess, wait_for

Order = dict[str, object]


def alive(pid: int) -> bool:
    """Whether a process still runs; one that is dead but not yet buried doesn't."""
    try:
        return re.search(r"^State:\s+[ZX]", Path(f"/proc/{pid}/status").read_text(), re.M) is None
    except FileNotFoundError:
        return False


def test_all_is_there_again_after_a_kill(own_sandbox: SandboxProcess, order: Order) -> None:
    client = mollie_client(own_sandbox.url)
    payment = client.payments.create(order, idempotency_key="k")
    own_sandbox.pay(payment.checkout_url)
    own_sandbox.switch("unauthorized", "list_methods", count=2)
    own_sandbox.set_clock("2026-06-01T12:00:00+00:00")
    earlier = own_sandbox.url
    own_sandbox.kill()
    own_sandbox.start()
    assert own_sandbox.url == earlier
    assert client.payments.get(payment.id).is_paid()
    assert client.payments.create(order, idempotency_key="k").id == payment.id
    assert [switch["behaviour"] for switch in own_sandbox.switches()] == ["unauthorized"]
    assert client.payments.create(order).created_at == "2026-06-01T12:00:00+00:00"
    assert len(own_sandbox.log("create_payment")) == 3


def test_a_webhook_that_was_not_taken_before_a_kill_is_sent_after_it(
    own_sandbox: SandboxProcess, order: Order, receiver: Receiver
) -> None:
    client = mollie_client(own_sandbox.url)
    payment = client.payments.create(order | {"webhookUrl": receiver.url})
    own_sandbox.switch("delay_webhook", seconds=0.6)
    own_sandbox.pay(payment.checkout_url)
    own_sandbox.kill()
    assert receiver.ids == []
    own_sandbox.start()
    wait_for(lambda: receiver.ids == [payment.id])


def test_another_port_when_the_earlier_one_is_taken(own_sandbox: SandboxProcess) -> None:
    earlier = own_sandbox.url
    own_sandbox.stop()
    squatter = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import socket, sys, time; s = socket.socket();"
            "s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1);"
            f"s.bind(('127.0.0.1', {earlier.rsplit(':', 1)[1]})); s.listen();"
            "print('x', flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
    )
    try:
        assert squatter.stdout is not None
        squatter.stdout.readline()
        own_sandbox.start()
        assert own_sandbox.url != earlier
        assert mollie_client(own_sandbox.url).methods.list().count == 3
    finally:
        squatter.kill()
        squatter.communicate()


def run_briefly(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "voorjebuurt.local.sandbox", *arguments],
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_two_on_one_memory_are_refused_with_one_line(own_sandbox: SandboxProcess) -> None:
    result = run_briefly(f"--state={own_sandbox.state}")
    assert result.returncode == 1
    assert result.stderr == f"Another payment sandbox uses {own_sandbox.state}.\n"


def test_a_port_in_use_is_one_line(own_sandbox: SandboxProcess, tmp_path: Path) -> None:
    port = own_sandbox.url.rsplit(":", 1)[1]
    result = run_briefly(f"--state={tmp_path / 'other'}", f"--port={port}")
    assert result.returncode == 1
    assert result.stderr == f"The sandbox can't listen on port {port}.\n"


def test_a_folder_that_can_not_be_used_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = run_briefly(f"--state={tmp_path / 'file' / 'state'}")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("The sandbox can't use")


def test_it_stops_at_once_although_a_receiver_is_silent(
    own_sandbox: SandboxProcess, order: Order
) -> None:
    # Nothing answers at this address (reserved for documentation), so a webhook hangs.
    payment = mollie_client(own_sandbox.url).payments.create(
        order | {"webhookUrl": "http://192.0.2.1/haakje"}
    )
    own_sandbox.pay(payment.checkout_url)
    time.sleep(0.3)
    start = time.monotonic()
    own_sandbox.stop()
    assert time.monotonic() - start < 3
    own_sandbox.start()


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    port_file = tmp_path / "port"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys, time;"
            "child = subprocess.Popen([sys.executable, '-m', 'voorjebuurt.local.sandbox',"
            f" '--die-with-parent', '--state={tmp_path / 's'}', '--port-file={port_file}']);"
            "print(child.pid, flush=True); time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    wait_for(port_file.exists, seconds=20)
    assert alive(child)
    os.kill(parent.pid, signal.SIGKILL)
    parent.communicate()
    wait_for(lambda: not alive(child), seconds=5)


def test_the_checkout_page_is_at_the_public_address(tmp_path: Path, order: Order) -> None:
    process = SandboxProcess(tmp_path, public_url="https://site.example/betaalsandbox").start()
    try:
        client = mollie_client(process.url)
        payment = client.payments.create(order)
        assert payment.checkout_url.startswith("https://site.example/betaalsandbox/checkout/")
        assert payment["_links"]["self"]["href"].startswith(process.url)
        assert process.pay(payment.checkout_url) == order["redirectUrl"]
    finally:
        process.stop()


def test_the_controls_are_only_for_programs_on_this_machine(sandbox: SandboxProcess) -> None:
    log = f"{sandbox.url}/control/log"
    assert requests.get(log, timeout=5).status_code == 200
    for name in ("X-Forwarded-For", "Forwarded"):
        assert requests.get(log, headers={name: "for=192.0.2.1"}, timeout=5).status_code == 404
    answer = requests.post(f"{sandbox.url}/control/reset", data={"a": "b"}, timeout=5)
    assert answer.status_code == 400
