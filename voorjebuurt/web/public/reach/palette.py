"""The colours of the town, for what is printed and drawn outside the pages."""

import re
from functools import cache

from voorjebuurt.campaigns.reach.posters import Colours
from voorjebuurt.web.kit.assets import theme

_HEX = re.compile(r"#[0-9a-f]{6}", re.ASCII | re.IGNORECASE)
_TOKENS = {
    "accent": ("--basis-color-accent-1-inverse-bg-default", "#0b5e50"),
    "on_accent": ("--basis-color-accent-1-inverse-color-default", "#ffffff"),
    "ink": ("--basis-color-default-color-document", "#241f19"),
    "quiet": ("--basis-color-default-color-subtle", "#625b50"),
    "paper": ("--basis-color-default-bg-default", "#f3efe8"),
    "line": ("--basis-color-default-border-default", "#7b7367"),
}
"""Colour -> the token of the theme, and what stands in where a theme writes it otherwise. That
each pair can be read is checked when a theme is compiled.
"""


@cache
def town_colours() -> Colours:
    """Those of the theme that this site has."""
    tokens = theme.shipped()
    colours = {name: tokens.get(token, "") for name, (token, _) in _TOKENS.items()}
    if not all(_HEX.fullmatch(value) for value in colours.values()):
        # Colours of two themes need not go together: all of them, or none.
        colours = {name: ours for name, (_, ours) in _TOKENS.items()}
    return Colours(**colours)
