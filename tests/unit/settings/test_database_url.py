"""The database's address means the same to SQLAlchemy, to libpq and to who typed it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import conninfo_to_dict

from voorjebuurt.settings.database_url import (
    DatabaseUrlError,
    database_url,
    keywords_of,
    libpq_keywords,
    read_database_url,
    without_password,
)

STRANGE = "a b+c%20%d#e?f&g'h\"i/j@k:l\\m=é"
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), min_size=1)
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


def test_two_hosts_are_read_too() -> None:
    url = read_database_url("postgresql://u:p@one:1,two:2/vjb")
    assert (keywords_of(url)["host"], keywords_of(url)["port"]) == ("one,two", "1,2")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://x",
        "localhost/vjb",
        "postgresql://u:a b@h/db",
        "postgresql://u:p%zz@h/db",
        "postgresql://u:p@h/db?sslrootcertt=x",
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
