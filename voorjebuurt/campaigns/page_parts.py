"""What pages show of a campaign, part by part, to be held against later (``kernel.versions``)."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voorjebuurt.campaigns.coaching.rules import EDIT_PARTS
from voorjebuurt.campaigns.gallery.queries import gallery_parts
from voorjebuurt.campaigns.models import ReviewNote
from voorjebuurt.campaigns.needs.queries import need_parts
from voorjebuurt.campaigns.pages import budget_of, page_by_id
from voorjebuurt.campaigns.rewards.queries import reward_parts
from voorjebuurt.campaigns.rules import Step
from voorjebuurt.kernel.errors import NotFoundError
from voorjebuurt.kernel.versions import Parts

STEP_PARTS: dict[Step, tuple[str, ...]] = {
    Step.IDEA: ("title", "summary", "for_whom", "theme", "group_name", "municipality"),
    Step.PLACE: ("neighbourhood", "location"),
    Step.BUDGET: ("budget", "goal_cents", "minimum_cents", "kind", "deadline_on", "extension_days"),
    Step.STORY: (
        "story",
        "worse_off",
        "leftovers",
        "needs",
        "picture_key",
        "picture_alt",
    ),
}
"""Step -> the parts that its form writes. Who works on another step is in nobody's way."""


def pitch_parts(session: Session, campaign_id: UUID) -> Parts:
    """Everything that a pitch says, and its state. Raises ``NotFoundError``."""
    page = page_by_id(session, campaign_id)
    if page is None:
        raise NotFoundError("campaign_not_found")
    values = page._asdict()
    parts: dict[str, object] = {
        name: values[name]
        for names in STEP_PARTS.values()
        for name in names
        if name not in ("budget", "municipality", "neighbourhood")
    }
    parts["municipality"] = page.municipality
    parts["neighbourhood"] = page.neighbourhood
    parts["budget"] = [[row.label, row.amount_cents] for row in budget_of(session, campaign_id)]
    parts["pictures"] = gallery_parts(session, campaign_id)
    parts["needs_in_kind"] = need_parts(session, campaign_id)
    parts["rewards"] = reward_parts(session, campaign_id)
    parts["status"] = page.status
    return parts


def step_parts(session: Session, campaign_id: UUID, step: Step) -> Parts:
    """What the form of one step shows, and the state of the pitch. Raises ``NotFoundError``."""
    parts = pitch_parts(session, campaign_id)
    return {name: parts[name] for name in (*STEP_PARTS[step], "status")}


def review_parts(session: Session, campaign_id: UUID) -> Parts:
    """What a coach judges: the pitch, and how much was said about it. Raises ``NotFoundError``."""
    notes = select(func.count()).where(ReviewNote.campaign_id == campaign_id)
    return {**pitch_parts(session, campaign_id), "talk": session.scalar(notes)}


def words_parts(session: Session, campaign_id: UUID) -> Parts:
    """The words of a page that staff may correct. Raises ``NotFoundError``."""
    parts = pitch_parts(session, campaign_id)
    return {name: parts[name] for name in ("title", "summary", "story", "status")}


def plan_words_parts(session: Session, campaign_id: UUID) -> Parts:
    """The words of a page that its initiator may correct. Raises ``NotFoundError``."""
    parts = pitch_parts(session, campaign_id)
    names = ("title", "summary", "for_whom", "story", "worse_off", "needs", "status")
    return {name: parts[name] for name in names}


def edit_parts(session: Session, campaign_id: UUID) -> Parts:
    """What the form of a coach who betters the words shows. Raises ``NotFoundError``."""
    parts = pitch_parts(session, campaign_id)
    return {name: parts[name] for name in (*EDIT_PARTS, "status")}


def campaign_parts(session: Session, campaign_id: UUID) -> Parts:
    """What staff see of a campaign that they end. Raises ``NotFoundError``.

    Not its gifts: they go on coming, and whoever stops a fraud need not wait for a quiet moment.
    """
    page = page_by_id(session, campaign_id)
    if page is None:
        raise NotFoundError("campaign_not_found")
    stopped_at = page.pledges_stopped_at
    return {
        "title": page.title,
        "status": page.status,
        "stopped": stopped_at is not None,
        "deadline_on": page.deadline_on,
    }
