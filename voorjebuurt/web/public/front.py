"""What the front page and the pages of municipalities have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_babel import LazyString
from sqlalchemy.orm import Session

from voorjebuurt.pledges.sums.queries import (
    Figures,
    Sections,
    StoryRow,
    figures,
    sections,
    stories,
)
from voorjebuurt.web.words.campaign_labels import THEMES, TOPICS

CARDS, STORIES = 3, 3


@dataclass(frozen=True)
class Front:
    """Campaigns, figures and stories, of all municipalities or of one."""

    campaigns: Sections
    given: Figures
    stories: Sequence[StoryRow]
    topics: Sequence[tuple[str, LazyString, str]]


def front_of(session: Session, *, town_id: UUID | None = None, slug: str | None = None) -> Front:
    """In as many statements for a thousand campaigns as for one."""
    return Front(
        campaigns=sections(session, town_id=town_id, limit=CARDS),
        given=figures(session, town_id=town_id),
        stories=stories(session, town_id=town_id, limit=STORIES),
        topics=[
            (
                theme.value,
                THEMES[theme],
                url_for("public.list_campaigns", thema=topic, gemeente=slug),
            )
            for theme, topic in TOPICS.items()
        ],
    )
