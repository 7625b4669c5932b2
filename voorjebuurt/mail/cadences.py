"""How often mail of a kind can come. Pure."""

from enum import StrEnum


class Cadence(StrEnum):
    """How often; at once is bundled, see ``mail.bundles``."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    NEVER = "never"
