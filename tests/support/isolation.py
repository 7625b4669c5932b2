"""Walls around a process: what unit tests are held to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest


class OutsideError(Exception):
    """Something tried to leave its process."""


@contextmanager
def closed() -> Iterator[None]:
    """No socket is made, no name looked up, and no PostgreSQL asked (its sockets come from C)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "__init__", _refuse)
        patch.setattr(socket, "socketpair", _refuse)
        patch.setattr(socket, "getaddrinfo", _refuse)
        patch.setattr(psycopg, "connect", _refuse)
        patch.setattr(psycopg.Connection, "connect", _refuse)
        patch.setattr(psycopg.AsyncConnection, "connect", _refuse)
        yield


def _refuse(*arguments: object, **options: object) -> None:
    raise OutsideError("a unit test opens no socket and no database")
