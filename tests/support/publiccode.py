"""The standard ``publiccode.yml`` 0.4 and 0.5, as far as its keys and values can be judged here.

Deprecated keys are faults too. Not judged: whether addresses answer, and whether a contact is a
person, as the standard asks.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

VERSIONS = {"0.4", "0.4.0", "0.5", "0.5.0"}
LICENCES = {"AGPL-3.0-or-later", "EUPL-1.2", "GPL-3.0-or-later", "MPL-2.0"}
"""The SPDX names that this house could use; a misspelt one is a fault."""
STATUSES = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {
    *(f"standalone/{kind}" for kind in ("mobile", "iot", "desktop", "web", "backend", "other")),
    *("addon", "library", "configurationFiles"),
}
MAINTENANCE = {"internal", "contract", "community", "none"}
_VOCABULARY = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
CATEGORIES, SCOPES = set(_VOCABULARY["categories"]), set(_VOCABULARY["scopes"])
_WEB = re.compile(r"https?://[a-z0-9.-]+\.[a-z]+(:\d+)?(/\S*)?")
_MAIL = re.compile(r"[^@\s]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
_COUNTRY = re.compile(r"[A-Z]{2}")

Judge = Callable[[Any], bool]


def faults(document: Any, root: Path) -> list[str]:
    """What is wrong, one line a fault, beginning with the key; paths are looked up in ``root``."""
    return list(_shape(document, {**_TOP, "description": _descriptions(root)}, ""))


def _text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _between(least: int, most: int) -> Judge:
    return lambda value: _text(value) and least <= len(value) <= most


def _one_of(allowed: set[str]) -> Judge:
    return lambda value: isinstance(value, str) and value in allowed


def _like(pattern: re.Pattern[str]) -> Judge:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _some(judge: Judge) -> Judge:
    """A list with something in it, nothing twice, and everything in it good."""
    return lambda value: (
        isinstance(value, list)
        and value != []
        and all(judge(one) for one in value)
        and len({str(one) for one in value}) == len(value)
    )


def _day(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return False
    try:
        return date.fromisoformat(value) is not None
    except ValueError:
        return False


def _flag(value: Any) -> bool:
    return isinstance(value, bool)


def _screenshot(root: Path) -> Judge:
    return lambda value: (
        _text(value)
        and Path(value).suffix in (".png", ".jpg")
        and not Path(value).is_absolute()
        and (root / value).is_file()
    )


class _Optional:
    """A key that may be missing."""

    def __init__(self, rule: Any) -> None:
        self.rule = rule


class _Each:
    """A list of mappings of this shape, at least one."""

    def __init__(self, shape: Mapping[str, Any]) -> None:
        self.shape = shape


class _ByLanguage:
    """A mapping by language, at least one, each of this shape."""

    def __init__(self, shape: Mapping[str, Any]) -> None:
        self.shape = shape


def _shape(value: Any, rule: Any, at: str) -> Iterator[str]:
    """The faults of ``value`` at the key ``at``."""
    if isinstance(rule, Mapping):
        yield from _mapping(value, rule, at)
    elif isinstance(rule, _Each | _ByLanguage):
        kind = list if isinstance(rule, _Each) else dict
        if not isinstance(value, kind) or not value:
            yield f"{at}: must hold something"
            return
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in parts:
            if isinstance(value, dict) and not _LANGUAGE.fullmatch(str(key)):
                yield f"{at}/{key}: is no language"
            yield from _mapping(one, rule.shape, f"{at}/{key}")
    elif not rule(value):
        yield f"{at}: {value!r} is not allowed"


def _mapping(value: Any, shape: Mapping[str, Any], at: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{at or 'document'}: must be a mapping"
        return
    yield from (f"{at}/{key}: unknown or deprecated" for key in value.keys() - shape.keys())
    for key, rule in shape.items():
        if key in value:
            inner = rule.rule if isinstance(rule, _Optional) else rule
            yield from _shape(value[key], inner, f"{at}/{key}")
        elif not isinstance(rule, _Optional):
            yield f"{at}/{key}: is missing"
    if at == "/maintenance":
        yield from _maintenance(value)


def _maintenance(value: Mapping[str, Any]) -> Iterator[str]:
    kind = value.get("type")
    if kind in ("internal", "community") and "contacts" not in value:
        yield "/maintenance/contacts: is missing"
    if (kind == "contract") != ("contractors" in value):
        yield "/maintenance/contractors: belong to the type contract, and only there"


def _descriptions(root: Path) -> _ByLanguage:
    return _ByLanguage(
        {
            "localisedName": _Optional(_text),
            "shortDescription": _between(1, 150),
            "longDescription": _between(150, 10_000),
            "documentation": _Optional(_like(_WEB)),
            "apiDocumentation": _Optional(_like(_WEB)),
            "features": _some(_text),
            "screenshots": _Optional(_some(_screenshot(root))),
            "videos": _Optional(_some(_like(_WEB))),
            "awards": _Optional(_some(_text)),
        }
    )


_DEPENDENCY = {
    "name": _text,
    "versionMin": _Optional(_text),
    "versionMax": _Optional(_text),
    "version": _Optional(_text),
    "optional": _Optional(_flag),
}
_CONTACT = {
    "name": _text,
    "email": _Optional(_like(_MAIL)),
    "affiliation": _Optional(_text),
    "phone": _Optional(_text),
}
_CONTRACTOR = {
    "name": _text,
    "until": _day,
    "email": _Optional(_like(_MAIL)),
    "website": _Optional(_like(_WEB)),
}
_TOP: dict[str, Any] = {
    "publiccodeYmlVersion": _one_of(VERSIONS),
    "name": _text,
    "applicationSuite": _Optional(_text),
    "url": _like(_WEB),
    "landingURL": _Optional(_like(_WEB)),
    "isBasedOn": _Optional(_some(_like(_WEB))),
    "softwareVersion": _Optional(_text),
    "releaseDate": _day,
    "logo": _Optional(_text),
    "platforms": _some(_text),
    "categories": _some(_one_of(CATEGORIES)),
    "usedBy": _Optional(_some(_text)),
    "roadmap": _Optional(_like(_WEB)),
    "developmentStatus": _one_of(STATUSES),
    "softwareType": _one_of(TYPES),
    "intendedAudience": _Optional(
        {
            "scope": _Optional(_some(_one_of(SCOPES))),
            "countries": _Optional(_some(_like(_COUNTRY))),
            "unsupportedCountries": _Optional(_some(_like(_COUNTRY))),
        }
    ),
    "legal": {
        "license": _one_of(LICENCES),
        "mainCopyrightOwner": _Optional(_text),
        "repoOwner": _Optional(_text),
    },
    "maintenance": {
        "type": _one_of(MAINTENANCE),
        "contractors": _Optional(_Each(_CONTRACTOR)),
        "contacts": _Optional(_Each(_CONTACT)),
    },
    "localisation": {
        "localisationReady": _flag,
        "availableLanguages": _some(_like(_LANGUAGE)),
    },
    "dependsOn": _Optional(
        {
            "open": _Optional(_Each(_DEPENDENCY)),
            "proprietary": _Optional(_Each(_DEPENDENCY)),
            "hardware": _Optional(_Each(_DEPENDENCY)),
        }
    ),
}
