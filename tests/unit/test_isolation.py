"""The walls around the unit tests hold: see ``tests.isolation``."""

import socket
from collections.abc import Callable

import psycopg
import pytest
import requests
from sqlalchemy import create_engine

from tests.support.isolation import OutsideError

URL = "postgresql+psycopg://nobody@127.0.0.1:9/nothing"


def _from_a_pool() -> None:
    create_engine(URL).connect()


WAYS_OUT: dict[str, Callable[[], object]] = {
    "a socket": socket.socket,
    "a local socket": lambda: socket.socket(socket.AF_UNIX),
    "a pair": lambda: socket.socketpair(),
    "a server": lambda: socket.create_server(("127.0.0.1", 0)),
    "a connection": lambda: socket.create_connection(("127.0.0.1", 9)),
    "a name": lambda: socket.getaddrinfo("voorbeeld.example", 443),
    "a request": lambda: requests.get("http://127.0.0.1:9/", timeout=1),
    "psycopg": lambda: psycopg.connect("host=127.0.0.1 port=9"),
    "psycopg's class": lambda: psycopg.Connection.connect("host=127.0.0.1 port=9"),
    "psycopg, asynchronous": lambda: psycopg.AsyncConnection.connect("host=127.0.0.1 port=9"),
    "an engine": _from_a_pool,
}
SERVERS = (
    *("server_url", "clone", "empty_database_url", "database", "session"),
    *("fresh_database", "fresh_database_url", "app", "client", "committing", "signed_in"),
    *("sandbox_process", "sandbox", "own_sandbox", "mollie", "receiver"),
)


@pytest.fixture(scope="module")
def module_fixture() -> type[Exception] | None:
    """What a fixture of a wider scope meets."""
    try:
        socket.socket()
    except OutsideError as error:
        return type(error)
    return None


@pytest.mark.parametrize("way", WAYS_OUT)
def test_every_way_out_is_closed(way: str) -> None:
    with pytest.raises(OutsideError):
        WAYS_OUT[way]()


def test_fixtures_of_a_wider_scope_meet_the_same_wall(module_fixture: object) -> None:
    assert module_fixture is OutsideError


@pytest.mark.parametrize("name", SERVERS)
def test_what_starts_a_server_can_not_be_asked_for(
    request: pytest.FixtureRequest, name: str
) -> None:
    with pytest.raises(pytest.fail.Exception, match="belongs in another folder"):
        request.getfixturevalue(name)
