"""What the codes of campaigns are called on the screens, and how they look there."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from voorjebuurt.campaigns.pictures import stored_picture
from voorjebuurt.campaigns.rules import CampaignKind, CampaignStatus, Step, Theme

_l = lazy_gettext
S = CampaignStatus

THEMES: dict[Theme, LazyString] = {
    Theme.GREEN: _l("Green"),
    Theme.MEETING: _l("Meeting each other"),
    Theme.SPORT: _l("Sport and play"),
    Theme.CULTURE: _l("Art and culture"),
    Theme.SUSTAINABLE: _l("Sustainable living"),
    Theme.CARE: _l("Care for each other"),
    Theme.YOUTH: _l("Children and youth"),
}

TOPICS: dict[Theme, str] = {
    Theme.GREEN: "groen",
    Theme.MEETING: "ontmoeten",
    Theme.SPORT: "sport",
    Theme.CULTURE: "cultuur",
    Theme.SUSTAINABLE: "duurzaam",
    Theme.CARE: "zorg",
    Theme.YOUTH: "spelen",
}
"""Themes as addresses and drawings call them."""

KINDS: dict[CampaignKind, LazyString] = {
    CampaignKind.ALL_OR_NOTHING: _l("All or nothing"),
    CampaignKind.KEEP_WHAT_COMES: _l("Everything helps"),
}

STEPS: dict[Step, LazyString] = {
    Step.IDEA: _l("Your idea"),
    Step.PLACE: _l("Where"),
    Step.BUDGET: _l("Budget"),
    Step.STORY: _l("Story"),
}

STATES: dict[CampaignStatus, tuple[LazyString, str]] = {
    S.DRAFT: (_l("Draft"), "neutral"),
    S.SUBMITTED: (_l("With a coach"), "info"),
    S.RETURNED: (_l("Sent back"), "warning"),
    S.REJECTED: (_l("Not accepted"), "negative"),
    S.WITHDRAWN: (_l("Withdrawn"), "neutral"),
    S.LIVE: (_l("Live"), "positive"),
    S.CLOSING: (_l("Being closed"), "info"),
    S.NEAR_MISS: (_l("Almost enough raised"), "warning"),
    S.SUCCEEDED: (_l("Money raised"), "positive"),
    S.FAILED: (_l("Not enough money"), "neutral"),
    S.CANCELLED: (_l("Stopped"), "neutral"),
    S.PAID_OUT: (_l("Succeeded"), "positive"),
}
"""Each state's name and the tone of its badge."""


def theme_label(code: str | None) -> str:
    """What a theme is called."""
    return str(THEMES[Theme(code)]) if code else ""


def topic(code: str | None) -> str | None:
    """A theme as addresses and drawings call it."""
    return TOPICS[Theme(code)] if code else None


def theme_of_topic(topic: str) -> Theme | None:
    """The theme that an address calls so; None for another word."""
    return next((theme for theme, word in TOPICS.items() if word == topic), None)


def kind_label(code: str) -> str:
    """What a kind of campaign is called."""
    return str(KINDS[CampaignKind(code)])


def state_label(code: str) -> str:
    """What a state is called."""
    return str(STATES[CampaignStatus(code)][0])


def state_tone(code: str) -> str:
    """The tone of a state's badge."""
    return STATES[CampaignStatus(code)][1]


def picture_source(key: str | None) -> dict[str, Any] | None:
    """A picture as ``components/picture.html`` takes it; None without one."""
    picture = stored_picture(key)
    if picture is None:
        return None
    return {
        "base": f"/beelden/{picture.key}",
        "widths": picture.widths,
        "width": picture.width,
        "height": picture.height,
        "formats": ["avif", "webp"],
    }


def share_words(title: str, link: str) -> str:
    """What somebody sends along with the address of a campaign; no markup, for addresses."""
    words = gettext("‘%(title)s’, a plan in our neighbourhood: %(link)s", title=title, link=link)
    return str(words)


FILTERS: dict[str, Callable[..., object]] = {
    "kind_label": kind_label,
    "picture_source": picture_source,
    "share_words": share_words,
    "state_label": state_label,
    "state_tone": state_tone,
    "theme_label": theme_label,
    "topic": topic,
}
"""What templates may call."""
