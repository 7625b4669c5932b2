"""Where settings come from: the environment, ``config/*.toml``, and a copy's own state folder."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from voorjebuurt import paths
from voorjebuurt.settings.database_url import DatabaseUrlError, read_database_url

ENVIRONMENTS = ("development", "test", "acceptance", "production")
REAL = ("acceptance", "production")
"""Those that run in public, by the strict rules."""


class SettingsError(Exception):
    """The settings can't be used; the message lists every reason, one a line."""


def environment_of(environ: Mapping[str, str]) -> str:
    """The name of the environment. Raises ``SettingsError`` for one that is not there."""
    environment = environ.get("VJB_ENV", "development")
    if environment not in ENVIRONMENTS:
        raise SettingsError(f"VJB_ENV is {environment!r}; it must be one of {ENVIRONMENTS}.")
    return environment


def read_config(environment: str) -> dict[str, dict[str, Any]]:
    """The sections of ``default.toml`` with those of the environment over them."""
    sections: dict[str, dict[str, Any]] = {}
    for name in ("default", environment):
        with (paths.CONFIG / f"{name}.toml").open("rb") as file:
            for section, values in tomllib.load(file).items():
                sections.setdefault(section, {}).update(values)
    return sections


def present(environ: Mapping[str, str], **names: str) -> dict[str, str]:
    """The fields whose variable is there, each under the name of its field."""
    return {field: environ[name] for field, name in names.items() if environ.get(name)}


def whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    """A variable as a number. Raises ``SettingsError`` outside 0 to 65535."""
    text = environ.get(name) or str(default)
    if not text.isdecimal() or int(text) > 65535:
        raise SettingsError(f"{name} is {text!r}; it must be a whole number from 0 to 65535.")
    return int(text)


def database_url_of(text: str | None) -> str | None:
    """The address of the database. Raises ``SettingsError`` with why it can't be used."""
    if not text:
        return None
    try:
        return read_database_url(text)
    except DatabaseUrlError as error:
        raise SettingsError(str(error)) from error


def development_secret(environment: str, home: Path) -> str:
    """Outside production: a secret of this copy's own, kept so that sessions survive a restart."""
    if environment in REAL:
        return ""
    file = home / "secret_key"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            temporary = home / f"secret_key.{os.getpid()}"
            temporary.touch(mode=0o600)
            temporary.write_text(secrets.token_hex(32))
            temporary.rename(file)
        return file.read_text()
    except OSError as error:
        raise SettingsError(
            f"The state folder {home} can't be used: {error.strerror}. "
            "Start as the user who made it, or choose another folder with VJB_HOME."
        ) from error


def data_keys_of(environ: Mapping[str, str], environment: str, secret_key: str) -> tuple[str, ...]:
    """The keys that secrets in the database are sealed with, the newest first.

    Outside those that run in public the sessions' key does, so that a copy needs no settings.
    """
    keys = tuple(key for key in environ.get("DATA_KEYS", "").replace(",", " ").split())
    return keys or (() if environment in REAL else (secret_key,))
