"""The virus scanner over a real socket: what it says, and what it fails to say."""

import socket
import threading
from pathlib import Path

import pytest

from tests.support.attached_files import EICAR, PDF
from tests.support.fake_clamd import fake_clamd
from voorjebuurt.attachments.clamd import CHUNK, Finding, Scanner, ScannerError


def test_clean_and_infected_files_are_told_apart_whatever_their_size() -> None:
    with fake_clamd() as clamd:
        scanner = Scanner(clamd.address, seconds=3)
        large = PDF * (CHUNK // len(PDF) + 10)
        assert scanner.look(large) == Finding("")
        assert scanner.look(b"x" * CHUNK + EICAR).name == "Eicar-Test-Signature"
        assert clamd.scans[0] == large


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR\0", b"\0", b"stream: ERROR\0", b"stream:  FOUND\0"],
)
def test_what_is_no_verdict_is_no_clean_file(answer: bytes) -> None:
    with fake_clamd() as clamd:
        clamd.answer = answer
        with pytest.raises(ScannerError, match="answered"):
            Scanner(clamd.address, seconds=3).look(PDF)


def test_a_scanner_that_says_nothing_is_given_up_after_its_time() -> None:
    with fake_clamd() as clamd:
        clamd.silent = True
        with pytest.raises(ScannerError, match=r"[Tt]imed? ?out"):
            Scanner(clamd.address, seconds=0.2).look(PDF)


def test_a_scanner_that_is_gone_is_an_error() -> None:
    with fake_clamd() as clamd:
        address = clamd.address
    with pytest.raises(ScannerError):
        Scanner(address, seconds=0.5).look(PDF)
    with pytest.raises(ScannerError):
        Scanner("/nowhere/clamd.sock", seconds=0.5).look(PDF)


def test_a_socket_on_this_machine_by_its_path(tmp_path: Path) -> None:
    path = str(tmp_path / "clamd.sock")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(path)
        server.listen()
        reader = threading.Thread(target=_answer_once, args=(server,))
        reader.start()
        assert Scanner(path, seconds=3).look(PDF).clean
        reader.join()


def _answer_once(server: socket.socket) -> None:
    connection, _address = server.accept()
    with connection:
        data = b""
        while not data.endswith(b"\0\0\0\0"):
            data += connection.recv(4096)
        connection.sendall(b"stream: OK\0")
