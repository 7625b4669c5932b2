"""The database's address means the same to SQLAlchemy, to libpq and to who typed it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import create_engine, make_url

from voorjebuurt.kernel.connection import libpq_keywords
from voorjebuurt.settings.database_url import (
    DatabaseUrlError,
    database_url,
    keywords_of,
    read_database_url,
    without_password,
)

STRANGE = "a b+c%20%d#e?f&g'h\"i/j@k:l\\m=é"
DIALECT = create_engine("postgresql+psycopg://").dialect
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
# A comma divides hosts for libpq, and a colon a host from its port for SQLAlchemy.
HOST = TEXT.map(lambda text: "/" + text.translate({ord(","): "_", ord(":"): "_"}))
KEYWORDS = st.fixed_dictionaries(
    {"user": TEXT, "password": TEXT, "dbname": TEXT},
    optional={"host": HOST, "port": st.just("5432"), "sslrootcert": TEXT},
)


@given(KEYWORDS)
def test_every_character_arrives_everywhere(keywords: dict[str, str]) -> None:
    url = database_url(**keywords)
    assert keywords_of(url) == keywords
    assert conninfo_to_dict(libpq_keywords(url)) == keywords
    assert conninfo_to_dict(url.replace("+psycopg", "", 1)) == keywords
    assert read_database_url(url) == url
    positional, keys = DIALECT.create_connect_args(make_url(url))
    keys.pop("context", None)  # the dialect's own, once it has been used
    assert (positional, keys) == ([], keywords)


def test_an_address_is_read_as_libpq_reads_it() -> None:
    url = read_database_url("postgres://u:p%2B%20x@db.example:6432/vjb?sslrootcert=/c+d%20e.pem")
    assert keywords_of(url) == {
        "user": "u",
        "password": "p+ x",
        "host": "db.example",
        "port": "6432",
        "dbname": "vjb",
        "sslrootcert": "/c+d e.pem",
    }


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@one:1,two:2/vjb",
        "postgresql://[::1]:5433/vjb",
        "postgresql://[::1]/vjb",
        "postgresql:///vjb?host=/a%20b&port=1",
        "postgresql://u@/vjb",
        "postgresql://h",
        "postgresql://h?application_name=a+b",
        "postgresql://u:p@h/a%20b?sslmode=require",
    ],
)
def test_an_address_of_any_shape_is_read_as_libpq_reads_it(url: str) -> None:
    expected = conninfo_to_dict(url)
    assert keywords_of(url) == expected
    assert conninfo_to_dict(libpq_keywords(read_database_url(url))) == expected


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x",
        "localhost/vjb",
        "postgresql://u:a b@h/db",
        "postgresql://u:p%zz@h/db",
        "postgresql://u:p@h:x/db",
        "postgresql://u:p@h/db?sslmode",
        "postgresql://u:p%ff@h/db",
    ],
)
def test_what_is_no_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUrlError) as refusal:
        read_database_url(url)
    assert "DATABASE_URL" in str(refusal.value)
    assert "a b" not in str(refusal.value)


def test_a_message_shows_no_password() -> None:
    text = without_password(database_url(user="u", password=STRANGE, host="h", dbname="d"))
    assert text == "postgresql://u:***@h/d"


def test_an_option_that_libpq_does_not_know_is_refused() -> None:
    with pytest.raises(DatabaseUrlError, match="sslrootcertt"):
        libpq_keywords(read_database_url("postgresql://u:p@h/db?sslrootcertt=x"))
