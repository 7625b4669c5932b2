"""The drafts that this browser began: it may go on with them before anybody signs in."""

from uuid import UUID

from flask import has_request_context, session

_KEY = "drafts"
_MAX_DRAFTS = 5


def remember_draft(campaign_id: UUID) -> None:
    """Keep a draft in the signed session, the latest few."""
    session[_KEY] = [*session.get(_KEY, []), str(campaign_id)][-_MAX_DRAFTS:]
    session.permanent = True


def draft_ids() -> frozenset[UUID]:
    """The drafts that this browser began."""
    return frozenset(UUID(text) for text in session.get(_KEY, []))


def begun_here(campaign_id: UUID) -> bool:
    """Whether this browser began the draft."""
    return has_request_context() and str(campaign_id) in session.get(_KEY, [])
