"""The house style as data: design tokens, merged over the base, checked and made into CSS.

A theme is a token file in the form that Tokens Studio and NL Design System use: nested objects
whose leaves have a ``$value``, which may point to another token as ``{basis.text.color}``. The
base (vendored) is a flat table of custom properties. A token is a custom property by its path:
``basis.focus.color`` is ``--basis-focus-color``.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from voorjebuurt import paths
from voorjebuurt.web.kit.assets import css

BASE = paths.STATIC / "vendor" / "voorbeeld" / "tokens.json"
SHIPPED_THEME = paths.STATIC / "themes" / "buurt.json"

TEXT = 4.5
LARGE_OR_SHAPE = 3.0

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("--basis-color-default-color-document", "--basis-color-default-bg-document", TEXT),
    ("--basis-color-default-color-document", "--basis-color-default-bg-subtle", TEXT),
    ("--basis-color-default-color-document", "--basis-color-default-bg-default", TEXT),
    ("--basis-color-default-color-subtle", "--basis-color-default-bg-document", TEXT),
    ("--basis-color-default-color-subtle", "--basis-color-default-bg-subtle", TEXT),
    ("--basis-color-default-color-subtle", "--basis-color-accent-1-bg-subtle", TEXT),
    ("--basis-color-default-border-default", "--basis-color-default-bg-document", LARGE_OR_SHAPE),
    ("--basis-color-action-2-color-default", "--basis-color-default-bg-document", TEXT),
    ("--basis-color-action-2-color-default", "--basis-color-default-bg-subtle", TEXT),
    ("--basis-color-action-2-color-default", "--basis-color-accent-1-bg-subtle", TEXT),
    ("--basis-color-action-2-color-hover", "--basis-color-default-bg-document", TEXT),
    ("--basis-color-accent-1-color-default", "--basis-color-default-bg-document", TEXT),
    ("--basis-color-accent-1-color-default", "--basis-color-accent-1-bg-default", TEXT),
    ("--basis-color-accent-1-color-document", "--basis-color-accent-1-bg-subtle", TEXT),
    (
        "--basis-color-accent-1-inverse-color-default",
        "--basis-color-accent-1-inverse-bg-default",
        TEXT,
    ),
    (
        "--basis-color-action-1-inverse-color-default",
        "--basis-color-action-1-inverse-bg-default",
        TEXT,
    ),
    ("--basis-color-action-1-inverse-color-hover", "--basis-color-action-1-inverse-bg-hover", TEXT),
    (
        "--basis-color-accent-1-inverse-bg-default",
        "--basis-color-default-bg-document",
        LARGE_OR_SHAPE,
    ),
    ("--vjb-match-color", "--basis-color-default-bg-document", TEXT),
    ("--vjb-match-color", "--vjb-match-background-color", TEXT),
    ("--vjb-warm-color", "--vjb-warm-background-color", TEXT),
    ("--vjb-footer-color", "--vjb-footer-background-color", TEXT),
    ("--basis-color-negative-color-default", "--basis-color-default-bg-document", TEXT),
    ("--basis-color-negative-color-default", "--basis-color-negative-bg-default", TEXT),
    ("--basis-color-positive-color-default", "--basis-color-positive-bg-default", TEXT),
    ("--basis-color-warning-color-default", "--basis-color-warning-bg-default", TEXT),
    ("--basis-color-info-color-default", "--basis-color-info-bg-default", TEXT),
    ("--basis-color-negative-color-document", "--basis-color-negative-bg-default", TEXT),
    ("--basis-color-positive-color-document", "--basis-color-positive-bg-default", TEXT),
    ("--basis-color-warning-color-document", "--basis-color-warning-bg-default", TEXT),
    ("--basis-color-info-color-document", "--basis-color-info-bg-default", TEXT),
    ("--basis-focus-color", "--basis-focus-background-color", TEXT),
    ("--basis-focus-outline-color", "--basis-color-default-bg-document", LARGE_OR_SHAPE),
    ("--basis-focus-outline-color", "--basis-color-accent-1-bg-subtle", LARGE_OR_SHAPE),
)
"""Every pair of colours our screens put on each other, and the ratio WCAG 2.2 AA asks of it."""

_REFERENCE = re.compile(r"var\((--[\w-]+)(?:,[^()]*)?\)")

Tokens = dict[str, str]


@dataclass(frozen=True)
class ContrastFailure:
    """A pair of colours that is too alike: ``ratio`` instead of ``required``."""

    foreground: str
    background: str
    ratio: float
    required: float


def sources() -> list[Path]:
    """The files that the shipped theme is made of."""
    return [BASE, SHIPPED_THEME]


def shipped() -> Tokens:
    """The theme that comes with the platform, over the base, with literal values."""
    return resolved(base() | flatten(json.loads(SHIPPED_THEME.read_text())))


@cache
def base() -> Tokens:
    """The base theme's custom properties."""
    tokens: Tokens = json.loads(BASE.read_text())
    return tokens


def flatten(tree: dict[str, Any], path: tuple[str, ...] = ()) -> Tokens:
    """A token file as custom properties; references become ``var(…)``."""
    value = tree.get("$value", tree.get("value"))
    if value is not None and not isinstance(value, dict):
        text = re.sub(r"\{([\w.-]+)\}", lambda m: f"var(--{m[1].replace('.', '-')})", str(value))
        return {"--" + "-".join(path): text}
    tokens: Tokens = {}
    for name, branch in tree.items():
        if isinstance(branch, dict) and not name.startswith("$"):
            tokens |= flatten(branch, (*path, name))
    return tokens


def resolved(tokens: Tokens) -> Tokens:
    """The same tokens with every reference followed to its value.

    A token whose reference leads nowhere, or to itself, is left out.
    """
    values = ((name, _value(name, tokens, frozenset())) for name in tokens)
    return {name: value for name, value in values if value is not None}


def compile_theme(tokens: Tokens, *, used_in: str) -> str:
    """The tokens that the style sheet ``used_in`` reads, as one CSS rule."""
    names = css.variables(used_in)
    body = ";".join(f"{name}:{value}" for name, value in sorted(tokens.items()) if name in names)
    return f":root{{{body}}}"


def check_contrast(tokens: Tokens) -> list[ContrastFailure]:
    """The pairs of colours that fall short of WCAG 2.2 AA, of those our screens use.

    A missing or unreadable colour counts as the lowest contrast there is.
    """
    failures = []
    for foreground, background, minimum in PAIRS:
        ratio = contrast(tokens.get(foreground, ""), tokens.get(background, ""))
        if ratio < minimum:
            failures.append(ContrastFailure(foreground, background, round(ratio, 2), minimum))
    return failures


def contrast(first: str, second: str) -> float:
    """WCAG's contrast ratio of two hex colours, 1.0 to 21.0; 1.0 when one can't be read."""
    if not (_is_hex(first) and _is_hex(second)):
        return 1.0
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _value(name: str, tokens: Tokens, ancestors: frozenset[str]) -> str | None:
    if name in ancestors or name not in tokens:
        return None
    references = set(_REFERENCE.findall(tokens[name]))
    values = {reference: _value(reference, tokens, ancestors | {name}) for reference in references}
    if None in values.values():
        return None
    return _REFERENCE.sub(lambda match: values[match[1]] or "", tokens[name])


def _is_hex(colour: str) -> bool:
    return re.fullmatch(r"#[0-9a-fA-F]{6}", colour) is not None


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2 (sRGB)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
