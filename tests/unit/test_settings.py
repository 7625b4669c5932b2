"""Settings: read from the environment, and refused when they are not safe for production."""

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from voorjebuurt import settings
from voorjebuurt.payments.providers import NEW_PAYMENTS, connect
from voorjebuurt.settings import SettingsError

PRODUCTION = {
    "VJB_ENV": "production",
    "SECRET_KEY": "x" * 32,
    "DATA_KEYS": "y" * 32,
    "DATABASE_URL": "postgres://u:p@db.example/vjb",
    "MOLLIE_API_KEY": "live_" + "a" * 30,
    "BASE_URL": "https://voorjebuurt.example",
    "SMTP_URL": "smtp://mail.example",
    "MAIL_REPLY_TO": "Voor je Buurt <hulp@voorjebuurt.example>",
    "DEBTOR_IBAN": "NL02ABNA0123456789",
}


def faults(tmp_path: Path, **changes: Any) -> list[str]:
    environment = {**PRODUCTION, "VJB_HOME": str(tmp_path), **changes}
    with pytest.raises(SettingsError) as error:
        settings.load({name: value for name, value in environment.items() if value is not None})
    return str(error.value).splitlines()


def test_a_safe_production(tmp_path: Path) -> None:
    loaded_settings = settings.load({**PRODUCTION, "VJB_HOME": str(tmp_path)})
    assert loaded_settings.production
    assert not loaded_settings.uses_sandbox
    assert loaded_settings.payment_mode == "live"
    assert loaded_settings.database_url == "postgresql+psycopg://u:p@db.example/vjb"
    assert loaded_settings.mollie_endpoint == "https://api.mollie.com"
    assert not list(tmp_path.iterdir()), "production makes no secret of its own"


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 31}, "SECRET_KEY"),
        ({"SECRET_KEY": "y" * 32}, "DATA_KEYS"),
        ({"DATA_KEYS": None}, "DATA_KEYS"),
        ({"DATA_KEYS": "y" * 31}, "DATA_KEYS"),
        ({"DATA_KEYS": f"{'y' * 32} {'z' * 31}"}, "DATA_KEYS"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"MOLLIE_API_KEY": None}, "MOLLIE_API_KEY"),
        ({"MOLLIE_API_KEY": "test_" + "a" * 30}, "MOLLIE_API_KEY"),
        ({"BASE_URL": None}, "BASE_URL"),
        ({"BASE_URL": "http://voorjebuurt.example"}, "BASE_URL"),
        ({"SMTP_URL": None}, "SMTP_URL"),
        ({"MAIL_REPLY_TO": None}, "MAIL_REPLY_TO"),
        ({"DEBTOR_IBAN": None}, "DEBTOR_IBAN"),
        ({"MOLLIE_API_ENDPOINT": "http://127.0.0.1:9"}, "MOLLIE_API_ENDPOINT"),
        ({"MOLLIE_API_ENDPOINT": "http://api.mollie.com"}, "MOLLIE_API_ENDPOINT"),
        ({"MOLLIE_API_ENDPOINT": "https://api.mollie.com.evil.example"}, "MOLLIE_API_ENDPOINT"),
        ({"MOLLIE_API_ENDPOINT": "https://api.mollie.com@evil.example"}, "MOLLIE_API_ENDPOINT"),
    ],
)
def test_each_fault_alone_is_refused_in_production(
    tmp_path: Path, changes: dict[str, Any], names: str
) -> None:
    (line,) = faults(tmp_path, **changes)
    assert names in line


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    lines = faults(tmp_path, SECRET_KEY=None, DATABASE_URL=None, SMTP_URL=None, BASE_URL=None)
    assert len(lines) == 4


def test_a_live_key_speaks_only_to_mollie_in_any_environment(tmp_path: Path) -> None:
    for environment in settings.ENVIRONMENTS:
        changes = {"VJB_ENV": environment, "MOLLIE_API_ENDPOINT": "https://mollie.example"}
        assert any("MOLLIE_API_ENDPOINT" in line for line in faults(tmp_path, **changes))


def test_a_test_key_may_speak_to_another_endpoint(tmp_path: Path) -> None:
    loaded_settings = settings.load(
        {
            "VJB_ENV": "test",
            "VJB_HOME": str(tmp_path),
            "MOLLIE_API_KEY": "test_" + "a" * 30,
            "MOLLIE_API_ENDPOINT": "http://127.0.0.1:9/",
        }
    )
    assert (loaded_settings.payment_mode, loaded_settings.mollie_endpoint) == (
        "test",
        "http://127.0.0.1:9",
    )
    gateway = connect(loaded_settings, NEW_PAYMENTS)
    assert gateway is connect(loaded_settings, NEW_PAYMENTS), "one gateway, one pool of connections"


@pytest.mark.parametrize("port", ["-1", "80.5", "http", "65536"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    with pytest.raises(SettingsError, match="PORT"):
        settings.load({"VJB_ENV": "test", "VJB_HOME": str(tmp_path), "PORT": port})


@pytest.mark.parametrize("url", ["mysql://x", "localhost/vjb", "sqlite:///x.db"])
def test_another_kind_of_database(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        settings.load({"VJB_ENV": "test", "VJB_HOME": str(tmp_path), "DATABASE_URL": url})


def test_an_unknown_environment() -> None:
    with pytest.raises(SettingsError, match="VJB_ENV"):
        settings.load({"VJB_ENV": "staging"})


def test_a_copy_keeps_its_own_secret(tmp_path: Path) -> None:
    environment = {"VJB_ENV": "development", "VJB_HOME": str(tmp_path / "here")}
    secret = settings.load(environment).secret_key
    assert len(secret) == 64
    assert settings.load(environment).secret_key == secret
    other = {**environment, "VJB_HOME": str(tmp_path / "there")}
    assert settings.load(other).secret_key != secret
    assert (tmp_path / "here" / "secret_key").stat().st_mode & 0o077 == 0


def test_settings_do_not_change(tmp_path: Path) -> None:
    loaded_settings = settings.load({"VJB_ENV": "test", "VJB_HOME": str(tmp_path)})
    with pytest.raises(FrozenInstanceError):
        loaded_settings.port = 1  # type: ignore[misc]  # which is what must not work
