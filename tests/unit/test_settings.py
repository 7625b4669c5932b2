"""Settings: read from the environment, and refused when they are not safe for production."""

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from tests.support.production import PRODUCTION
from voorjebuurt import settings
from voorjebuurt.payments.providers import NEW_PAYMENTS, connect
from voorjebuurt.settings import SettingsError


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
        ({"DATA_KEYS": None}, "DATA_KEYS"),
        ({"DATA_KEYS": "x" * 40}, "DATA_KEYS"),
        ({"DATA_KEYS": PRODUCTION["SECRET_KEY"]}, "DATA_KEYS"),
        ({"DATA_KEYS": PRODUCTION["DATA_KEYS"] + " kort"}, "DATA_KEYS"),
        ({"SECRET_KEY": PRODUCTION["SECRET_KEY"][:31]}, "SECRET_KEY"),
        ({"SECRET_KEY": "x" * 40}, "SECRET_KEY"),
        ({"SECRET_KEY": "geheim1234-lang!" * 3}, "SECRET_KEY"),
        ({"SECRET_KEY_OLD": PRODUCTION["SECRET_KEY"]}, "SECRET_KEY_OLD"),
        ({"DONOR_KEY": None}, "DONOR_KEY"),
        ({"DONOR_KEY": "x" * 40}, "DONOR_KEY"),
        ({"DONOR_KEY": PRODUCTION["SECRET_KEY"]}, "DONOR_KEY"),
        ({"DATABASE_URL": "postgres://u:p@db.example/vjb?sslmode=disable"}, "sslmode"),
        ({"DATABASE_URL": "postgres://u:p@db.example/vjb?sslmode=allow"}, "sslmode"),
        ({"DATABASE_URL": "postgres://u:p@localhost,db.example/vjb?sslmode=disable"}, "sslmode"),
        ({"PGSSLMODE": "disable"}, "sslmode"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"MOLLIE_API_KEY": None}, "MOLLIE_API_KEY"),
        ({"MOLLIE_API_KEY": "test_Ab3dE5gH7jK9mN2pQ4rS6tU8vW0xY1"}, "MOLLIE_API_KEY"),
        ({"MOLLIE_API_KEY": "live_" + "a" * 30}, "MOLLIE_API_KEY"),
        ({"MOLLIE_API_KEY": "live_kort"}, "MOLLIE_API_KEY"),
        ({"BASE_URL": None}, "BASE_URL"),
        ({"BASE_URL": "http://voorjebuurt.example"}, "BASE_URL"),
        ({"BASE_URL": "https://"}, "BASE_URL"),
        ({"BASE_URL": "https://localhost"}, "BASE_URL"),
        ({"BASE_URL": "https://10.0.0.1"}, "BASE_URL"),
        ({"BASE_URL": "https://voor je buurt.example"}, "BASE_URL"),
        ({"BASE_URL": "https://voorjebuurt.example:x"}, "BASE_URL"),
        ({"BASE_URL": "https://voorjebuurt.example/site"}, "BASE_URL"),
        ({"BASE_URL": "https://voorjebuurt.example?a"}, "BASE_URL"),
        ({"BASE_URL": "https://a@voorjebuurt.example"}, "BASE_URL"),
        ({"SMTP_URL": None}, "SMTP_URL"),
        ({"SMTP_URL": "mail.example"}, "SMTP_URL"),
        ({"SMTP_URL": "http://mail.example"}, "SMTP_URL"),
        ({"SMTP_URL": "smtp://mail.example?starttls=0"}, "starttls"),
        ({"MAIL_FROM": None}, "MAIL_FROM"),
        ({"MAIL_REPLY_TO": None}, "MAIL_REPLY_TO"),
        ({"DEBTOR_IBAN": None}, "DEBTOR_IBAN"),
        ({"DEBTOR_IBAN": "NL19INGB0006543219"}, "DEBTOR_IBAN"),
        ({"DEBTOR_IBAN": "NL02ABNA0123456789", "DEBTOR_BIC": "ABNANL2A"}, "example"),
        ({"DEBTOR_NAME": None}, "DEBTOR_NAME"),
        ({"DEBTOR_BIC": "BANK"}, "DEBTOR_BIC"),
        ({"DEBTOR_BIC": "ABNANL2A"}, "DEBTOR_BIC"),
        ({"OPERATOR_NAME": None}, "OPERATOR_NAME"),
        ({"OPERATOR_ADDRESS": None}, "OPERATOR_ADDRESS"),
        ({"OPERATOR_EMAIL": None}, "OPERATOR_EMAIL"),
        ({"OPERATOR_EMAIL": "hulp"}, "OPERATOR_EMAIL"),
        ({"PRIVACY_EMAIL": None}, "PRIVACY_EMAIL"),
        ({"ACCESSIBILITY_STATUS": None}, "ACCESSIBILITY_STATUS"),
        ({"ACCESSIBILITY_STATUS": "E"}, "ACCESSIBILITY_STATUS"),
        ({"ACCESSIBILITY_REPORT": "rapport.pdf"}, "ACCESSIBILITY_REPORT"),
        ({"ACCESSIBILITY_REPORT": "javascript:alert(1)"}, "ACCESSIBILITY_REPORT"),
        ({"VJB_ENV": None}, "VJB_ENV"),
        ({"VJB_ENV": "development"}, "VJB_ENV"),
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


@pytest.mark.parametrize(
    "changes",
    [
        {"DATABASE_URL": "postgresql:///vjb?host=/run/postgresql&sslmode=disable"},
        {"DATABASE_URL": "postgresql://u:p@127.0.0.1/vjb?sslmode=disable"},
        {"DATABASE_URL": "postgresql://u:p@[::1]/vjb?sslmode=disable"},
        {"SMTP_URL": "smtp://localhost?starttls=0"},
        {"SMTP_URL": "smtps://user:pass%40word@mail.example"},
        {"BASE_URL": "https://voorjebuurt.example:8443"},
    ],
)
def test_what_stays_on_this_machine_or_is_safe_is_allowed(
    tmp_path: Path, changes: dict[str, str]
) -> None:
    settings.load({**PRODUCTION, "VJB_HOME": str(tmp_path), **changes})


def test_acceptance_is_production_with_a_test_key(tmp_path: Path) -> None:
    test_key = PRODUCTION["MOLLIE_API_KEY"].replace("live_", "test_")
    changes = {"VJB_ENV": "acceptance", "MOLLIE_API_KEY": test_key}
    loaded_settings = settings.load({**PRODUCTION, "VJB_HOME": str(tmp_path), **changes})
    assert (loaded_settings.production, loaded_settings.practice) == (True, True)
    assert not loaded_settings.uses_sandbox
    assert not settings.load({**PRODUCTION, "VJB_HOME": str(tmp_path)}).practice
    assert "test key" in faults(tmp_path, VJB_ENV="acceptance")[-1]
    (line,) = faults(tmp_path, **{**changes, "SECRET_KEY": None})
    assert "SECRET_KEY" in line


def test_keys_can_be_changed_while_old_ones_are_still_read(tmp_path: Path) -> None:
    changes = {"SECRET_KEY_OLD": "een-oude-sleutel nog-een-oudere"}
    loaded_settings = settings.load({**PRODUCTION, "VJB_HOME": str(tmp_path), **changes})
    assert loaded_settings.secret_keys_old == ("een-oude-sleutel", "nog-een-oudere")
    assert loaded_settings.donor_key == PRODUCTION["DONOR_KEY"]


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
