"""Reviewing pitches: the queue, one pitch, and what a coach can do with it."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from voorjebuurt.audit.subjects import SubjectKind
from voorjebuurt.campaigns import queries, review
from voorjebuurt.campaigns.lifecycle import locked_campaign
from voorjebuurt.campaigns.page_parts import review_parts
from voorjebuurt.campaigns.pages import budget_of, page_by_id
from voorjebuurt.campaigns.rules import CampaignStatus
from voorjebuurt.pledges.near_miss.queries import open_near_misses
from voorjebuurt.web.coach.blueprint import blueprint
from voorjebuurt.web.coach.forms import NoteForm
from voorjebuurt.web.kit.actors import current_actor, signed_in_person
from voorjebuurt.web.kit.database import reading, the_settings
from voorjebuurt.web.kit.forms.submission import submit
from voorjebuurt.web.kit.versions import PageBasis, PageVersion

HIDDEN_STATES = frozenset({CampaignStatus.DRAFT, CampaignStatus.WITHDRAWN})
"""What was never handed in, or was taken back, is not for coaches to read."""


@blueprint.get("/acties")
def list_reviews() -> ResponseReturnValue:
    """Every pitch that waits, the longest waiting first, and changed plans of near misses."""
    with reading() as session:
        queue = queries.review_queue(session)
        near_misses = open_near_misses(session)
    me = signed_in_person().id
    return render_template("coach/reviews/list.html", queue=queue, near_misses=near_misses, me=me)


@blueprint.get("/acties/<uuid:campaign_id>")
def show_review(campaign_id: UUID) -> ResponseReturnValue:
    """The whole pitch, the talk about it, and what can be decided."""
    return _page(campaign_id, NoteForm())


@blueprint.post("/acties/<uuid:campaign_id>/vraag")
def ask_question(campaign_id: UUID) -> ResponseReturnValue:
    """Ask the initiator something."""

    def ask(session: Session, body: str) -> None:
        review.ask_question(session, campaign_id=campaign_id, body=body, actor=current_actor())

    return _do(campaign_id, ask, _("Your question has been sent."))


@blueprint.post("/acties/<uuid:campaign_id>/terugsturen")
def send_back(campaign_id: UUID) -> ResponseReturnValue:
    """Return the pitch with reasons."""

    def send(session: Session, body: str) -> None:
        review.send_back(session, campaign_id=campaign_id, body=body, actor=current_actor())

    return _do(campaign_id, send, _("The plan has been sent back, with your reasons."))


@blueprint.post("/acties/<uuid:campaign_id>/afwijzen")
def reject_pitch(campaign_id: UUID) -> ResponseReturnValue:
    """Refuse the pitch."""

    def refuse(session: Session, body: str) -> None:
        review.reject(session, campaign_id=campaign_id, body=body, actor=current_actor())

    return _do(campaign_id, refuse, _("The plan has been rejected, with your reason."))


@blueprint.post("/acties/<uuid:campaign_id>/goedkeuren")
def approve_pitch(campaign_id: UUID) -> ResponseReturnValue:
    """Let the campaign go live."""

    def approve(session: Session, body: str) -> None:
        review.open_campaign(
            session,
            campaign_id=campaign_id,
            bounds=the_settings().campaigns,
            body=body,
            actor=current_actor(),
        )

    return _do(campaign_id, approve, _("The campaign is live."))


def _do(
    campaign_id: UUID, act: Callable[[Session, str], None], message: str
) -> ResponseReturnValue:
    form = NoteForm()
    with reading() as session:
        form.version = _version(session, campaign_id)
    back = url_for("coach.show_review", campaign_id=campaign_id)
    answer = submit(
        form, lambda session: act(session, form.body.data or ""), message=message, back=back
    )
    return answer or _page(campaign_id, form)


def _version(session: Session, campaign_id: UUID) -> PageVersion:
    basis = PageBasis(SubjectKind.CAMPAIGN, campaign_id, locked_campaign, review_parts)
    return PageVersion.of(session, basis)


def _page(campaign_id: UUID, form: NoteForm) -> str:
    with reading() as session:
        form.version = form.version or _version(session, campaign_id)
        campaign = page_by_id(session, campaign_id)
        if campaign is None or campaign.status in HIDDEN_STATES:
            abort(404)
        lines = budget_of(session, campaign_id)
        notes = queries.review_notes(session, campaign_id)
        missing = queries.pitch_gaps(session, campaign_id, the_settings().campaigns)
    return render_template(
        "coach/reviews/show.html",
        campaign=campaign,
        lines=lines,
        notes=notes,
        deadline_too_soon=any(gap.code == "deadline_too_soon" for gap in missing),
        own=campaign.initiator_id == signed_in_person().id,
        form=form,
    )
